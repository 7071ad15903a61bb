//! Changing how a code is called and who sets it.

use actix_web::{
    get,
    http::StatusCode,
    post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    attendance::code::{Code, PRESENT},
    edit::Edit as Edited,
    permit::UpdateAttendanceCodes,
};

use super::form::CodeForm;
use crate::web::{
    extract::May,
    failure::Failure,
    filters,
    form::{Errors, Form, refused},
    page::{Area, Shell},
    reply::{Page, fragment, see_other, show, show_again},
    stale,
    stale::Stale,
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(edit).service(update);
}

#[derive(Template)]
#[template(path = "attendance/codes/edit.html")]
struct Edit {
    shell: Shell,
    code: Code,
    form: CodeForm,
    errors: Errors,
    stale: Option<Stale>,
}

async fn page(may: &May<UpdateAttendanceCodes>, id: Uuid, typed: Option<CodeForm>) -> Result<Edit, Failure> {
    let code = may.db(move |db| Code::of(id, db)).await?;
    Ok(Edit {
        shell: Shell::of(may.signed_in(), Area::Policies),
        form: typed.unwrap_or_else(|| CodeForm::of(&code)),
        code,
        errors: Errors::default(),
        stale: None,
    })
}

#[get("/attendance-codes/{id}/edit")]
async fn edit(may: May<UpdateAttendanceCodes>, id: Path<Uuid>) -> Page {
    show(&page(&may, *id, None).await?)
}

#[post("/attendance-codes/{id}")]
async fn update(may: May<UpdateAttendanceCodes>, id: Path<Uuid>, Form(form): Form<CodeForm>) -> Page {
    let id = *id;
    let seen = stale::read(&form.seen);
    let mut again = page(&may, id, Some(form.clone())).await?;
    again.errors = match form.check() {
        Ok(wording) => match may.db(move |db| Code::change(id, &wording, seen, db)).await {
            Ok(Edited::Kept) => return see_other("/attendance-codes"),
            Ok(Edited::Stale { now, by }) => return conflict(again, &now, by),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&again)
}

/// Somebody was faster: the form as typed, the difference above it, and the next save counts.
fn conflict(mut page: Edit, now: &Code, by: Option<String>) -> Page {
    let there = CodeForm::of(now);
    page.stale = Some(Stale::between(there.labelled(), page.form.labelled(), by));
    page.form.seen = there.seen;
    fragment(StatusCode::CONFLICT, &page)
}
