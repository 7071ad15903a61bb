//! What our records are called in the system that they come from.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::{prelude::*, upsert::excluded};
use schema::external_ids;
use serde_json::Value;
use uuid::Uuid;

use super::{
    super::identity::{fingerprint, import_hash},
    merge::Fields,
    record::CHUNK,
    run::Run,
};
use crate::{clock::new_id, error::Result};

/// Characters that an external id may have.
const LONGEST: usize = 255;

/// A record that an earlier import made or met.
pub(in crate::exchange) struct Known {
    id: Uuid,
    pub(in crate::exchange) entity_id: Uuid,
    digest: Vec<u8>,
    pub(in crate::exchange) imported: Fields,
    pub(in crate::exchange) is_gone: bool,
}

/// What is to be remembered of a record.
#[derive(Insertable)]
#[diesel(table_name = external_ids)]
pub(in crate::exchange) struct Remembered {
    id: Uuid,
    external_id: String,
    entity_id: Uuid,
    digest: Vec<u8>,
    imported: Value,
    is_gone: bool,
}

impl Remembered {
    /// The record `entity_id` under `key`; `None` when that is what is known already.
    pub(in crate::exchange) fn new(
        key: &str,
        entity_id: Uuid,
        (imported, is_gone): (&Fields, bool),
        known: Option<&Known>,
    ) -> Option<Self> {
        let digest = digest(imported);
        let same = known.is_some_and(|known| {
            (known.entity_id, known.is_gone) == (entity_id, is_gone) && known.digest == digest
        });
        (!same).then(|| Self {
            id: known.map_or_else(new_id, |known| known.id),
            external_id: key.to_owned(),
            entity_id,
            digest,
            imported: Value::Object(imported.clone()),
            is_gone,
        })
    }
}

fn digest(imported: &Fields) -> Vec<u8> {
    let said: Vec<_> = imported.iter().map(|(field, value)| (field.as_str(), value.to_string())).collect();
    fingerprint(said.iter().map(|(field, value)| (*field, value.as_str()))).bytes().to_vec()
}

/// Everything of one kind that this source has brought so far, by its id there.
pub(in crate::exchange) fn known(kind: &str, run: &mut Run) -> Result<HashMap<String, Known>> {
    Ok(load(kind, None, run)?.into_iter().collect())
}

/// The kind of registers, of which an import remembers every mark.
pub(in crate::exchange) const REGISTERS: &str = "attendance_sessions";

/// The registers of some days that this source has brought marks for, by our ids.
pub(in crate::exchange) fn known_registers(
    days: (NaiveDate, NaiveDate),
    run: &mut Run,
) -> Result<HashMap<Uuid, Known>> {
    let found = load(REGISTERS, Some(days), run)?.into_iter();
    Ok(found.map(|(_, known)| (known.entity_id, known)).collect())
}

fn load(kind: &str, days: Option<(NaiveDate, NaiveDate)>, run: &mut Run) -> Result<Vec<(String, Known)>> {
    let organization = run.db.organization();
    let mut query = external_ids::table
        .filter(external_ids::organization_id.eq(organization))
        .filter(external_ids::source_system.eq(&run.source))
        .filter(external_ids::kind.eq(kind))
        .into_boxed();
    if let Some((first, last)) = days {
        // Registers are remembered by their days first.
        let day_after = last.succ_opt().unwrap_or(last);
        query = query
            .filter(external_ids::external_id.ge(first.to_string()))
            .filter(external_ids::external_id.lt(day_after.to_string()));
    }
    let rows: Vec<(String, Uuid, Uuid, Vec<u8>, Value, bool)> = query
        .select((
            external_ids::external_id,
            external_ids::id,
            external_ids::entity_id,
            external_ids::digest,
            external_ids::imported,
            external_ids::is_gone,
        ))
        .load(run.db.conn())?;
    let known = rows.into_iter().map(|(key, id, entity_id, digest, imported, is_gone)| {
        let imported = match imported {
            Value::Object(fields) => fields,
            _ => Fields::new(),
        };
        (key, Known { id, entity_id, digest, imported, is_gone })
    });
    Ok(known.collect())
}

pub(in crate::exchange) fn remember(kind: &str, rows: &[Remembered], run: &mut Run) -> Result<()> {
    let organization = run.db.organization();
    for chunk in rows.chunks(CHUNK) {
        let values: Vec<_> = chunk
            .iter()
            .map(|row| {
                (
                    row,
                    external_ids::organization_id.eq(organization),
                    external_ids::source_system.eq(&run.source),
                    external_ids::kind.eq(kind),
                    external_ids::entity.eq(kind),
                )
            })
            .collect();
        diesel::insert_into(external_ids::table)
            .values(values)
            .on_conflict((external_ids::organization_id, external_ids::id))
            .do_update()
            .set((
                external_ids::entity_id.eq(excluded(external_ids::entity_id)),
                external_ids::digest.eq(excluded(external_ids::digest)),
                external_ids::imported.eq(excluded(external_ids::imported)),
                external_ids::is_gone.eq(excluded(external_ids::is_gone)),
            ))
            .execute(run.db.conn())?;
    }
    Ok(())
}

/// The identity of a record, for its own table.
pub(in crate::exchange) fn hash(kind: &str, key: &str, run: &Run) -> Vec<u8> {
    import_hash(kind, &run.source, key).bytes().to_vec()
}

/// One id out of several, for a record that the source does not name itself.
pub(in crate::exchange) fn joined(parts: &[&str]) -> String {
    let joined = parts.join(" ");
    if joined.chars().count() <= LONGEST {
        joined
    } else {
        fingerprint([("joined", joined.as_str())]).to_string()
    }
}
