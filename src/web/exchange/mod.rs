//! What comes in from other systems.

mod imports;

use actix_web::web::ServiceConfig;

/// The routes of this area.
pub fn routes(app: &mut ServiceConfig) {
    app.configure(imports::routes);
}
