//! What days add up to, and whether it is what it should be: functions that answer rows, which Diesel cannot join.

use chrono::NaiveDate;
use diesel::{
    PgConnection,
    prelude::*,
    sql_types::{Array, BigInt, Bool, Date, Nullable, Text, Uuid},
};

use crate::catalog::Complaint;

/// The days of some students whose worth is not what their marks say, and the totals that are not what their days add up to.
#[expect(clippy::disallowed_methods, reason = "the rule is a function that answers rows")]
pub(crate) fn miscounted_days(
    organization: uuid::Uuid,
    students: &[uuid::Uuid],
    conn: &mut PgConnection,
) -> QueryResult<Vec<Complaint>> {
    let mut found: Vec<Complaint> = Vec::new();
    for query in [include_str!("miscounted_days.sql"), include_str!("mistotalled_days.sql")] {
        let asked = diesel::sql_query(query).bind::<Uuid, _>(organization);
        found.append(&mut asked.bind::<Array<Uuid>, _>(students).load(conn)?);
    }
    Ok(found)
}

/// Totals the days of some students anew.
#[expect(clippy::disallowed_methods, reason = "one statement for both what is there and what is missing")]
pub(crate) fn total_days(
    organization: uuid::Uuid,
    students: &[uuid::Uuid],
    conn: &mut PgConnection,
) -> QueryResult<usize> {
    let asked = diesel::sql_query(include_str!("total_days.sql")).bind::<Uuid, _>(organization);
    asked.bind::<Array<Uuid>, _>(students).execute(conn)
}

/// What a report asks for.
#[derive(Clone, Debug)]
pub(crate) struct Span<'s> {
    pub(crate) organization: uuid::Uuid,
    /// Whether all campuses are meant.
    pub(crate) everywhere: bool,
    /// Else these.
    pub(crate) campuses: &'s [uuid::Uuid],
    pub(crate) first: NaiveDate,
    pub(crate) last: NaiveDate,
}

/// A sum of days, in halves; of all groups together where `is_all`.
#[derive(Clone, Debug, QueryableByName)]
pub(crate) struct Added {
    #[diesel(sql_type = Nullable<Uuid>)]
    pub(crate) place: Option<uuid::Uuid>,
    #[diesel(sql_type = Bool)]
    pub(crate) is_all: bool,
    #[diesel(sql_type = BigInt)]
    pub(crate) enrolled: i64,
    #[diesel(sql_type = BigInt)]
    pub(crate) possible: i64,
    #[diesel(sql_type = BigInt)]
    pub(crate) attended: i64,
    #[diesel(sql_type = BigInt)]
    pub(crate) excused: i64,
    #[diesel(sql_type = BigInt)]
    pub(crate) awaiting: i64,
    #[diesel(sql_type = BigInt)]
    pub(crate) lates: i64,
    #[diesel(sql_type = BigInt)]
    pub(crate) minutes_late: i64,
}

/// What the days of a span add up to, by `grade`, `class` or `campus` (migration `report_attendance`).
#[expect(clippy::disallowed_methods, reason = "a function that answers rows")]
pub(crate) fn attendance_between(
    by: &str,
    span: &Span<'_>,
    conn: &mut PgConnection,
) -> QueryResult<Vec<Added>> {
    diesel::sql_query("select * from attendance_between($1, $2, $3, $4, $5, $6)")
        .bind::<Uuid, _>(span.organization)
        .bind::<Bool, _>(span.everywhere)
        .bind::<Array<Uuid>, _>(span.campuses)
        .bind::<Text, _>(by)
        .bind::<Date, _>(span.first)
        .bind::<Date, _>(span.last)
        .load(conn)
}

/// What registers say of a campus's day.
#[derive(Clone, Copy, Debug, QueryableByName)]
pub(crate) struct ByRegister {
    #[diesel(sql_type = Uuid)]
    pub(crate) campus_id: uuid::Uuid,
    #[diesel(sql_type = Date)]
    pub(crate) day: NaiveDate,
    #[diesel(sql_type = BigInt)]
    pub(crate) enrolled: i64,
    #[diesel(sql_type = BigInt)]
    pub(crate) present: i64,
    #[diesel(sql_type = BigInt)]
    pub(crate) tardy: i64,
    #[diesel(sql_type = BigInt)]
    pub(crate) possible: i64,
    #[diesel(sql_type = BigInt)]
    pub(crate) attended: i64,
}

/// The days of campuses as their registers have them (migration `let_campuses_say_their_day`).
#[expect(clippy::disallowed_methods, reason = "a function that answers rows")]
pub(crate) fn campus_days(span: &Span<'_>, conn: &mut PgConnection) -> QueryResult<Vec<ByRegister>> {
    diesel::sql_query("select * from campus_days_by_register($1, $2, $3, $4)")
        .bind::<Uuid, _>(span.organization)
        .bind::<Array<Uuid>, _>(span.campuses)
        .bind::<Date, _>(span.first)
        .bind::<Date, _>(span.last)
        .load(conn)
}
