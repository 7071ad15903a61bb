//! Somebody's role, and where it holds.

use actix_web::{
    get, post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    access::{account::Account, given_role::Offer},
    permit::UpdateUsers,
};
use serde::Deserialize;

use super::{edit::open, form::given};
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
    app.service(edit).service(update);
}

/// The fields; every one is text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct RoleForm {
    role_id: String,
    #[serde(rename = "campus[]")]
    campus: String,
}

impl RoleForm {
    /// As it is; for somebody without a role the campus that goes without saying.
    fn of(account: &Account, offer: &Offer) -> Self {
        let campuses = match account.role_id {
            Some(_) => account.campuses(),
            None => offer.only_campus().into_iter().collect(),
        };
        Self {
            role_id: account.role_id.map(|role| role.to_string()).unwrap_or_default(),
            campus: campuses.iter().map(Uuid::to_string).collect::<Vec<_>>().join("\n"),
        }
    }
}

#[derive(Template)]
#[template(path = "access/users/role.html")]
struct Edit {
    shell: Shell,
    account: Account,
    offer: Offer,
    form: RoleForm,
    errors: Errors,
}

async fn page(may: &May<UpdateUsers>, id: Uuid, typed: Option<RoleForm>) -> Result<Edit, Failure> {
    let account = open(may, id).await?;
    let held = account.clone();
    let offer = may.db(move |db| Offer::to(Some(&held), db)).await?;
    let (form, errors) = (typed.unwrap_or_else(|| RoleForm::of(&account, &offer)), Errors::default());
    Ok(Edit { shell: Shell::of(may.signed_in(), Area::Accounts), account, offer, form, errors })
}

#[get("/users/{id}/role/edit")]
async fn edit(may: May<UpdateUsers>, id: Path<Uuid>) -> Page {
    show(&page(&may, *id, None).await?)
}

#[post("/users/{id}/role")]
async fn update(may: May<UpdateUsers>, id: Path<Uuid>, Form(form): Form<RoleForm>) -> Page {
    let id = *id;
    let mut again = page(&may, id, Some(form.clone())).await?;
    let mut errors = Errors::default();
    let chosen = given(&form.role_id, &form.campus, &mut errors);
    again.errors = match errors.or(chosen) {
        Ok(chosen) => match may.db(move |db| Account::give_role(id, &chosen, db)).await {
            Ok(true) => return see_other(format!("/users/{id}?done=role")),
            Ok(false) => return see_other(format!("/users/{id}")),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&again)
}
