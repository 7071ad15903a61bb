//! HTTP: what comes in and what goes out. One folder an area, named as the domain names it.

pub mod academics;
pub mod access;
pub mod assets;
pub mod attendance;
pub mod browser;
pub mod dates;
pub mod districts;
pub mod error_page;
pub mod exchange;
pub mod export;
pub mod extract;
pub mod failure;
pub mod fields;
pub mod figures;
pub mod filters;
pub mod form;
pub mod guard;
pub mod health;
pub mod keeping;
pub mod limits;
pub mod list;
pub mod live;
pub mod log;
pub mod origin;
pub mod page;
pub mod people;
pub mod queue;
pub mod reply;
pub mod server;
pub mod share;
mod signs;
pub mod span;
pub mod spoken;
pub mod stale;
pub mod through;
pub mod upload;

use actix_web::web::ServiceConfig;

/// Every route of the program.
pub fn routes(app: &mut ServiceConfig) {
    // A request is held against one route after the other, so what a school asks for all day comes first.
    attendance::routes(app);
    access::routes(app);
    people::routes(app);
    academics::routes(app);
    districts::routes(app);
    exchange::routes(app);
    keeping::routes(app);
    app.service(health::live).service(health::ready).service(assets::show);
}
