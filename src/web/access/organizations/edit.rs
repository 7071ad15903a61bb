//! Changing what is written of an organization.

use actix_web::{
    get,
    http::StatusCode,
    post,
    web::{Data, Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    access::{organization_change::Organization, platform::Platform},
    edit::Edit as Edited,
    lobby::Lobby,
};

use super::form::{OrganizationForm, WEEK_STARTS};
use crate::web::{
    extract::{OfPlatform, blocking},
    failure::Failure,
    filters,
    form::{Errors, Form, refused},
    page::{Area, Shell},
    reply::{Page, fragment, see_other, show, show_again},
    stale,
    stale::Stale,
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(edit).service(update);
}

#[derive(Template)]
#[template(path = "access/organizations/edit.html")]
struct Edit {
    shell: Shell,
    organization: Organization,
    form: OrganizationForm,
    errors: Errors,
    stale: Option<Stale>,
}

async fn page(
    who: &Platform,
    lobby: &Data<Lobby>,
    id: Uuid,
    typed: Option<OrganizationForm>,
) -> Result<Edit, Failure> {
    let (lobby, by) = (lobby.clone(), who.clone());
    let (organization, ..) = blocking(move || lobby.organization_of(&by, id)).await?;
    Ok(Edit {
        shell: Shell::of(who.signed_in(), Area::Organizations),
        form: typed.unwrap_or_else(|| OrganizationForm::of(&organization)),
        organization,
        errors: Errors::default(),
        stale: None,
    })
}

#[get("/organizations/{organization}/edit")]
async fn edit(who: OfPlatform, lobby: Data<Lobby>, id: Path<Uuid>) -> Page {
    show(&page(&who.0, &lobby, *id, None).await?)
}

#[post("/organizations/{organization}")]
async fn update(
    who: OfPlatform,
    lobby: Data<Lobby>,
    id: Path<Uuid>,
    Form(form): Form<OrganizationForm>,
) -> Page {
    let id = *id;
    let mut again = page(&who.0, &lobby, id, Some(form.clone())).await?;
    again.errors = match form.check() {
        Ok(organization) => {
            let seen = stale::read(&form.seen);
            let change = move || lobby.change_organization(&who.0, (id, seen), &organization);
            match blocking(change).await.map_err(Failure) {
                Ok(Edited::Kept) => return see_other(format!("/organizations/{id}")),
                Ok(Edited::Stale { now, by }) => return conflict(again, &now, by),
                Err(error) => refused(error)?,
            }
        }
        Err(errors) => errors,
    };
    show_again(&again)
}

/// Somebody was faster: the form as typed, the difference above it, and the next save counts.
fn conflict(mut page: Edit, now: &Organization, by: Option<String>) -> Page {
    let there = OrganizationForm::of(now);
    page.stale = Some(Stale::between(there.labelled(), page.form.labelled(), by));
    page.form.seen = there.seen;
    fragment(StatusCode::CONFLICT, &page)
}
