//! Changing a school district.

use actix_web::{
    get,
    http::StatusCode,
    post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{Uuid, districts::district::District, edit::Edit as Edited, permit::UpdateSchoolDistricts};

use super::form::DistrictForm;
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
#[template(path = "districts/school_districts/edit.html")]
struct Edit {
    shell: Shell,
    district: District,
    form: DistrictForm,
    errors: Errors,
    stale: Option<Stale>,
}

async fn page(
    may: &May<UpdateSchoolDistricts>,
    id: Uuid,
    typed: Option<DistrictForm>,
) -> Result<Edit, Failure> {
    let district = may.db(move |db| District::of(id, db)).await?;
    Ok(Edit {
        shell: Shell::of(may.signed_in(), Area::Districts),
        form: typed.unwrap_or_else(|| DistrictForm::of(&district)),
        district,
        errors: Errors::default(),
        stale: None,
    })
}

#[get("/districts/{id}/edit")]
async fn edit(may: May<UpdateSchoolDistricts>, id: Path<Uuid>) -> Page {
    show(&page(&may, *id, None).await?)
}

#[post("/districts/{id}")]
async fn update(may: May<UpdateSchoolDistricts>, id: Path<Uuid>, Form(form): Form<DistrictForm>) -> Page {
    let id = *id;
    let seen = stale::read(&form.seen);
    let mut again = page(&may, id, Some(form.clone())).await?;
    again.errors = match form.check() {
        Ok(district) => match may.db(move |db| district.change(id, seen, db)).await {
            Ok(Edited::Kept) => return see_other(format!("/districts/{id}")),
            Ok(Edited::Stale { now, by }) => return conflict(again, &now, by),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&again)
}

/// Somebody was faster: the form as typed, the difference above it, and the next save counts.
fn conflict(mut page: Edit, now: &District, by: Option<String>) -> Page {
    let there = DistrictForm::of(now);
    page.stale = Some(Stale::between(there.labelled(), page.form.labelled(), by));
    page.form.seen = there.seen;
    fragment(StatusCode::CONFLICT, &page)
}
