//! How long records are kept, and who is taken out for good.

mod erasures;
mod retention;

use actix_web::web::ServiceConfig;

/// The routes of this area.
pub fn routes(app: &mut ServiceConfig) {
    app.configure(erasures::routes).configure(retention::routes);
}
