//! Who may do one thing.

use actix_web::{
    get,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    academics::campus::Campus,
    access::holder::{Holder, MOST},
    permit::{Entry, ReadRoles, ReadUsers},
    reach::Reach,
};

use crate::web::{
    access::reaches::in_words,
    extract::May,
    filters,
    page::{Area, Shell},
    reply::{Page, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(show_one);
}

#[derive(Template)]
#[template(path = "access/roles/permission.html")]
struct Show {
    shell: Shell,
    entry: &'static Entry,
    holders: Vec<Holder>,
    campuses: Vec<Campus>,
    opens_accounts: bool,
}

impl Show {
    fn in_words(&self, reach: &Reach) -> String {
        in_words(reach, &self.campuses)
    }

    /// What it includes.
    fn includes(&self) -> Vec<&'static Entry> {
        self.entry.grants.iter().filter_map(|name| Entry::called(name)).collect()
    }

    fn are_more(&self) -> bool {
        self.holders.len() > MOST
    }
}

#[get("/permissions/{name}")]
async fn show_one(may: May<ReadRoles>, name: Path<String>) -> Page {
    let ((entry, holders), campuses) =
        may.db(move |db| Ok((Holder::of_permission(&name, db)?, Campus::known(db)?))).await?;
    let opens_accounts = may.also::<ReadUsers>().is_some();
    show(&Show { shell: Shell::of(may.signed_in(), Area::Roles), entry, holders, campuses, opens_accounts })
}
