//! Roles: placeholder.
use actix_web::web::ServiceConfig;
/// The routes of this file.
pub(super) fn routes(_: &mut ServiceConfig) {}
