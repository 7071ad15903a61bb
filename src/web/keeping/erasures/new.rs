//! Asking that a student who left be taken out for good.

use actix_web::{
    get, post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    access::looked::Kind,
    keeping::{
        erasure::NewErasure,
        kept::{self, Kept},
    },
    people::student::Student,
    permit::CreateErasures,
    words::{ErasureBasis, RecordKind},
};

use crate::web::{
    extract::May,
    failure::Failure,
    filters,
    form::{Errors, Fields},
    page::{Area, Shell},
    reply::{Page, see_other, show, show_again},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(new).service(create);
}

/// The form as it was typed.
#[derive(Clone, Debug, Default)]
struct ErasureForm {
    kinds: Vec<RecordKind>,
    ground: String,
    reason: String,
}

impl ErasureForm {
    fn of(fields: &Fields) -> Self {
        Self {
            kinds: fields.get("kind[]").lines().filter_map(RecordKind::named).collect(),
            ground: fields.get("ground").to_owned(),
            reason: fields.get("reason").to_owned(),
        }
    }
}

/// A kind of record, and whether it may go.
struct Choice {
    kept: Kept,
    is_over: bool,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "keeping/erasures/new.html")]
struct New {
    shell: Shell,
    student: Student,
    choices: Vec<Choice>,
    form: ErasureForm,
    errors: Errors,
}

impl New {
    /// Whether anything may go.
    fn is_over(&self) -> bool {
        self.choices.iter().any(|choice| choice.is_over)
    }
}

async fn page(
    may: &May<CreateErasures>,
    id: Uuid,
    form: Option<ErasureForm>,
    errors: Errors,
) -> Result<New, Failure> {
    let (student, kept) = may
        .db(move |db| {
            db.saw(Kind::Names, [id]);
            Ok((Student::of(id, db)?, kept::kept(id, db)?))
        })
        .await?;
    let (_, today, _) = may.signed_in().now();
    let choice = |kept: Kept| {
        let is_over = kept.until <= today;
        let is_chosen = form.as_ref().map_or(is_over, |form| form.kinds.contains(&kept.kind));
        Choice { kept, is_over, is_chosen }
    };
    let choices = kept.into_iter().map(choice).collect();
    let shell = Shell::of(may.signed_in(), Area::Students);
    Ok(New { shell, student, choices, form: form.unwrap_or_default(), errors })
}

#[get("/students/{id}/erasures/new")]
async fn new(may: May<CreateErasures>, id: Path<Uuid>) -> Page {
    show(&page(&may, *id, None, Errors::default()).await?)
}

#[post("/students/{id}/erasures")]
async fn create(may: May<CreateErasures>, id: Path<Uuid>, fields: Fields) -> Page {
    let (id, form, mut errors) = (*id, ErasureForm::of(&fields), Errors::default());
    if form.kinds.is_empty() {
        errors.add("kind", "Choose what is to go.");
    }
    let ground = errors.needed_word("ground", ErasureBasis::named(&form.ground), ErasureBasis::Retention);
    let reason = errors.needed("reason", &form.reason, 300);
    if !errors.is_empty() {
        return show_again(&page(&may, id, Some(form), errors).await?);
    }
    let wanted = NewErasure { kinds: form.kinds, ground, reason };
    let asked = may.db(move |db| wanted.ask(id, db)).await?;
    see_other(format!("/erasures/{asked}"))
}
