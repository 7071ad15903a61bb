//! A new term.

use actix_web::{
    get, post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{Uuid, permit::UpdateAcademicYears, words::TermKind};

use super::form::{Offered, TermForm};
use crate::web::{
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
#[template(path = "academics/terms/new.html")]
struct New {
    shell: Shell,
    offered: Offered,
    form: TermForm,
    errors: Errors,
}

async fn page(may: &May<UpdateAcademicYears>, year: Uuid, form: TermForm) -> Result<New, Failure> {
    Ok(New {
        shell: Shell::of(may.signed_in(), Area::Calendar),
        offered: may.db(move |db| Offered::by(year, None, db)).await?,
        form,
        errors: Errors::default(),
    })
}

#[get("/years/{id}/terms/new")]
async fn new(may: May<UpdateAcademicYears>, year: Path<Uuid>) -> Page {
    show(&page(&may, *year, TermForm::default()).await?)
}

#[post("/years/{id}/terms")]
async fn create(may: May<UpdateAcademicYears>, year: Path<Uuid>, Form(form): Form<TermForm>) -> Page {
    let year = *year;
    let mut again = page(&may, year, form.clone()).await?;
    again.errors = match form.check() {
        Ok(term) => match may.db(move |db| term.add(year, db)).await {
            Ok(_) => return see_other(format!("/years/{year}")),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&again)
}
