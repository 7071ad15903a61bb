//! The few SQL functions of ours that queries call.

use diesel::sql_types::{BigInt, Bool, Bytea, Interval, Nullable, Text, Uuid};

diesel::define_sql_function! {
    /// Whom a session token belongs to and what they may do (migration `open_the_door`).
    fn resume_session(token: Bytea, idle: Interval) -> Nullable<Jsonb>
}
diesel::define_sql_function! {
    /// Everything a page needs to know of a person (migration `open_the_door`).
    fn person(of_user: Uuid) -> Nullable<Jsonb>
}
diesel::define_sql_function! {
    /// Sets organization and person for this transaction and answers how far a permission reaches.
    fn enter_organization(session: Nullable<Uuid>, user: Uuid, organization: Uuid, permission: Text, writes: Bool) -> Nullable<Jsonb>
}
diesel::define_sql_function! {
    /// PostgreSQL's own; `local` ends with the transaction.
    fn set_config(name: Text, value: Text, local: Bool) -> Text
}
diesel::define_sql_function! {
    /// PostgreSQL's own; answers at once whether the lock was free, and holds it until the transaction ends.
    fn pg_try_advisory_xact_lock(key: BigInt) -> Bool
}
