//! A new student with their first place.

use actix_web::{get, post, web::ServiceConfig};
use askama::Template;
use school::{
    Uuid, districts::program::Program, people::placement::Admission, permit::CreateStudents, words::Gender,
};
use serde::Deserialize;

use super::form::StudentForm;
use crate::web::{
    extract::May,
    failure::Failure,
    filters,
    form::{Errors, Form, refused},
    page::{Area, Shell},
    people::placements::{Offered, PlaceForm},
    reply::{Page, see_other, show, show_again},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(new).service(create);
}

#[derive(Clone, Deserialize)]
struct NewForm {
    #[serde(flatten)]
    student: StudentForm,
    #[serde(flatten)]
    place: PlaceForm,
}

#[derive(Template)]
#[template(path = "people/students/new.html")]
struct New {
    shell: Shell,
    offered: Offered,
    programs: Vec<Program>,
    form: StudentForm,
    place: PlaceForm,
    errors: Errors,
}

impl NewForm {
    fn check(&self, today: chrono::NaiveDate) -> Result<Admission, Errors> {
        match (self.student.check(today), self.place.check(Uuid::nil())) {
            (Ok((student, background)), Ok(place)) => Ok(Admission { student, background, place }),
            (student, place) => {
                let mut errors = student.err().unwrap_or_default();
                errors.join(place.err().unwrap_or_default());
                Err(errors)
            }
        }
    }
}

async fn page(may: &May<CreateStudents>, typed: Option<NewForm>, errors: Errors) -> Result<New, Failure> {
    let (_, today, _) = may.signed_in().now();
    let (offered, programs) = may.db(|db| Ok((Offered::to(db)?, Program::offered(db)?))).await?;
    let form = typed.unwrap_or_else(|| NewForm {
        student: StudentForm { gender: Gender::Unspecified.word().into(), ..StudentForm::default() },
        place: PlaceForm::usual(&offered, today),
    });
    Ok(New {
        shell: Shell::of(may.signed_in(), Area::Students),
        offered,
        programs,
        form: form.student,
        place: form.place,
        errors,
    })
}

#[get("/students/new")]
async fn new(may: May<CreateStudents>) -> Page {
    show(&page(&may, None, Errors::default()).await?)
}

#[post("/students")]
async fn create(may: May<CreateStudents>, Form(form): Form<NewForm>) -> Page {
    let (_, today, _) = may.signed_in().now();
    let errors = match form.check(today) {
        Ok(admission) => match may.db(move |db| admission.make(db)).await {
            Ok(id) => return see_other(format!("/students/{id}")),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&page(&may, Some(form), errors).await?)
}
