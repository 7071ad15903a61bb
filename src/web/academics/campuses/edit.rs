//! Changing what is written of a campus.

use actix_web::{
    get,
    http::StatusCode,
    post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{Uuid, academics::campus_change::Particulars, edit::Edit as Edited, permit::UpdateCampuses};

use super::form::{CampusForm, LONGEST};
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
#[template(path = "academics/campuses/edit.html")]
struct Edit {
    shell: Shell,
    campus: Particulars,
    form: CampusForm,
    errors: Errors,
    stale: Option<Stale>,
}

async fn page(may: &May<UpdateCampuses>, id: Uuid, typed: Option<CampusForm>) -> Result<Edit, Failure> {
    let campus = may.db(move |db| Particulars::of(id, db)).await?;
    Ok(Edit {
        shell: Shell::of(may.signed_in(), Area::Campuses),
        form: typed.unwrap_or_else(|| CampusForm::of(&campus)),
        campus,
        errors: Errors::default(),
        stale: None,
    })
}

#[get("/campuses/{id}/edit")]
async fn edit(may: May<UpdateCampuses>, id: Path<Uuid>) -> Page {
    show(&page(&may, *id, None).await?)
}

#[post("/campuses/{id}")]
async fn update(may: May<UpdateCampuses>, id: Path<Uuid>, Form(form): Form<CampusForm>) -> Page {
    let id = *id;
    let mut again = page(&may, id, Some(form.clone())).await?;
    again.errors = match form.check() {
        Ok(campus) => {
            let seen = stale::read(&form.seen);
            match may.db(move |db| campus.change(id, seen, db)).await {
                Ok(Edited::Kept) => return see_other("/campuses"),
                Ok(Edited::Stale { now, by }) => return conflict(again, &now, by),
                Err(error) => refused(error)?,
            }
        }
        Err(errors) => errors,
    };
    show_again(&again)
}

/// Somebody was faster: the form as typed, the difference above it, and the next save counts.
fn conflict(mut page: Edit, now: &Particulars, by: Option<String>) -> Page {
    let there = CampusForm::of(now);
    page.stale = Some(Stale::between(there.labelled(), page.form.labelled(), by));
    page.form.seen = there.seen;
    fragment(StatusCode::CONFLICT, &page)
}
