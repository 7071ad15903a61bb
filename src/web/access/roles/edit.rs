//! Changing a role of the organization's own.

use std::collections::BTreeMap;

use actix_web::{
    get,
    http::StatusCode,
    post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Error, Uuid,
    access::{own_role::Role, role_change::NewRole},
    edit::Edit as Edited,
    permit::{ALL, Entry, UpdateRoles},
    words::UserScope,
};

use super::matrix::{self, Line};
use crate::web::{
    extract::May,
    failure::Failure,
    filters,
    form::{Errors, Fields, refused},
    page::{Area, Shell},
    reply::{Page, fragment, see_other, show, show_again},
    stale,
    stale::{Labelled, Stale},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(edit).service(update);
}

/// A role as typed: how far each permission reaches by its name.
#[derive(Clone, Default)]
struct RoleForm {
    seen: String,
    name: String,
    description: String,
    scopes: BTreeMap<&'static str, String>,
}

impl RoleForm {
    fn of(role: &Role) -> Self {
        let scope = |entry: &'static Entry| Some((entry.name, role.scope(entry.name)?.word().to_owned()));
        Self {
            seen: stale::written(role.updated_at),
            name: role.name.clone(),
            description: role.description.clone(),
            scopes: ALL.iter().filter_map(scope).collect(),
        }
    }

    fn read(fields: &Fields) -> Self {
        let scope =
            |entry: &'static Entry| (entry.name, fields.get(&format!("scope[{}]", entry.name)).to_owned());
        let text = |name: &str| fields.get(name).to_owned();
        let scopes = ALL.iter().map(scope).filter(|(_, word)| !word.is_empty()).collect();
        Self { seen: text("seen"), name: text("name"), description: text("description"), scopes }
    }

    fn check(&self) -> Result<NewRole, Errors> {
        let mut errors = Errors::default();
        let name = errors.needed("name", &self.name, 60);
        let description = errors.line("description", &self.description, 300).unwrap_or_default();
        let named = |(name, word): (&&'static str, &String)| Some((*name, UserScope::named(word)?));
        let scopes: Option<BTreeMap<_, _>> = self.scopes.iter().map(named).collect();
        let scopes = errors.required("scopes", scopes, "Choose from the list.").unwrap_or_default();
        errors.or(NewRole { name, description, scopes })
    }

    fn labelled(&self) -> Labelled {
        let scope = |entry: &Entry| {
            let word = self.scopes.get(entry.name).and_then(|word| UserScope::named(word));
            (entry.sentence, word.map_or("Not at all", UserScope::label).to_owned())
        };
        let texts = [("Name", self.name.clone()), ("Description", self.description.clone())];
        texts.into_iter().chain(ALL.iter().map(scope)).collect()
    }
}

#[derive(Template)]
#[template(path = "access/roles/edit.html")]
struct Edit {
    shell: Shell,
    role: Role,
    lines: Vec<Line>,
    form: RoleForm,
    errors: Errors,
    stale: Option<Stale>,
}

async fn page(may: &May<UpdateRoles>, id: Uuid, typed: Option<RoleForm>) -> Result<Edit, Failure> {
    let open = may.db(move |db| {
        let role = Role::of(id, db)?;
        if role.is_open_to_change(db)? { Ok(role) } else { Err(Error::Forbidden) }
    });
    let role = open.await?;
    let form = typed.unwrap_or_else(|| RoleForm::of(&role));
    let lines = matrix::of(|entry| form.scopes.get(entry.name).cloned().unwrap_or_default());
    let shell = Shell::of(may.signed_in(), Area::Roles);
    Ok(Edit { shell, role, lines, form, errors: Errors::default(), stale: None })
}

#[get("/roles/{id}/edit")]
async fn edit(may: May<UpdateRoles>, id: Path<Uuid>) -> Page {
    show(&page(&may, *id, None).await?)
}

#[post("/roles/{id}")]
async fn update(may: May<UpdateRoles>, id: Path<Uuid>, fields: Fields) -> Page {
    let id = *id;
    let form = RoleForm::read(&fields);
    let mut again = page(&may, id, Some(form.clone())).await?;
    again.errors = match form.check() {
        Ok(role) => {
            let seen = stale::read(&form.seen);
            match may.db(move |db| role.keep(id, seen, db)).await {
                Ok(Edited::Kept) => return see_other(format!("/roles/{id}")),
                Ok(Edited::Stale { now, by }) => return conflict(again, &now, by),
                Err(error) => refused(error)?,
            }
        }
        Err(errors) => errors,
    };
    show_again(&again)
}

/// Somebody was faster: the form as typed, the difference above it, and the next save counts.
fn conflict(mut page: Edit, now: &Role, by: Option<String>) -> Page {
    let there = RoleForm::of(now);
    page.stale = Some(Stale::between(there.labelled(), page.form.labelled(), by));
    page.form.seen = there.seen;
    fragment(StatusCode::CONFLICT, &page)
}
