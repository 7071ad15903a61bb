//! A new code.

use actix_web::{get, post, web::ServiceConfig};
use askama::Template;
use school::{
    attendance::code::Code,
    permit::UpdateAttendanceCodes,
    words::{CodeExcuse, CodePlace, CodePresence, CodeTiming},
};

use super::form::CodeForm;
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
#[template(path = "attendance/codes/new.html")]
struct New {
    shell: Shell,
    form: CodeForm,
    errors: Errors,
}

#[get("/attendance-codes/new")]
async fn new(may: May<UpdateAttendanceCodes>) -> Page {
    let shell = Shell::of(may.signed_in(), Area::Policies);
    show(&New { shell, form: CodeForm::blank(), errors: Errors::default() })
}

#[post("/attendance-codes")]
async fn create(may: May<UpdateAttendanceCodes>, Form(form): Form<CodeForm>) -> Page {
    let errors = match (form.check(), form.meaning()) {
        (Ok(wording), Ok(meaning)) => match may.db(move |db| Code::add(&wording, meaning, db)).await {
            Ok(_) => return see_other("/attendance-codes"),
            Err(error) => refused(error)?,
        },
        (wording, meaning) => {
            let mut errors = wording.err().unwrap_or_default();
            errors.join(meaning.err().unwrap_or_default());
            errors
        }
    };
    show_again(&New { shell: Shell::of(may.signed_in(), Area::Policies), form, errors })
}
