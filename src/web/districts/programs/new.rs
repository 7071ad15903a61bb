//! A new program.

use actix_web::{get, post, web::ServiceConfig};
use askama::Template;
use school::{districts::district::District, permit::CreatePrograms};

use super::form::{LONGEST, ProgramForm};
use crate::web::{
    extract::May,
    failure::Failure,
    filters,
    form::{Errors, Form, refused},
    list::Asked,
    page::{Area, Shell},
    reply::{Page, see_other, show, show_again},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(new).service(create);
}

#[derive(Template)]
#[template(path = "districts/programs/new.html")]
struct New {
    shell: Shell,
    districts: Vec<District>,
    form: ProgramForm,
    errors: Errors,
}

async fn page(may: &May<CreatePrograms>, form: ProgramForm, errors: Errors) -> Result<New, Failure> {
    let districts = may.db(District::offered).await?;
    Ok(New { shell: Shell::of(may.signed_in(), Area::Programs), districts, form, errors })
}

#[get("/programs/new")]
async fn new(may: May<CreatePrograms>, asked: Asked) -> Page {
    let school_district_id = asked.listing.filter("district").unwrap_or_default().to_owned();
    let form = ProgramForm { school_district_id, ..ProgramForm::default() };
    show(&page(&may, form, Errors::default()).await?)
}

#[post("/programs")]
async fn create(may: May<CreatePrograms>, Form(form): Form<ProgramForm>) -> Page {
    let errors = match form.check() {
        Ok(program) => match may.db(move |db| program.add(db)).await {
            Ok(id) => return see_other(format!("/programs/{id}")),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&page(&may, form, errors).await?)
}
