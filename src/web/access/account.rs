//! One's own account.

use actix_web::{
    get,
    web::{Query, ServiceConfig},
};
use askama::Template;
use school::permit::{CreateStaffAttendance, Permission};
use serde::Deserialize;

use crate::web::{
    extract::Someone,
    filters,
    page::{Area, Shell},
    reply::{Page, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(show_own);
}

#[derive(Template)]
#[template(path = "access/account.html")]
struct Account {
    shell: Shell,
    email: String,
    has_areas: bool,
    /// Whether they may say that they are at work.
    may_arrive: bool,
    has_new_password: bool,
}

#[derive(Deserialize)]
struct Done {
    #[serde(default, rename = "new-password")]
    new_password: String,
}

#[get("/account")]
async fn show_own(someone: Someone, done: Query<Done>) -> Page {
    let shell = Shell::of(&someone.0, Area::Elsewhere);
    show(&Account {
        email: someone.0.person().email().to_owned(),
        may_arrive: someone.0.person().holds(CreateStaffAttendance::ENTRY.name),
        has_new_password: !done.new_password.is_empty(),
        has_areas: !shell.groups().is_empty(),
        shell,
    })
}
