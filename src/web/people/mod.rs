//! Students, their families and the staff.

mod students;

use actix_web::web::ServiceConfig;

/// The routes of this area.
pub fn routes(app: &mut ServiceConfig) {
    app.configure(students::routes);
}
