//! A new school year.

use actix_web::{get, post, web::ServiceConfig};
use askama::Template;
use school::permit::UpdateAcademicYears;

use super::{WEEKDAYS, form::YearForm};
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
#[template(path = "academics/years/new.html")]
struct New {
    shell: Shell,
    form: YearForm,
    errors: Errors,
}

fn page(may: &May<UpdateAcademicYears>, form: YearForm, errors: Errors) -> New {
    New { shell: Shell::of(may.signed_in(), Area::Calendar), form, errors }
}

#[get("/years/new")]
async fn new(may: May<UpdateAcademicYears>) -> Page {
    show(&page(&may, YearForm::blank(), Errors::default()))
}

#[post("/years")]
async fn create(may: May<UpdateAcademicYears>, Form(form): Form<YearForm>) -> Page {
    let errors = match form.check() {
        Ok(year) => match may.db(move |db| year.add(db)).await {
            Ok(id) => return see_other(format!("/years/{id}")),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&page(&may, form, errors))
}
