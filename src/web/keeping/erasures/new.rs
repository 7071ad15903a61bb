//! Asking that a student who left be taken out for good.

use actix_web::{
    get, post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use chrono::NaiveDate;
use school::{
    Uuid,
    access::looked::Kind,
    keeping::erasure::{self, NewErasure},
    people::student::Student,
    permit::CreateErasures,
    words::ErasureBasis,
};
use serde::Deserialize;

use crate::web::{
    extract::May,
    failure::Failure,
    filters,
    form::{Errors, Form},
    page::{Area, Shell},
    reply::{Page, see_other, show, show_again},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(new).service(create);
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct ErasureForm {
    ground: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "keeping/erasures/new.html")]
struct New {
    shell: Shell,
    student: Student,
    until: Option<NaiveDate>,
    is_over: bool,
    form: ErasureForm,
    errors: Errors,
}

async fn page(
    may: &May<CreateErasures>,
    id: Uuid,
    form: ErasureForm,
    errors: Errors,
) -> Result<New, Failure> {
    let (student, until) = may
        .db(move |db| {
            db.saw(Kind::Names, [id]);
            Ok((Student::of(id, db)?, erasure::until(id, db)?))
        })
        .await?;
    let (_, today, _) = may.signed_in().now();
    let is_over = until.is_some_and(|until| until <= today);
    Ok(New { shell: Shell::of(may.signed_in(), Area::Students), student, until, is_over, form, errors })
}

#[get("/students/{id}/erasures/new")]
async fn new(may: May<CreateErasures>, id: Path<Uuid>) -> Page {
    show(&page(&may, *id, ErasureForm::default(), Errors::default()).await?)
}

#[post("/students/{id}/erasures")]
async fn create(may: May<CreateErasures>, id: Path<Uuid>, Form(form): Form<ErasureForm>) -> Page {
    let (id, mut errors) = (*id, Errors::default());
    let ground = errors.needed_word("ground", ErasureBasis::named(&form.ground), ErasureBasis::Retention);
    let reason = errors.needed("reason", &form.reason, 300);
    if !errors.is_empty() {
        return show_again(&page(&may, id, form, errors).await?);
    }
    let wanted = NewErasure { ground, reason };
    let asked = may.db(move |db| wanted.ask(id, db)).await?;
    see_other(format!("/erasures/{asked}"))
}
