//! Campuses, years, terms, the calendar, classes and who is in them.

mod calendar;
mod campuses;
mod class_enrollments;
mod classes;
mod closures;
mod departures;
mod duties;
mod endings;
mod terms;
mod years;

use actix_web::web::ServiceConfig;

/// The routes of this area.
pub fn routes(app: &mut ServiceConfig) {
    app.configure(classes::routes)
        .configure(class_enrollments::routes)
        .configure(departures::routes)
        .configure(duties::routes)
        .configure(endings::routes)
        .configure(calendar::routes)
        .configure(closures::routes)
        .configure(campuses::routes)
        .configure(years::routes)
        .configure(terms::routes);
}
