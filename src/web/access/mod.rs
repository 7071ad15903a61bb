//! Signing in and out, and one's own account.

mod account;
mod computing;
mod home;
mod sign_in;

pub use computing::Computing;

use actix_web::web::ServiceConfig;

/// The routes of this area.
pub fn routes(app: &mut ServiceConfig) {
    app.configure(home::routes).configure(sign_in::routes).configure(account::routes);
}
