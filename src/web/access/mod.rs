//! Signing in and out, one's own account, other people's, and roles.

mod access_log;
mod account;
mod browsers;
mod change_log;
mod computing;
mod dead_link;
mod email_confirmation;
mod evenly;
mod home;
mod identity_provider;
mod mailbox;
mod organizations;
mod password;
mod password_reset;
mod qr;
mod reaches;
mod roles;
mod second_factor_rules;
mod second_steps;
mod sign_in;
mod sign_on;
mod users;
mod visits;

pub use computing::Computing;
pub use mailbox::Mailbox;

use actix_web::web::ServiceConfig;
use school::lobby::NO_PASSWORD;

/// Whether the word by the present password is that there is none.
fn has_no_password(error: &str) -> bool {
    error == NO_PASSWORD
}

/// The routes of this area.
pub fn routes(app: &mut ServiceConfig) {
    app.configure(home::routes)
        .configure(sign_in::routes)
        .configure(sign_on::routes)
        .configure(second_steps::routes)
        .configure(second_factor_rules::routes)
        .configure(identity_provider::routes)
        .configure(account::routes)
        .configure(password::routes)
        .configure(email_confirmation::routes)
        .configure(password_reset::routes)
        .configure(mailbox::routes)
        .configure(users::routes)
        .configure(roles::routes)
        .configure(access_log::routes)
        .configure(change_log::routes)
        .configure(visits::routes)
        .configure(organizations::routes);
}
