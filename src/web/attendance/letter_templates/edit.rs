//! Changing a letter template. Letters that were written from it stay as they are.

use actix_web::{
    get,
    http::StatusCode,
    post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    attendance::{letter_template::LetterTemplate, letter_text::PLACEHOLDERS},
    edit::Edit as Edited,
    permit::UpdateLetterTemplates,
};

use super::form::TemplateForm;
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
#[template(path = "attendance/letter_templates/edit.html")]
struct Edit {
    shell: Shell,
    template: LetterTemplate,
    form: TemplateForm,
    errors: Errors,
    stale: Option<Stale>,
}

async fn page(
    may: &May<UpdateLetterTemplates>,
    id: Uuid,
    typed: Option<TemplateForm>,
) -> Result<Edit, Failure> {
    let template = may.db(move |db| LetterTemplate::of(id, db)).await?;
    Ok(Edit {
        shell: Shell::of(may.signed_in(), Area::FollowUps),
        form: typed.unwrap_or_else(|| TemplateForm::of(&template)),
        template,
        errors: Errors::default(),
        stale: None,
    })
}

#[get("/letter-templates/{id}/edit")]
async fn edit(may: May<UpdateLetterTemplates>, id: Path<Uuid>) -> Page {
    show(&page(&may, *id, None).await?)
}

#[post("/letter-templates/{id}")]
async fn update(may: May<UpdateLetterTemplates>, id: Path<Uuid>, Form(form): Form<TemplateForm>) -> Page {
    let id = *id;
    let seen = stale::read(&form.seen);
    let mut again = page(&may, id, Some(form.clone())).await?;
    again.errors = match form.check() {
        Ok(new) => match may.db(move |db| new.change(id, seen, db)).await {
            Ok(Edited::Kept) => return see_other("/letter-templates"),
            Ok(Edited::Stale { now, by }) => return conflict(again, &now, by),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&again)
}

/// Somebody was faster: the form as typed, the difference above it, and the next save counts.
fn conflict(mut page: Edit, now: &LetterTemplate, by: Option<String>) -> Page {
    let there = TemplateForm::of(now);
    page.stale = Some(Stale::between(there.labelled(), page.form.labelled(), by));
    page.form.seen = there.seen;
    fragment(StatusCode::CONFLICT, &page)
}
