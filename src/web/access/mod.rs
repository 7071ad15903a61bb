//! Signing in and out, one's own account, other people's, and roles.

mod account;
mod computing;
mod home;
mod mailbox;
mod password;
mod password_reset;
mod reaches;
mod roles;
mod sign_in;
mod users;

pub use computing::Computing;
pub use mailbox::Mailbox;

use actix_web::web::ServiceConfig;

/// The routes of this area.
pub fn routes(app: &mut ServiceConfig) {
    app.configure(home::routes)
        .configure(sign_in::routes)
        .configure(account::routes)
        .configure(password::routes)
        .configure(password_reset::routes)
        .configure(mailbox::routes)
        .configure(users::routes)
        .configure(roles::routes);
}
