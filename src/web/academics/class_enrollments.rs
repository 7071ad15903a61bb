//! A student comes onto a class's roll.

use actix_web::{
    get, post,
    web::{Path, Query, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    academics::{class::Class, joining::Joining},
    access::looked::Kind,
    people::{student::Student, student_list::Listed},
    permit::{ReadStudents, UpdateClassEnrollments},
    slice::{Listing, Slice},
};
use serde::Deserialize;

use crate::web::{
    dates,
    extract::May,
    failure::Failure,
    filters,
    form::{Errors, Form, refused},
    page::{Area, Shell},
    reply::{Page, see_other, show, show_again},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(new).service(create);
}

/// The fields; every one is text. `q` finds the student.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct JoiningForm {
    q: String,
    student_id: String,
    enrolled_on: String,
    beyond_capacity: String,
}

impl JoiningForm {
    fn check(&self, class: Uuid) -> Result<Joining, Errors> {
        let mut errors = Errors::default();
        let joining = Joining {
            class,
            student: errors.needed_choice("student_id", &self.student_id),
            from: errors.needed_day("enrolled_on", &self.enrolled_on),
            beyond_capacity: self.beyond_capacity == "yes",
        };
        errors.or(joining)
    }
}

#[derive(Template)]
#[template(path = "academics/classes/joining.html")]
struct New {
    shell: Shell,
    class: Class,
    found: Option<Slice<Listed>>,
    form: JoiningForm,
    errors: Errors,
}

async fn page(
    may: &May<UpdateClassEnrollments>,
    class: Uuid,
    form: JoiningForm,
    errors: Errors,
) -> Result<New, Failure> {
    let class = may.db(move |db| Class::of(class, db)).await?;
    let listing = Listing {
        search: form.q.chars().filter(|sign| *sign != '\0').take(100).collect(),
        ..Listing::default()
    };
    let found = match may.also::<ReadStudents>() {
        Some(may) if !listing.search.trim().is_empty() => {
            let found = may.db(move |db| {
                let found = Student::listed(&listing, db)?;
                db.saw(Kind::Names, found.rows.iter().map(|one| one.student.id));
                Ok(found)
            });
            Some(found.await?)
        }
        _ => None,
    };
    Ok(New { shell: Shell::of(may.signed_in(), Area::Classes), class, found, form, errors })
}

#[get("/classes/{id}/enrollments/new")]
async fn new(may: May<UpdateClassEnrollments>, id: Path<Uuid>, Query(mut form): Query<JoiningForm>) -> Page {
    let (_, today, _) = may.signed_in().now();
    if form.enrolled_on.is_empty() {
        form.enrolled_on = dates::written(Some(today));
    }
    show(&page(&may, *id, form, Errors::default()).await?)
}

#[post("/classes/{id}/enrollments")]
async fn create(may: May<UpdateClassEnrollments>, id: Path<Uuid>, Form(form): Form<JoiningForm>) -> Page {
    let id = *id;
    let errors = match form.check(id) {
        Ok(joining) => match may.db(move |db| joining.make(db)).await {
            Ok(()) => return see_other(format!("/classes/{id}")),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&page(&may, id, form, errors).await?)
}
