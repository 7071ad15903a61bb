//! What somebody may do beside their role.

use actix_web::{
    get, post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    academics::campus::Campus,
    access::{account::Account, grant::Grant},
    permit::{ALL, Entry, UpdateUsers},
    words::UserScope,
};
use serde::Deserialize;

use super::{edit::open, form::ticked};
use crate::web::{
    extract::May,
    failure::Failure,
    filters,
    form::{Errors, Form, refused},
    page::{Area, Shell},
    reply::{Page, see_other, show, show_again},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(new).service(create).service(create_removal);
}

/// The fields; every one is text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct GrantForm {
    permission: String,
    scope: String,
    #[serde(rename = "campus[]")]
    campus: String,
}

impl GrantForm {
    fn check(&self) -> Result<Grant, Errors> {
        let mut errors = Errors::default();
        let permission = Entry::called(&self.permission);
        let scope = UserScope::named(&self.scope);
        let permission = errors.required("permission", permission, "Choose one from the list.");
        let scope = errors.required("scope", scope, "Choose one from the list.");
        let campuses = ticked(&self.campus, &mut errors);
        match (permission, scope) {
            (Some(permission), Some(scope)) => errors.or(Grant { permission, scope, campuses }),
            _ => Err(errors),
        }
    }
}

#[derive(Template)]
#[template(path = "access/users/permission.html")]
struct New {
    shell: Shell,
    account: Account,
    offered: Vec<&'static Entry>,
    campuses: Vec<Campus>,
    form: GrantForm,
    errors: Errors,
}

async fn page(may: &May<UpdateUsers>, id: Uuid, form: GrantForm) -> Result<New, Failure> {
    let account = open(may, id).await?;
    let campuses = may.db(Campus::within_reach).await?;
    let held = |entry: &&Entry| may.signed_in().person().holds(entry.name);
    Ok(New {
        shell: Shell::of(may.signed_in(), Area::Accounts),
        account,
        offered: ALL.iter().filter(held).collect(),
        campuses,
        form,
        errors: Errors::default(),
    })
}

#[get("/users/{id}/permissions/new")]
async fn new(may: May<UpdateUsers>, id: Path<Uuid>) -> Page {
    show(&page(&may, *id, GrantForm::default()).await?)
}

#[post("/users/{id}/permissions")]
async fn create(may: May<UpdateUsers>, id: Path<Uuid>, Form(form): Form<GrantForm>) -> Page {
    let id = *id;
    let mut again = page(&may, id, form.clone()).await?;
    again.errors = match form.check() {
        Ok(grant) => match may.db(move |db| grant.give(id, db)).await {
            Ok(()) => return see_other(format!("/users/{id}?done=given")),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&again)
}

#[post("/users/{id}/permissions/{permission}/removal")]
async fn create_removal(may: May<UpdateUsers>, place: Path<(Uuid, String)>) -> Page {
    let (id, permission) = place.into_inner();
    may.db(move |db| Grant::take_away(id, &permission, db)).await?;
    see_other(format!("/users/{id}?done=taken"))
}
