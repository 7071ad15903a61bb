//! One's own account.

mod address;
mod edit;
mod second_factor;
mod sessions;

use actix_web::{
    get,
    web::{Data, Query, ServiceConfig},
};
use askama::Template;
use chrono::{DateTime, Utc};
use school::{
    access::own_account::Account,
    db::SignedIn,
    lobby::Lobby,
    permit::{CreateStaffAttendance, Permission},
};
use serde::Deserialize;

use self::sessions::Place;
use crate::web::{
    dates,
    extract::{Someone, blocking},
    filters,
    page::{Area, Shell},
    reply::{Page, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(show_own)
        .configure(edit::routes)
        .configure(address::routes)
        .configure(second_factor::routes)
        .configure(sessions::routes);
}

#[derive(Template)]
#[template(path = "access/account/show.html")]
struct Show {
    shell: Shell,
    account: Account,
    places: Vec<Place>,
    has_areas: bool,
    /// Whether they may say that they are at work.
    may_arrive: bool,
    /// What was just done.
    done: &'static str,
    verified: Option<String>,
    password_since: Option<String>,
    second_factor_since: Option<String>,
    sign_on_since: Option<String>,
}

#[derive(Deserialize)]
struct Done {
    #[serde(default)]
    done: String,
}

/// What is said on the page that a change leads to.
fn said(done: &str) -> &'static str {
    match done {
        "particulars" => "Your particulars are kept.",
        "password" => "Your password was changed, and you are signed out everywhere but here.",
        "link" => "A link is on its way to your address. It opens once, within an hour.",
        "address-asked" => {
            "A link is on its way to the new address, and a word of it to the one you have. Nothing changes before the link is used."
        }
        "address" => {
            "You sign in with the new address from now on, and you are signed out everywhere but here."
        }
        "verified" => "Your address is confirmed.",
        "second-factor-removed" => "Your second factor is off. Signing in asks for your password alone.",
        "session" => "That browser is signed out.",
        "sessions" => "You are signed out everywhere but here.",
        _ => "",
    }
}

#[get("/account")]
async fn show_own(someone: Someone, lobby: Data<Lobby>, asked: Query<Done>) -> Page {
    let who = someone.0.clone();
    let (account, sessions) = blocking(move || lobby.account(&who)).await?;
    let shell = Shell::of(&someone.0, Area::Elsewhere);
    let day = |at: DateTime<Utc>| dates::full(&school::clock::local(at, someone.0.person().time_zone()).0);
    show(&Show {
        may_arrive: someone.0.person().holds(CreateStaffAttendance::ENTRY.name),
        done: said(&asked.done),
        has_areas: !shell.groups().is_empty(),
        places: sessions.iter().map(|session| Place::of(session, &someone.0)).collect(),
        verified: account.email_verified_at.map(day),
        second_factor_since: account.second_factor_at.map(day),
        sign_on_since: account.sign_on_at.map(day),
        password_since: account.password_updated_at.map(day),
        account,
        shell,
    })
}

/// An instant as somebody's clock on the wall shows it.
fn moment(at: DateTime<Utc>, who: &SignedIn) -> String {
    let (day, time) = school::clock::local(at, who.person().time_zone());
    format!("{}, {}", dates::full(&day), dates::time(&time))
}
