//! Which children a change is of: itself the child's, a contact's of theirs, or of a mark or a place that names them.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use schema::{
    attendance_records as marks, class_enrollments as places, guardians, headcount_ticks as ticks,
    roll_call_entries as entries, students,
};
use uuid::Uuid;

use crate::{
    db::Db,
    error::Result,
    people::{history::Row, student::Student, whose::written},
    permit::{Grants, ReadAccessEvents},
};

/// An event with what it belongs to.
pub(super) type Found = (Row, Uuid);
/// A row that was changed, and a child whom it is of.
type OfChild = (Uuid, Uuid);

/// The children of each event, by the rows that were changed in it.
pub(super) fn children(
    found: &[Found],
    db: &mut Db<'_, impl Grants<ReadAccessEvents>>,
) -> Result<Vec<Vec<(Uuid, Student)>>> {
    let mut of: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for (row, child) in of_rows(found, db)? {
        of.entry(row).or_default().push(child);
    }
    let mut wanted: BTreeSet<Uuid> = of.values().flatten().copied().collect();
    wanted.extend(found.iter().map(|(_, subject)| *subject));
    let known: Vec<Student> = students::table
        .filter(students::organization_id.eq(db.organization()))
        .filter(students::id.eq_any(wanted))
        .filter(students::deleted_at.is_null())
        .select(Student::as_select())
        .load(db.conn())?;
    let known: BTreeMap<Uuid, Student> = known.into_iter().map(|child| (child.id, child)).collect();
    let of_event = |(event, subject): &Found| {
        let rows = written(&event.4, "id");
        let of_row = |row| {
            let named = of.get(&row).into_iter().flatten().chain([subject]);
            named
                .filter_map(|child| known.get(child))
                .map(move |child| (row, child.clone()))
                .collect::<Vec<_>>()
        };
        rows.flat_map(of_row).collect()
    };
    Ok(found.iter().map(of_event).collect())
}

/// Whom rows are of that belong to something else: a register, a class, a contact.
fn of_rows(found: &[Found], db: &mut Db<'_, impl Grants<ReadAccessEvents>>) -> Result<Vec<OfChild>> {
    let organization = db.organization();
    let changed = |entity: &str| -> Vec<Uuid> {
        let events = found.iter().filter(|(event, _)| event.2 == entity);
        events.flat_map(|(event, _)| written(&event.4, "id")).collect()
    };
    let mut all: Vec<OfChild> = Vec::new();
    let ids = changed("attendance_records");
    if !ids.is_empty() {
        let theirs =
            marks::table.filter(marks::organization_id.eq(organization)).filter(marks::id.eq_any(ids));
        all.extend(theirs.select((marks::id, marks::student_id)).load::<OfChild>(db.conn())?);
    }
    let ids = changed("class_enrollments");
    if !ids.is_empty() {
        let theirs =
            places::table.filter(places::organization_id.eq(organization)).filter(places::id.eq_any(ids));
        all.extend(theirs.select((places::id, places::student_id)).load::<OfChild>(db.conn())?);
    }
    let ids = changed("roll_call_entries");
    if !ids.is_empty() {
        let theirs =
            entries::table.filter(entries::organization_id.eq(organization)).filter(entries::id.eq_any(ids));
        all.extend(theirs.select((entries::id, entries::student_id)).load::<OfChild>(db.conn())?);
    }
    let ids = changed("headcount_ticks");
    if !ids.is_empty() {
        let theirs =
            ticks::table.filter(ticks::organization_id.eq(organization)).filter(ticks::id.eq_any(ids));
        all.extend(theirs.select((ticks::id, ticks::student_id)).load::<OfChild>(db.conn())?);
    }
    // Former contacts too: what was changed of them is told.
    let ids = changed("contacts");
    if !ids.is_empty() {
        let theirs = guardians::table
            .filter(guardians::organization_id.eq(organization))
            .filter(guardians::contact_id.eq_any(ids));
        let theirs = theirs.select((guardians::contact_id, guardians::student_id));
        all.extend(theirs.load::<OfChild>(db.conn())?);
    }
    Ok(all)
}
