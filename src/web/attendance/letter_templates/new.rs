//! A new letter template.

use actix_web::{get, post, web::ServiceConfig};
use askama::Template;
use school::{attendance::letter_text::PLACEHOLDERS, permit::UpdateLetterTemplates};

use super::form::TemplateForm;
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
#[template(path = "attendance/letter_templates/new.html")]
struct New {
    shell: Shell,
    form: TemplateForm,
    errors: Errors,
}

#[get("/letter-templates/new")]
async fn new(may: May<UpdateLetterTemplates>) -> Page {
    let form = TemplateForm { language: "en".into(), ..TemplateForm::default() };
    show(&New { shell: Shell::of(may.signed_in(), Area::FollowUps), form, errors: Errors::default() })
}

#[post("/letter-templates")]
async fn create(may: May<UpdateLetterTemplates>, Form(form): Form<TemplateForm>) -> Page {
    let errors = match form.check() {
        Ok(template) => match may.db(move |db| template.add(db)).await {
            Ok(_) => return see_other("/letter-templates"),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&New { shell: Shell::of(may.signed_in(), Area::FollowUps), form, errors })
}
