//! Whose place was changed, where a row of the history gives somebody a place among others.

use std::collections::BTreeMap;

use diesel::prelude::*;
use schema::{contacts, guardians, user_programs, users};
use serde_json::Value;
use uuid::Uuid;

use super::history::Row;
use crate::{db::Db, error::Result, permit::Permission};

/// Contacts of students and people of programs among the rows that changed, by the row's id.
pub(super) fn places<P: Permission>(rows: &[Row], db: &mut Db<'_, P>) -> Result<BTreeMap<Uuid, String>> {
    let mut whose = contacts(&ids(rows, "guardians"), db)?;
    whose.extend(people(&ids(rows, "user_programs"), db)?);
    Ok(whose)
}

/// The ids that stand in a column of one event's rows.
pub(crate) fn written(changes: &Value, column: &str) -> impl Iterator<Item = Uuid> {
    changes.as_array().into_iter().flatten().filter_map(move |row| id(row, column))
}

/// The id that stands in a column of a row.
pub(crate) fn id(row: &Value, column: &str) -> Option<Uuid> {
    row.get(column)?.as_str()?.parse().ok()
}

fn ids(rows: &[Row], entity: &str) -> Vec<Uuid> {
    rows.iter().filter(|row| row.2 == entity).flat_map(|row| written(&row.4, "id")).collect()
}

fn contacts<P: Permission>(ties: &[Uuid], db: &mut Db<'_, P>) -> Result<BTreeMap<Uuid, String>> {
    if ties.is_empty() {
        return Ok(BTreeMap::new());
    }
    let theirs =
        contacts::organization_id.eq(guardians::organization_id).and(contacts::id.eq(guardians::contact_id));
    let found: Vec<(Uuid, String)> = guardians::table
        .inner_join(contacts::table.on(theirs))
        .filter(guardians::organization_id.eq(db.organization()))
        .filter(guardians::id.eq_any(ties))
        .select((guardians::id, contacts::full_name))
        .load(db.conn())?;
    Ok(found.into_iter().collect())
}

fn people<P: Permission>(places: &[Uuid], db: &mut Db<'_, P>) -> Result<BTreeMap<Uuid, String>> {
    if places.is_empty() {
        return Ok(BTreeMap::new());
    }
    let theirs = users::organization_id
        .eq(user_programs::organization_id.nullable())
        .and(users::id.eq(user_programs::user_id));
    let found: Vec<(Uuid, String, String)> = user_programs::table
        .inner_join(users::table.on(theirs))
        .filter(user_programs::organization_id.eq(db.organization()))
        .filter(user_programs::id.eq_any(places))
        .select((user_programs::id, users::first_name, users::last_name))
        .load(db.conn())?;
    Ok(found.into_iter().map(|(id, first, last)| (id, format!("{first} {last}"))).collect())
}
