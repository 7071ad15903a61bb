//! Students, their families and the staff.

mod changes;
mod heat;
mod placements;
mod students;
mod withdrawals;

use actix_web::web::ServiceConfig;

/// The routes of this area.
pub fn routes(app: &mut ServiceConfig) {
    app.configure(students::routes).configure(placements::routes).configure(withdrawals::routes);
}
