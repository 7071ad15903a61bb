//! The few SQL functions of ours that queries call.

pub(crate) mod keeping;
pub(crate) mod report;
pub(crate) mod seals;

use diesel::{
    PgConnection,
    prelude::*,
    sql_types::{Array, BigInt, Bool, Bytea, Date, Interval, Jsonb, Nullable, Text, Time, Timestamptz, Uuid},
};

use crate::catalog::{self, Complaint};

diesel::define_sql_function! {
    /// This very moment, where `now()` is when the transaction began: what ran out meanwhile has run out (T63).
    fn clock_timestamp() -> Timestamptz
}
diesel::define_sql_function! {
    /// In small letters.
    fn lower(text: Text) -> Text
}
diesel::define_sql_function! {
    /// The one, where there is one, else the other.
    fn coalesce(one: Nullable<Text>, other: Text) -> Text
}
diesel::define_sql_function! {
    /// Whom a session token belongs to and what they may do, or that this is known (migration `recognize_people`).
    fn resume_session(token: Bytea, idle: Interval, known: Nullable<Text>) -> Nullable<Jsonb>
}
diesel::define_sql_function! {
    /// Everything a page needs to know of a person (migration `open_the_door`).
    fn person(of_user: Uuid) -> Nullable<Jsonb>
}
diesel::define_sql_function! {
    /// Keeps in the history of an account's organization what became of it at the door; false where it is of none (migration
    /// `tell_of_accounts_at_the_door`).
    fn tell_of_account(of_user: Uuid, done: Text, told: Jsonb) -> Bool
}
diesel::define_sql_function! {
    /// Whether somebody is inside on a visit to this organization (migration `know_who_is_inside`).
    fn is_inside(of_visit: Uuid, idle: Interval) -> Bool
}
diesel::define_sql_function! {
    /// Whether somebody must have a second factor (migration `require_second_factors`).
    fn must_prove_twice(of_user: Uuid) -> Bool
}
diesel::define_sql_function! {
    /// A new organization demands a second factor of whom most is entrusted (migration `demand_at_founding`).
    fn demand_at_founding(organization: Uuid) -> Bool
}
diesel::define_sql_function! {
    /// Where the people of the organization at a sign-in address sign in elsewhere (migration `sign_on_elsewhere`).
    fn identity_provider_at(place: Text) -> Nullable<Jsonb>
}
diesel::define_sql_function! {
    /// Sets organization and person for this transaction and answers how far some permissions reach, and what it can see.
    fn enter_organization(session: Nullable<Uuid>, user: Uuid, organization: Uuid, permissions: Array<Text>, writes: Bool) -> Nullable<Jsonb>
}
diesel::define_sql_function! {
    /// Whether anything was changed that a snapshot does not show (migration `tell_what_is_new`).
    fn is_changed_since(organization: Uuid, seen: Text) -> Bool
}
diesel::define_sql_function! {
    /// Whether a change is of any of these students (migration `find_changes_of_a_child`).
    fn is_change_of(organization: Uuid, entity: Text, subject: Uuid, changes: Jsonb, students: Array<Uuid>) -> Bool
}
diesel::define_sql_function! {
    /// What somebody holds by their role and directly, by name (migration `bind_roles_to_campuses`).
    fn permissions_of(of_user: Uuid) -> Jsonb
}
diesel::define_sql_function! {
    /// Waits until nobody else changes accounts or roles of an organization (migration `administer_one_at_a_time`).
    fn alone_with_accounts(organization: Uuid) -> Bool
}
diesel::define_sql_function! {
    /// Waits until nobody else changes the school years of an organization (migration `change_years_one_at_a_time`).
    fn alone_with_years(organization: Uuid) -> Bool
}
diesel::define_sql_function! {
    /// One more wrong guess from a network, and how many there are now (migration `know_devices`).
    fn count_failure_from(network: Text, at: Timestamptz) -> Integer
}
diesel::define_sql_function! {
    /// Keeps marks of one register, and the worth of their day if it is in; answers whose were kept (migration `keep_marks`).
    fn keep_marks(organization: Uuid, session: Uuid, day: Date, marks: Jsonb) -> Array<Uuid>
}
diesel::define_sql_function! {
    /// Keeps marks of many registers that another system took and answers how many (migration `bring_marks`).
    fn bring_marks(organization: Uuid, marks: Jsonb) -> Integer
}
diesel::define_sql_function! {
    /// Keeps what days of students are worth and answers how many changed (migration `keep_days`).
    fn count_days(organization: Uuid, students: Array<Uuid>, first: Date, last: Date) -> Integer
}
diesel::define_sql_function! {
    /// As [`count_days`], planned for many days (migration `bring_years`).
    fn count_many_days(organization: Uuid, students: Array<Uuid>, first: Date, last: Date) -> Integer
}
diesel::define_sql_function! {
    /// A school's codes, those in use first and in order (migration `read_codes_with_a_register`).
    fn codes_of(organization: Uuid) -> Json
}
diesel::define_sql_function! {
    /// When the day of a campus began on a day, where it begins now at an hour (migration `keep_past_hours`).
    fn day_begins(organization: Uuid, campus: Uuid, on_day: Date, begins_now: Time) -> Time
}
diesel::define_sql_function! {
    /// Who covers which class on a day and who took which register for whom (migration `say_whom_a_substitute_stands_for`).
    fn stand_ins(organization: Uuid, day: Date) -> Nullable<Jsonb>
}
diesel::define_sql_function! {
    /// Puts students on a list and answers how many (migration `expect_only_who_is_on_the_site`).
    fn fill_roll_call(organization: Uuid, roll_call: Uuid, who: Array<Uuid>, hour: Time) -> Integer
}
diesel::define_sql_function! {
    /// Keeps what was looked at, and of whom, and answers how many events (migration `keep_looks`).
    fn keep_looks(organization: Uuid, looks: Jsonb) -> Integer
}
diesel::define_sql_function! {
    /// How many years a kind of record is kept (migration `set_retention`).
    fn retention_years(organization: Uuid, kind: schema::sql_types::RecordKind) -> Integer
}
diesel::define_sql_function! {
    /// From when on nothing of these kinds need be kept of a student (migration `keep_kinds_apart`).
    fn kept_until_of(organization: Uuid, student: Uuid, today: Date, kinds: Array<schema::sql_types::RecordKind>) -> Nullable<Date>
}
diesel::define_sql_function! {
    /// Takes a student out for good and answers how many rows of which table (migration `erase_students`).
    fn erase_student(organization: Uuid, erasure: Uuid, today: Date, at: Timestamptz) -> Jsonb
}
diesel::define_sql_function! {
    /// PostgreSQL's own; `local` ends with the transaction.
    fn set_config(name: Text, value: Text, local: Bool) -> Text
}
diesel::define_sql_function! {
    /// PostgreSQL's own; answers at once whether the lock was free, and holds it until the transaction ends.
    fn pg_try_advisory_xact_lock(key: BigInt) -> Bool
}

/// Everything in the catalogue that is not as [`crate::catalog`] says.
#[expect(clippy::disallowed_methods, reason = "the system's own tables are no part of the schema")]
pub(crate) fn misshapen(conn: &mut PgConnection) -> QueryResult<Vec<Complaint>> {
    diesel::sql_query(include_str!("sql/catalog.sql"))
        .bind::<Array<Text>, _>(&catalog::ACCESS[..])
        .bind::<Array<Text>, _>(&catalog::SHARED[..])
        .bind::<Array<Text>, _>(&catalog::DEFINERS[..])
        .bind::<Array<Text>, _>(&catalog::APPEND_ONLY[..])
        .bind::<Array<Text>, _>(&catalog::DERIVED[..])
        .bind::<Array<Text>, _>(&catalog::WRITABLE[..])
        .load(conn)
}

/// What is wrong with the role that a connection has.
#[expect(clippy::disallowed_methods, reason = "the system's own tables are no part of the schema")]
pub(crate) fn too_powerful(expected: &str, conn: &mut PgConnection) -> QueryResult<Vec<Complaint>> {
    diesel::sql_query(include_str!("sql/role.sql")).bind::<Text, _>(expected).load(conn)
}
