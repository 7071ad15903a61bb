//! The terms of a school year: adding, changing and taking them out.

mod edit;
mod form;
mod new;

use actix_web::{
    post,
    web::{Path, ServiceConfig},
};
use school::{Uuid, academics::term_change, permit::UpdateAcademicYears};

use crate::web::{
    extract::May,
    reply::{Page, see_other},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.configure(new::routes).configure(edit::routes).service(remove);
}

#[post("/years/{id}/terms/{term}/removal")]
async fn remove(may: May<UpdateAcademicYears>, place: Path<(Uuid, Uuid)>) -> Page {
    let (year, term) = *place;
    may.db(move |db| term_change::remove(year, term, db)).await?;
    see_other(format!("/years/{year}"))
}
