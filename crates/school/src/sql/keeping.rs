//! What a backup asks the system's own tables.

use diesel::{
    PgConnection,
    prelude::*,
    sql_types::{BigInt, Bool, Text},
};

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
