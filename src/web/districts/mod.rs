//! School districts, the programs that they offer, and who is in them.

mod programs;
mod school_districts;

use actix_web::web::ServiceConfig;

/// The routes of this area.
pub fn routes(app: &mut ServiceConfig) {
    app.configure(programs::routes).configure(school_districts::routes);
}
