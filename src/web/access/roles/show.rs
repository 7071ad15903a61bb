//! A role: the matrix of what it opens, and who has it.

use actix_web::{
    get,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    access::own_role::Role,
    people::history::Change,
    permit::{ALL, Entry, ReadRoles, ReadUsers, UpdateRoles},
};

use super::matrix::{self, ACTIONS, Line};
use crate::web::{
    extract::May,
    filters,
    page::{Area, Shell},
    people::changes::{Told, told},
    reply::{Page, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(show_one);
}

#[derive(Template)]
#[template(path = "access/roles/show.html")]
struct Show {
    shell: Shell,
    role: Role,
    lines: Vec<Line>,
    /// What it opens, in words.
    opens: Vec<&'static Entry>,
    held_by: i64,
    changes: Vec<Told>,
    may_copy: bool,
    may_update: bool,
    opens_accounts: bool,
}

#[get("/roles/{id}")]
async fn show_one(may: May<ReadRoles>, id: Path<Uuid>) -> Page {
    let id = *id;
    let (role, held_by, changes, is_open, can_be_copied) = may
        .asking::<UpdateRoles>()
        .db(move |db| {
            let role = Role::of(id, db)?;
            let (held_by, changes) = (role.held_by(db)?, Change::of_role(id, db)?);
            let (is_open, can_be_copied) = match db.also::<UpdateRoles>() {
                Some(mut db) => (role.is_open_to_change(&mut db)?, role.can_be_copied(&mut db)?),
                None => (false, false),
            };
            Ok((role, held_by, changes, is_open, can_be_copied))
        })
        .await?;
    let scope = |entry: &'static Entry| role.scope(entry.name).map_or("", |scope| scope.word()).to_owned();
    show(&Show {
        shell: Shell::of(may.signed_in(), Area::Roles),
        lines: matrix::of(scope),
        opens: ALL.iter().filter(|entry| role.scope(entry.name).is_some()).collect(),
        held_by,
        changes: told(&changes, may.signed_in().person().time_zone()),
        may_copy: can_be_copied,
        may_update: is_open,
        opens_accounts: may.also::<ReadUsers>().is_some(),
        role,
    })
}
