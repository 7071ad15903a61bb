//! Changing a term.

use actix_web::{
    get,
    http::StatusCode,
    post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid, academics::term::Term, edit::Edit as Edited, permit::UpdateAcademicYears, words::TermKind,
};

use super::form::{Offered, TermForm};
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
#[template(path = "academics/terms/edit.html")]
struct Edit {
    shell: Shell,
    term: Term,
    offered: Offered,
    form: TermForm,
    errors: Errors,
    stale: Option<Stale>,
}

type Place = (Uuid, Uuid);

async fn page(
    may: &May<UpdateAcademicYears>,
    (year, term): Place,
    typed: Option<TermForm>,
) -> Result<Edit, Failure> {
    let (term, offered) =
        may.db(move |db| Ok((Term::of(year, term, db)?, Offered::by(year, Some(term), db)?))).await?;
    Ok(Edit {
        shell: Shell::of(may.signed_in(), Area::Calendar),
        form: typed.unwrap_or_else(|| TermForm::of(&term)),
        term,
        offered,
        errors: Errors::default(),
        stale: None,
    })
}

#[get("/years/{id}/terms/{term}/edit")]
async fn edit(may: May<UpdateAcademicYears>, place: Path<Place>) -> Page {
    show(&page(&may, *place, None).await?)
}

#[post("/years/{id}/terms/{term}")]
async fn update(may: May<UpdateAcademicYears>, place: Path<Place>, Form(form): Form<TermForm>) -> Page {
    let place = *place;
    let mut again = page(&may, place, Some(form.clone())).await?;
    again.errors = match form.check() {
        Ok(term) => {
            let seen = stale::read(&form.seen);
            match may.db(move |db| term.change(place, seen, db)).await {
                Ok(Edited::Kept) => return see_other(format!("/years/{}", place.0)),
                Ok(Edited::Stale { now, by }) => return conflict(again, &now, by),
                Err(error) => refused(error)?,
            }
        }
        Err(errors) => errors,
    };
    show_again(&again)
}

/// Somebody was faster: the form as typed, the difference above it, and the next save counts.
fn conflict(mut page: Edit, now: &Term, by: Option<String>) -> Page {
    let there = TermForm::of(now);
    let labelled = |form: &TermForm| form.labelled(&page.offered);
    page.stale = Some(Stale::between(labelled(&there), labelled(&page.form), by));
    page.form.seen = there.seen;
    fragment(StatusCode::CONFLICT, &page)
}
