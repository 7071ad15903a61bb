//! Changing a school year.

use actix_web::{
    get,
    http::StatusCode,
    post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{Uuid, academics::year::AcademicYear, edit::Edit as Edited, permit::UpdateAcademicYears};

use super::{WEEKDAYS, form::YearForm};
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
#[template(path = "academics/years/edit.html")]
struct Edit {
    shell: Shell,
    year: AcademicYear,
    form: YearForm,
    errors: Errors,
    stale: Option<Stale>,
}

async fn page(may: &May<UpdateAcademicYears>, id: Uuid, typed: Option<YearForm>) -> Result<Edit, Failure> {
    let year = may.db(move |db| AcademicYear::of(id, db)).await?;
    Ok(Edit {
        shell: Shell::of(may.signed_in(), Area::Calendar),
        form: typed.unwrap_or_else(|| YearForm::of(&year)),
        year,
        errors: Errors::default(),
        stale: None,
    })
}

#[get("/years/{id}/edit")]
async fn edit(may: May<UpdateAcademicYears>, id: Path<Uuid>) -> Page {
    show(&page(&may, *id, None).await?)
}

#[post("/years/{id}")]
async fn update(may: May<UpdateAcademicYears>, id: Path<Uuid>, Form(form): Form<YearForm>) -> Page {
    let id = *id;
    let mut again = page(&may, id, Some(form.clone())).await?;
    again.errors = match form.check() {
        Ok(year) => {
            let seen = stale::read(&form.seen);
            match may.db(move |db| year.change(id, seen, db)).await {
                Ok(Edited::Kept) => return see_other(format!("/years/{id}")),
                Ok(Edited::Stale { now, by }) => return conflict(again, &now, by),
                Err(error) => refused(error)?,
            }
        }
        Err(errors) => errors,
    };
    show_again(&again)
}

/// Somebody was faster: the form as typed, the difference above it, and the next save counts.
fn conflict(mut page: Edit, now: &AcademicYear, by: Option<String>) -> Page {
    let there = YearForm::of(now);
    page.stale = Some(Stale::between(there.labelled(now), page.form.labelled(now), by));
    page.form.seen = there.seen;
    fragment(StatusCode::CONFLICT, &page)
}
