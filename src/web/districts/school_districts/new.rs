//! A new school district.

use actix_web::{get, post, web::ServiceConfig};
use askama::Template;
use school::permit::CreateSchoolDistricts;

use super::form::DistrictForm;
use crate::web::{
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

#[derive(Template)]
#[template(path = "districts/school_districts/new.html")]
struct New {
    shell: Shell,
    form: DistrictForm,
    errors: Errors,
}

#[get("/districts/new")]
async fn new(may: May<CreateSchoolDistricts>) -> Page {
    let shell = Shell::of(may.signed_in(), Area::Districts);
    show(&New { shell, form: DistrictForm::default(), errors: Errors::default() })
}

#[post("/districts")]
async fn create(may: May<CreateSchoolDistricts>, Form(form): Form<DistrictForm>) -> Page {
    let errors = match form.check() {
        Ok(district) => match may.db(move |db| district.add(db)).await {
            Ok(id) => return see_other(format!("/districts/{id}")),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&New { shell: Shell::of(may.signed_in(), Area::Districts), form, errors })
}
