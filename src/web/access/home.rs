//! The front door: where this person's day begins.

use actix_web::{get, web::ServiceConfig};

use crate::web::{
    extract::Someone,
    page,
    reply::{Page, see_other},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index);
}

#[get("/")]
async fn index(someone: Someone) -> Page {
    see_other(page::home(&someone.0))
}
