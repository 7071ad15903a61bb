//! A new campus.

use actix_web::{get, post, web::ServiceConfig};
use askama::Template;
use school::permit::CreateCampuses;

use super::form::{CampusForm, LONGEST};
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
#[template(path = "academics/campuses/new.html")]
struct New {
    shell: Shell,
    form: CampusForm,
    errors: Errors,
}

fn page(may: &May<CreateCampuses>, form: CampusForm, errors: Errors) -> New {
    New { shell: Shell::of(may.signed_in(), Area::Campuses), form, errors }
}

#[get("/campuses/new")]
async fn new(may: May<CreateCampuses>) -> Page {
    show(&page(&may, CampusForm::blank(), Errors::default()))
}

#[post("/campuses")]
async fn create(may: May<CreateCampuses>, Form(form): Form<CampusForm>) -> Page {
    let errors = match form.check() {
        Ok(campus) => match may.db(move |db| campus.add(db)).await {
            Ok(_) => return see_other("/campuses"),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&page(&may, form, errors))
}
