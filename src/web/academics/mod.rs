//! Classes and who is in them.

mod class_enrollments;
mod classes;
mod departures;
mod duties;
mod endings;

use actix_web::web::ServiceConfig;

/// The routes of this area.
pub fn routes(app: &mut ServiceConfig) {
    app.configure(classes::routes)
        .configure(class_enrollments::routes)
        .configure(departures::routes)
        .configure(duties::routes)
        .configure(endings::routes);
}
