//! What was stamped by mistake is taken back.

use actix_web::{
    http::StatusCode,
    post,
    web::{Path, ServiceConfig},
};
use school::{Error, Uuid, attendance::movement::Movement, permit::UpdateAttendanceRecords};

use super::page;
use crate::web::{
    extract::May,
    failure::Failure,
    form::Errors,
    reply::{Page, fragment, see_other},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(create);
}

#[post("/front-desk/movements/{movement}/removal")]
async fn create(may: May<UpdateAttendanceRecords>, id: Path<Uuid>) -> Page {
    match may.db(move |db| Movement::take_back(*id, db)).await {
        Ok(()) => see_other("/front-desk"),
        Err(Failure(Error::Conflict(why))) => {
            let mut errors = Errors::default();
            errors.add("", why);
            fragment(StatusCode::CONFLICT, &page(&may, String::new(), errors).await?)
        }
        Err(other) => Err(other),
    }
}
