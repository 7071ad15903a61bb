//! What a backup asks the system's own tables, and what stands in a student's complete file.

use chrono::NaiveDate;
use diesel::{
    PgConnection,
    prelude::*,
    sql_types::{Array, BigInt, Bool, Date, Jsonb, Nullable, Text, Uuid},
};

use crate::{keeping::retention::Past, words::RecordKind};

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}

#[derive(QueryableByName)]
struct Truth {
    #[diesel(sql_type = Bool)]
    so: bool,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// Whether row-level security binds whoever is connected.
#[expect(clippy::disallowed_methods, reason = "the system's own tables are no part of the schema")]
pub(crate) fn sees_every_row(conn: &mut PgConnection) -> QueryResult<bool> {
    let ask = "select rolsuper or rolbypassrls as so from pg_roles where rolname = current_user";
    diesel::sql_query(ask).get_result::<Truth>(conn).map(|answer| answer.so)
}

/// A name by which another session sees what this transaction sees.
#[expect(clippy::disallowed_methods, reason = "a function of the system")]
pub(crate) fn export_snapshot(conn: &mut PgConnection) -> QueryResult<String> {
    diesel::sql_query("select pg_export_snapshot() as word").get_result::<Word>(conn).map(|name| name.word)
}

/// Every table, by name; its parts are not named.
#[expect(clippy::disallowed_methods, reason = "the system's own tables are no part of the schema")]
pub(crate) fn tables(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    let ask =
        "select relname::text as word from pg_class join pg_namespace on pg_namespace.oid = relnamespace
               where nspname = 'public' and relkind in ('r', 'p') order by 1";
    Ok(diesel::sql_query(ask).load::<Word>(conn)?.into_iter().map(|table| table.word).collect())
}

/// How many rows a table of [`tables`] has.
#[expect(clippy::disallowed_methods, reason = "the table is a value here")]
pub(crate) fn rows_of(table: &str, conn: &mut PgConnection) -> QueryResult<i64> {
    let table = table.replace('"', "\"\"");
    let count = format!("select count(*) as n from public.\"{table}\"");
    diesel::sql_query(count).get_result::<Number>(conn).map(|count| count.n)
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Nullable<Uuid>)]
    about: Option<uuid::Uuid>,
    #[diesel(sql_type = Jsonb)]
    cells: serde_json::Value,
}

/// The rows of a part of a student's file: which contact each is about, and its cells.
#[expect(clippy::disallowed_methods, reason = "each part is a statement of its own that answers cells")]
pub(crate) fn part(
    query: &str,
    (organization, student, zone, hides_address): (uuid::Uuid, uuid::Uuid, &str, bool),
    conn: &mut PgConnection,
) -> QueryResult<Vec<(Option<uuid::Uuid>, serde_json::Value)>> {
    let asked = diesel::sql_query(query).bind::<Uuid, _>(organization).bind::<Uuid, _>(student);
    let rows: Vec<Row> = asked.bind::<Text, _>(zone).bind::<Bool, _>(hides_address).load(conn)?;
    Ok(rows.into_iter().map(|row| (row.about, row.cells)).collect())
}

#[derive(QueryableByName)]
struct PastRow {
    #[diesel(sql_type = Uuid)]
    id: uuid::Uuid,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    number: String,
    #[diesel(sql_type = Date)]
    left_on: NaiveDate,
    #[diesel(sql_type = Date)]
    until: NaiveDate,
    #[diesel(sql_type = Array<schema::sql_types::RecordKind>)]
    kinds: Vec<RecordKind>,
    #[diesel(sql_type = Bool)]
    asked: bool,
}

/// Students of whom something need not be kept any longer.
#[expect(clippy::disallowed_methods, reason = "the rule is a function of the database, for the erasure too")]
pub(crate) fn past(
    organization: uuid::Uuid,
    today: NaiveDate,
    limit: i64,
    conn: &mut PgConnection,
) -> QueryResult<Vec<Past>> {
    let asked = diesel::sql_query(include_str!("past_retention.sql")).bind::<Uuid, _>(organization);
    let rows: Vec<PastRow> = asked.bind::<Date, _>(today).bind::<BigInt, _>(limit).load(conn)?;
    let read = |PastRow { id, name, number, left_on, until, kinds, asked }| Past {
        id,
        name,
        number,
        left_on,
        until,
        kinds,
        asked,
    };
    Ok(rows.into_iter().map(read).collect())
}
