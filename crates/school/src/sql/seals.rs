//! Seals on the record: functions that answer rows, which Diesel cannot join.

use diesel::{
    PgConnection,
    prelude::*,
    sql_types::{Bool, Bytea, Integer, Uuid as SqlUuid},
};
use uuid::Uuid;

use crate::catalog::Complaint;

/// A seal that was just made: its number and its chain.
#[derive(QueryableByName)]
pub(crate) struct Made {
    #[diesel(sql_type = Integer)]
    pub(crate) number: i32,
    #[diesel(sql_type = Bytea)]
    pub(crate) chain: Vec<u8>,
}

/// The last seal of a stretch, and whether the stretch fits it still.
#[derive(QueryableByName)]
pub(crate) struct Standing {
    #[diesel(sql_type = Integer)]
    pub(crate) number: i32,
    #[diesel(sql_type = SqlUuid)]
    after_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    until_id: Uuid,
    #[diesel(sql_type = Bool)]
    pub(crate) fits: bool,
}

/// Seals everything up to an id that is not sealed yet, if there is anything.
#[expect(clippy::disallowed_methods, reason = "a function that answers a row")]
pub(crate) fn seal_until(
    organization: Uuid,
    until: Uuid,
    conn: &mut PgConnection,
) -> QueryResult<Option<Made>> {
    let sealed = diesel::sql_query(include_str!("seal_record.sql")).bind::<SqlUuid, _>(organization);
    sealed.bind::<SqlUuid, _>(until).get_result(conn).optional()
}

/// The last seal of every stretch.
#[expect(clippy::disallowed_methods, reason = "the seals are judged by functions that answer rows")]
pub(crate) fn standing(organization: Uuid, conn: &mut PgConnection) -> QueryResult<Vec<Standing>> {
    diesel::sql_query(include_str!("standing_seals.sql")).bind::<SqlUuid, _>(organization).load(conn)
}

/// The seals that do not follow from the one before.
#[expect(clippy::disallowed_methods, reason = "the seals are judged by functions that answer rows")]
pub(crate) fn broken_chain(organization: Uuid, conn: &mut PgConnection) -> QueryResult<Vec<Complaint>> {
    diesel::sql_query(include_str!("broken_chain.sql")).bind::<SqlUuid, _>(organization).load(conn)
}

/// Seals a stretch anew that an erasure has changed.
#[expect(clippy::disallowed_methods, reason = "a function that answers a row")]
pub(crate) fn seal_anew(
    organization: Uuid,
    stretch: &Standing,
    erasure: Uuid,
    conn: &mut PgConnection,
) -> QueryResult<usize> {
    diesel::sql_query("select seal_stretch($1, $2, $3, $4)")
        .bind::<SqlUuid, _>(organization)
        .bind::<SqlUuid, _>(stretch.after_id)
        .bind::<SqlUuid, _>(stretch.until_id)
        .bind::<SqlUuid, _>(erasure)
        .execute(conn)
}
