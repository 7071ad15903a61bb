//! The catalogue of permissions and the built-in roles, written to the database from the program.

use diesel::{PgConnection, prelude::*, upsert::excluded};
use schema::{permissions, role_permissions, roles};
use uuid::Uuid;

use crate::{
    clock::new_id,
    error::{Error, Result},
    permit::{ALL, BuiltInRole, ROLES},
};

/// Writes the catalogue and the built-in roles as this program knows them.
pub(crate) fn publish(conn: &mut PgConnection) -> Result<()> {
    for entry in ALL {
        diesel::insert_into(permissions::table)
            .values((
                permissions::name.eq(entry.name),
                permissions::resource.eq(entry.resource()),
                permissions::action.eq(entry.action()),
                permissions::description.eq(entry.sentence),
                permissions::scopes.eq(entry.scopes.to_vec()),
            ))
            .on_conflict(permissions::name)
            .do_update()
            .set((
                permissions::resource.eq(excluded(permissions::resource)),
                permissions::description.eq(excluded(permissions::description)),
                permissions::scopes.eq(excluded(permissions::scopes)),
            ))
            .execute(conn)?;
    }
    ROLES.iter().try_for_each(|role| publish_role(role, conn))
}

fn publish_role(role: &BuiltInRole, conn: &mut PgConnection) -> Result<()> {
    let id: Uuid = diesel::insert_into(roles::table)
        .values((
            roles::id.eq(new_id()),
            roles::name.eq(role.name),
            roles::description.eq(role.description),
            roles::global_access.eq(role.global_access),
        ))
        .on_conflict((roles::organization_id, roles::name))
        .filter_target(roles::deleted_at.is_null())
        .do_update()
        .set(roles::description.eq(excluded(roles::description)))
        .returning(roles::id)
        .get_result(conn)?;
    diesel::delete(role_permissions::table.filter(role_permissions::role_id.eq(id))).execute(conn)?;
    let held: Vec<_> = role
        .permissions
        .iter()
        .map(|(permission, scope)| {
            (
                role_permissions::role_id.eq(id),
                role_permissions::permission.eq(*permission),
                role_permissions::scope.eq(*scope),
            )
        })
        .collect();
    diesel::insert_into(role_permissions::table).values(held).execute(conn)?;
    Ok(())
}

/// The built-in role that a command line or form names.
pub(crate) fn built_in(slug: &str, conn: &mut PgConnection) -> Result<Uuid> {
    let role = ROLES.iter().find(|role| role.slug == slug).ok_or_else(|| {
        let known: Vec<_> = ROLES.iter().map(|role| role.slug).collect();
        Error::invalid(
            "role",
            format!("There is no role called {slug}. Choose one of: {}.", known.join(", ")),
        )
    })?;
    Ok(roles::table
        .filter(roles::organization_id.is_null())
        .filter(roles::name.eq(role.name))
        .select(roles::id)
        .first(conn)?)
}
