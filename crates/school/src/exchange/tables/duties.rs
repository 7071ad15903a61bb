//! Who stands in front of the classes of a table.

use std::collections::HashMap;

use diesel::prelude::*;
use uuid::Uuid;

use super::{
    super::roster::{
        external_id::joined,
        records::ClassStaff,
        run::Run,
        sync::{Ids, Wanted, sync as sync_records},
    },
    classes::Table,
};
use crate::{error::Result, words::ClassDuty};

/// The teacher of each class, for its whole year; one who follows another begins today.
pub(super) fn sync(table: &Table, classes: &Ids, run: &mut Run) -> Result<()> {
    if !table.rows.has("teacher") {
        return Ok(());
    }
    let here = here(classes, table, run)?;
    let mut wanted = Vec::new();
    let mut adopted = HashMap::new();
    for (number, entry) in &table.found.entries {
        let teacher = entry.row.teacher.as_ref().and_then(|number| table.staff.get(number)).copied();
        let Some((class_id, staff_id)) = classes.get(number).zip(teacher) else { continue };
        let key = joined(&[number, &staff_id.to_string()]);
        let before = here.get(&class_id).map_or(&[][..], Vec::as_slice);
        if let Some((_, duty)) = before.iter().find(|(staff, _)| *staff == staff_id) {
            adopted.insert(key.clone(), *duty);
        }
        let follows = !before.is_empty() && table.year.includes(run.at.today);
        let record = ClassStaff {
            class_id,
            staff_id,
            duty: ClassDuty::Teacher,
            starts_on: if follows { run.at.today } else { table.year.first },
            ends_on: Some(table.year.last),
            deleted_at: None,
        };
        wanted.push(Wanted { keys: vec![key], origin: table.rows.origin(entry.line), record });
    }
    let leaves = |_: &str, duty: &ClassStaff| {
        classes.name(duty.class_id).is_some_and(|number| table.found.entries.contains_key(number))
    };
    sync_records(wanted, &adopted, leaves, run)?;
    Ok(())
}

type Duties = HashMap<Uuid, Vec<(Uuid, Uuid)>>;

/// Whoever teaches these classes now, with the duty's id.
fn here(classes: &Ids, table: &Table, run: &mut Run) -> Result<Duties> {
    use schema::class_staff as duties;
    let classes: Vec<Uuid> = table.found.entries.keys().filter_map(|number| classes.get(number)).collect();
    let found: Vec<(Uuid, Uuid, Uuid)> = duties::table
        .filter(duties::organization_id.eq(run.db.organization()))
        .filter(duties::deleted_at.is_null())
        .filter(duties::duty.eq(ClassDuty::Teacher))
        .filter(duties::class_subject_id.is_null())
        .filter(duties::ends_on.is_null().or(duties::ends_on.ge(run.at.today)))
        .filter(duties::class_id.eq_any(classes))
        .select((duties::class_id, duties::staff_id, duties::id))
        .load(run.db.conn())?;
    let mut here = Duties::new();
    for (class, staff, id) in found {
        here.entry(class).or_default().push((staff, id));
    }
    Ok(here)
}
