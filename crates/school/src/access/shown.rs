//! Whom events of the record showed.

use std::collections::HashMap;

use diesel::prelude::*;
use schema::{access_event_subjects as subjects, students};
use uuid::Uuid;

use crate::{
    db::Db,
    error::Result,
    people::student::Student,
    permit::{Grants, ReadAccessEvents},
};

/// The most children of one look that are named.
pub(super) const NAMED: i64 = 5_000;

/// The events that showed one of these.
#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn subjects_of(organization: Uuid, students: Vec<Uuid>) -> _ {
    subjects::table
        .filter(subjects::organization_id.eq(organization))
        .filter(subjects::student_id.eq_any(students))
        .select(subjects::event_id)
}

/// The children of events, by name.
pub(super) fn named(
    ids: &[Uuid],
    most: i64,
    db: &mut Db<'_, impl Grants<ReadAccessEvents>>,
) -> Result<HashMap<Uuid, Vec<Student>>> {
    let mut all: HashMap<Uuid, Vec<Student>> = HashMap::new();
    if ids.is_empty() {
        return Ok(all);
    }
    let rows: Vec<(Uuid, Student)> = subjects::table
        .inner_join(
            students::table.on(students::organization_id
                .eq(subjects::organization_id)
                .and(students::id.eq(subjects::student_id))),
        )
        .filter(subjects::organization_id.eq(db.organization()))
        .filter(subjects::event_id.eq_any(ids))
        .filter(students::deleted_at.is_null())
        .select((subjects::event_id, Student::as_select()))
        .order((students::last_name, students::first_name, students::id))
        .limit(most)
        .load(db.conn())?;
    for (event, student) in rows {
        all.entry(event).or_default().push(student);
    }
    Ok(all)
}
