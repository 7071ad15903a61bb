//! Roles: what each opens, who has it, and who may do one thing.

mod edit;
mod matrix;
mod permissions;
mod show;

use actix_web::{
    get, post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    access::own_role::Role,
    permit::{ReadRoles, UpdateRoles},
};

use crate::web::{
    extract::May,
    filters,
    page::{Area, Shell},
    reply::{Page, see_other, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index)
        .service(create_copy)
        .service(create_removal)
        .configure(edit::routes)
        .configure(show::routes)
        .configure(permissions::routes);
}

#[derive(Template)]
#[template(path = "access/roles/index.html")]
struct Index {
    shell: Shell,
    roles: Vec<(Role, i64)>,
}

#[get("/roles")]
async fn index(may: May<ReadRoles>) -> Page {
    let roles = may.db(Role::all).await?;
    show(&Index { shell: Shell::of(may.signed_in(), Area::Roles), roles })
}

#[post("/roles/{id}/copies")]
async fn create_copy(may: May<UpdateRoles>, id: Path<Uuid>) -> Page {
    let copy = may.db(move |db| Role::copy(*id, db)).await?;
    see_other(format!("/roles/{copy}/edit"))
}

#[post("/roles/{id}/removal")]
async fn create_removal(may: May<UpdateRoles>, id: Path<Uuid>) -> Page {
    may.db(move |db| Role::delete(*id, db)).await?;
    see_other("/roles")
}
