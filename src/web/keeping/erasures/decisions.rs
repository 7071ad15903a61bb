//! A second person approves, or declines.

use actix_web::{
    post,
    web::{Data, Path, ServiceConfig},
};
use school::{Uuid, keeping::erasure::Erasure, permit::UpdateErasures};
use serde::Deserialize;

use crate::{
    jobs::Bell,
    web::{
        extract::May,
        form::{Errors, Form},
        reply::{Page, see_other, show_again},
    },
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(approve).service(decline);
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Approval {
    file_given: String,
}

#[post("/erasures/{erasure}/approval")]
async fn approve(
    may: May<UpdateErasures>,
    id: Path<Uuid>,
    bell: Data<Bell>,
    Form(form): Form<Approval>,
) -> Page {
    let id = *id;
    if form.file_given != "yes" {
        let errors = Errors::about("file_given", "Say that it was given out or that nobody is to have it.");
        return show_again(&super::page(&may.narrow()?, id, String::new(), errors).await?);
    }
    may.db(move |db| Erasure::approve(id, db)).await?;
    bell.ring(may.signed_in().person().organization());
    see_other(format!("/erasures/{id}"))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Refusal {
    why_not: String,
}

#[post("/erasures/{erasure}/refusal")]
async fn decline(may: May<UpdateErasures>, id: Path<Uuid>, Form(form): Form<Refusal>) -> Page {
    let (id, mut errors) = (*id, Errors::default());
    let because = errors.needed("why_not", &form.why_not, 300);
    if !errors.is_empty() {
        return show_again(&super::page(&may.narrow()?, id, form.why_not, errors).await?);
    }
    may.db(move |db| Erasure::decline(id, &because, db)).await?;
    see_other(format!("/erasures/{id}"))
}
