//! Organizations, for whoever works for the platform: the list, and each one's page beside it.

mod edit;
mod form;
mod invitation;
mod new;
mod show;
mod suspension;

use actix_web::{
    get,
    web::{Data, ServiceConfig},
};
use askama::Template;
use school::{access::organization_change::Organization, lobby::Lobby, slice::Slice};

use crate::web::{
    extract::{OfPlatform, blocking},
    filters,
    list::Asked,
    page::{Area, Shell},
    reply::{Page, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index)
        .configure(new::routes)
        .configure(edit::routes)
        .configure(suspension::routes)
        .configure(invitation::routes)
        .configure(show::routes);
}

#[derive(Template)]
#[template(path = "access/organizations/index.html")]
struct Index {
    shell: Shell,
    asked: Asked,
    /// Each with how many accounts it has.
    organizations: Slice<(Organization, i64)>,
}

impl Index {
    fn next(&self) -> Option<String> {
        let (last, _) = self.organizations.rows.last().filter(|_| self.organizations.more)?;
        Some(self.asked.next(&last.name, &last.id))
    }
}

#[get("/organizations")]
async fn index(who: OfPlatform, lobby: Data<Lobby>, asked: Asked) -> Page {
    let shell = Shell::of(who.0.signed_in(), Area::Organizations);
    let listing = asked.listing.clone();
    let organizations = blocking(move || lobby.organizations_of(&who.0, &listing)).await?;
    show(&Index { shell, asked, organizations })
}
