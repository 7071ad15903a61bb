//! A new restriction.

use actix_web::{
    get, post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    access::looked::Kind,
    people::{guardian::Family, student::Student},
    permit::CreateRestrictions,
};

use super::form::{Named, RestrictionForm, offered};
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

#[derive(Template)]
#[template(path = "people/restrictions/new.html")]
struct New {
    shell: Shell,
    student: Student,
    people: Vec<Named>,
    form: RestrictionForm,
    errors: Errors,
}

async fn page(
    may: &May<CreateRestrictions>,
    student: Uuid,
    form: RestrictionForm,
    errors: Errors,
) -> Result<New, Failure> {
    let (student, family) = may
        .db(move |db| {
            db.saw(Kind::Restrictions, [student]);
            Ok((Student::named(student, db)?, Family::of_student(student, db)?))
        })
        .await?;
    Ok(New {
        shell: Shell::of(may.signed_in(), Area::Students),
        student,
        people: offered(&family, None),
        form,
        errors,
    })
}

#[get("/students/{id}/restrictions/new")]
async fn new(may: May<CreateRestrictions>, id: Path<Uuid>) -> Page {
    let (_, today, _) = may.signed_in().now();
    let form = RestrictionForm { starts_on: dates::written(Some(today)), ..RestrictionForm::default() };
    show(&page(&may, *id, form, Errors::default()).await?)
}

#[post("/students/{id}/restrictions")]
async fn create(may: May<CreateRestrictions>, id: Path<Uuid>, Form(form): Form<RestrictionForm>) -> Page {
    let id = *id;
    let errors = match form.check() {
        Ok(restriction) => match may.db(move |db| restriction.enter(id, db)).await {
            Ok(()) => return see_other(format!("/students/{id}")),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&page(&may, id, form, errors).await?)
}
