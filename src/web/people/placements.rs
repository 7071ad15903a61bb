//! A student's place at a campus: offered, typed, and another one given.

use actix_web::{
    get, post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use chrono::NaiveDate;
use school::{
    Uuid,
    academics::{campus::Campus, grade::Grade, year::AcademicYear},
    access::looked::Kind,
    db::Db,
    people::{placement, school_enrollment::NewSchoolEnrollment, student::Student},
    permit::{Permission, UpdateStudents},
};
use serde::Deserialize;

use crate::web::{
    dates,
    extract::May,
    filters,
    form::{Errors, Form, refused},
    page::{Area, Shell},
    reply::{Page, see_other, show, show_again},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(new).service(create);
}

/// What a place can be made of.
pub(super) struct Offered {
    pub(super) campuses: Vec<Campus>,
    pub(super) years: Vec<AcademicYear>,
    pub(super) grades: Vec<Grade>,
}

impl Offered {
    pub(super) fn to(db: &mut Db<'_, impl Permission>) -> school::Result<Self> {
        Ok(Self {
            campuses: Campus::within_reach(db)?,
            years: AcademicYear::all(db)?,
            grades: Grade::all(db)?,
        })
    }
}

/// The fields about the place; every one is text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PlaceForm {
    pub(super) campus_id: String,
    pub(super) academic_year_id: String,
    pub(super) grade_id: String,
    pub(super) enters_on: String,
}

impl PlaceForm {
    /// What is most likely: the one campus, the year that runs, today.
    pub(super) fn usual(offered: &Offered, today: NaiveDate) -> Self {
        let campus = match offered.campuses.as_slice() {
            [only] => only.id.to_string(),
            _ => String::new(),
        };
        let year = offered.years.iter().find(|year| year.includes(today));
        Self {
            campus_id: campus,
            academic_year_id: year.map(|year| year.id.to_string()).unwrap_or_default(),
            grade_id: String::new(),
            enters_on: dates::written(Some(today)),
        }
    }

    /// The place for a student, or what is wrong with it.
    pub(super) fn check(&self, student_id: Uuid) -> Result<NewSchoolEnrollment, Errors> {
        let mut errors = Errors::default();
        let place = NewSchoolEnrollment {
            student_id,
            campus_id: errors.needed_choice("campus_id", &self.campus_id),
            academic_year_id: errors.needed_choice("academic_year_id", &self.academic_year_id),
            grade_id: errors.choice("grade_id", &self.grade_id),
            enters_on: errors.needed_day("enters_on", &self.enters_on),
        };
        errors.or(place)
    }
}

#[derive(Template)]
#[template(path = "people/students/placement.html")]
struct New {
    shell: Shell,
    student: Student,
    offered: Offered,
    place: PlaceForm,
    errors: Errors,
}

async fn page(
    may: &May<UpdateStudents>,
    id: Uuid,
    typed: Option<PlaceForm>,
    errors: Errors,
) -> Result<New, crate::web::failure::Failure> {
    let (_, today, _) = may.signed_in().now();
    let (student, offered) = may
        .db(move |db| {
            db.saw(Kind::Names, [id]);
            Ok((Student::of(id, db)?, Offered::to(db)?))
        })
        .await?;
    Ok(New {
        shell: Shell::of(may.signed_in(), Area::Students),
        place: typed.unwrap_or_else(|| PlaceForm::usual(&offered, today)),
        student,
        offered,
        errors,
    })
}

#[get("/students/{id}/enrollments/new")]
async fn new(may: May<UpdateStudents>, id: Path<Uuid>) -> Page {
    show(&page(&may, *id, None, Errors::default()).await?)
}

#[post("/students/{id}/enrollments")]
async fn create(may: May<UpdateStudents>, id: Path<Uuid>, Form(form): Form<PlaceForm>) -> Page {
    let id = *id;
    let errors = match form.check(id) {
        Ok(place) => match may.db(move |db| placement::move_to(&place, db)).await {
            Ok(()) => return see_other(format!("/students/{id}")),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&page(&may, id, Some(form), errors).await?)
}
