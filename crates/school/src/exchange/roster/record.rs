//! A record of the school that an import may write, and how it is loaded and saved: many rows a statement.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::run::Run;
use crate::error::Result;

/// Rows in one insert; a statement takes at most 65,535 values.
pub(super) const CHUNK: usize = 1_000;

/// A record on its way into its table.
pub(in crate::exchange) struct Row<R> {
    pub(super) id: Uuid,
    /// The identity of the row in the system that it comes from; kept from the first import on.
    pub(super) import_hash: Vec<u8>,
    pub(super) record: R,
}

/// The part of a record that the table itself dictates; see [`records`].
pub(in crate::exchange) trait Stored: Sized {
    /// The table, which is also the kind of its external ids.
    const ENTITY: &'static str;

    fn load(ids: &[Uuid], run: &mut Run) -> Result<Vec<(Uuid, Self)>>;

    /// Inserts new rows and overwrites the others.
    fn save(rows: &[Row<Self>], run: &mut Run) -> Result<()>;
}

/// When an import takes place.
#[derive(Clone, Copy)]
pub(in crate::exchange) struct Moment {
    pub(in crate::exchange) now: DateTime<Utc>,
    pub(in crate::exchange) today: NaiveDate,
}

/// The part that the school's own rules dictate.
pub(in crate::exchange) trait Record:
    Stored + Clone + PartialEq + Serialize + DeserializeOwned
{
    /// Many of them ending at once looks like a broken export.
    const GUARDED: bool = false;

    /// What happens to a record that is no longer in the export: it ends and stays.
    fn end(&mut self, _at: Moment) {}

    /// Keep of `have` what the source says nothing about, though the record has a column for it.
    fn settle(&mut self, _have: &Self, _was_gone: bool, _at: Moment) {}
}

/// Declares records: a struct of the columns that an import may write, with its [`Stored`]. Every record also has
/// `deleted_at`: an import never deletes one that began, but must see what was deleted here.
macro_rules! records {
    ($($(#[$doc:meta])* $name:ident in $table:ident { $($field:ident: $type:ty),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[derive(diesel::Queryable, diesel::Selectable, diesel::Insertable)]
        #[diesel(table_name = schema::$table, treat_none_as_default_value = false)]
        pub(in crate::exchange) struct $name {
            $(pub(in crate::exchange) $field: $type,)+
            pub(in crate::exchange) deleted_at: Option<chrono::DateTime<chrono::Utc>>,
        }

        impl $crate::exchange::roster::record::Stored for $name {
            const ENTITY: &'static str = stringify!($table);

            fn load(
                ids: &[uuid::Uuid],
                run: &mut $crate::exchange::roster::run::Run,
            ) -> $crate::Result<Vec<(uuid::Uuid, Self)>> {
                use diesel::prelude::*;
                use schema::$table;
                let organization = run.db.organization();
                Ok($table::table
                    .filter($table::organization_id.eq(organization))
                    .filter($table::id.eq_any(ids))
                    .select(($table::id, Self::as_select()))
                    .load(run.db.conn())?)
            }

            fn save(
                rows: &[$crate::exchange::roster::record::Row<Self>],
                run: &mut $crate::exchange::roster::run::Run,
            ) -> $crate::Result<()> {
                use diesel::{prelude::*, upsert::excluded};
                use schema::$table;
                let organization = run.db.organization();
                for chunk in rows.chunks($crate::exchange::roster::record::CHUNK) {
                    let values: Vec<_> = chunk
                        .iter()
                        .map(|row| (
                            &row.record,
                            $table::organization_id.eq(organization),
                            $table::id.eq(row.id),
                            $table::import_hash.eq(&row.import_hash),
                        ))
                        .collect();
                    diesel::insert_into($table::table)
                        .values(values)
                        .on_conflict(($table::organization_id, $table::id))
                        .do_update()
                        .set((
                            $($table::$field.eq(excluded($table::$field)),)+
                            $table::deleted_at.eq(excluded($table::deleted_at)),
                        ))
                        .execute(run.db.conn())?;
                }
                Ok(())
            }
        }
    )+};
}

pub(super) use records;
