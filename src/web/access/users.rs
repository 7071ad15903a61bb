//! People with accounts: the list.

mod edit;
mod form;
mod invitations;
mod new;
mod permissions;
mod role;
mod show;
mod staff;
mod standing;

use actix_web::{HttpRequest, get, web::ServiceConfig};
use askama::Template;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use school::{
    Error,
    access::{
        account::{Account, Standing},
        invitation::NOT_HERE,
        own_role::Role,
    },
    clock::local,
    permit::{CreateUsers, Permission, ReadUsers},
    slice::Slice,
    words::AccessAction,
};

use crate::web::{
    browser, dates,
    extract::{May, blocking},
    failure::Failure,
    filters,
    form::{self as web_form, Errors},
    list::Asked,
    page::{Area, Shell},
    reply::{Page, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index)
        .configure(new::routes)
        .configure(invitations::routes)
        .configure(edit::routes)
        .configure(role::routes)
        .configure(permissions::routes)
        .configure(staff::routes)
        .configure(standing::routes)
        .configure(show::routes);
}

/// From which address a request comes, as the record of a mail says it.
fn asked_from(request: &HttpRequest) -> String {
    browser::device(request).address
}

fn too_much_mail(seconds: u64) -> Errors {
    Errors::about("email", format!("Too much mail was sent there. Wait {seconds} s and try again."))
}

/// What is wrong with what was typed.
async fn refused<P: Permission>(may: &May<P>, failure: Failure) -> Result<Errors, Failure> {
    web_form::refused(recorded(may, failure).await?)
}

/// Whoever is told that somebody elsewhere has an address stands in the record.
async fn recorded<P: Permission>(may: &May<P>, failure: Failure) -> Result<Failure, Failure> {
    if matches!(&failure.0, Error::Invalid { message, .. } if message == NOT_HERE) {
        let (who, permission) = (may.signed_in().clone(), P::ENTRY.name);
        blocking(move || who.was_refused(AccessAction::Denied, permission)).await?;
    }
    Ok(failure)
}

#[derive(Template)]
#[template(path = "access/users/index.html")]
struct Index {
    shell: Shell,
    asked: Asked,
    accounts: Slice<(Account, Option<String>)>,
    roles: Vec<Role>,
    now: DateTime<Utc>,
    zone: Tz,
    is_of_deleted: bool,
    may_create: bool,
}

impl Index {
    /// The day of an instant where the reader is.
    fn day(&self, at: &DateTime<Utc>) -> String {
        dates::full(&local(*at, self.zone).0)
    }

    fn next(&self) -> Option<String> {
        let (last, _) = self.accounts.rows.last().filter(|_| self.accounts.more)?;
        Some(self.asked.next(&last.place(), &last.id))
    }
}

#[get("/users")]
async fn index(may: May<ReadUsers>, asked: Asked) -> Page {
    let listing = asked.listing.clone();
    let (accounts, roles) = may.db(move |db| Ok((Account::listed(&listing, db)?, Role::named(db)?))).await?;
    show(&Index {
        shell: Shell::of(may.signed_in(), Area::Accounts),
        is_of_deleted: asked.chose("state", Standing::Deleted.word()),
        asked,
        accounts,
        roles,
        now: may.signed_in().now().0,
        zone: may.signed_in().person().time_zone(),
        may_create: may.also::<CreateUsers>().is_some(),
    })
}
