//! Who stands in front of a class.

use std::collections::HashMap;

use uuid::Uuid;

use super::{
    super::oneroster::{Bundle, Enrollment, EnrollmentRole, Entry, Kind},
    class_enrollments::Roll,
    record::Moment,
    records::ClassStaff,
    run::Run,
    sync::{Ids, Wanted, sync as sync_records},
};
use crate::{error::Result, words::ClassDuty};

/// Each class's own teacher, by the class's id in the source.
pub(super) type Teachers<'b> = HashMap<&'b str, Uuid>;

/// The primary teacher of today, else whoever comes nearest to that.
pub(super) fn teachers<'b>(bundle: &'b Bundle, staff: &Ids, at: Moment) -> Teachers<'b> {
    let mut best: HashMap<&str, &Entry<Enrollment>> = HashMap::new();
    for entry in bundle.enrollments.iter().filter(|entry| entry.row.role == EnrollmentRole::Teacher) {
        let found = best.entry(entry.row.class.as_str()).or_insert(entry);
        if rank(entry, at) < rank(found, at) {
            *found = entry;
        }
    }
    best.into_iter().filter_map(|(class, entry)| Some((class, staff.get(&entry.row.user)?))).collect()
}

fn rank(entry: &Entry<Enrollment>, at: Moment) -> (bool, bool, &str) {
    let Enrollment { starts_on, ends_on, primary, .. } = &entry.row;
    let runs = starts_on.is_none_or(|first| first <= at.today) && ends_on.is_none_or(|last| at.today <= last);
    (!primary, !runs, &entry.sourced_id)
}

pub(super) fn sync(roll: &Roll, staff: &Ids, run: &mut Run) -> Result<()> {
    let primaries: Vec<_> = duties(roll.bundle).filter(|entry| entry.row.primary).collect();
    let primaries: std::collections::HashSet<_> =
        primaries.iter().map(|entry| entry.row.class.as_str()).collect();
    let wanted = duties(roll.bundle).filter_map(|entry| {
        let (first, last) = roll.days(entry)?;
        let record = ClassStaff {
            class_id: roll.classes.get(&entry.row.class)?,
            staff_id: staff.get(&entry.row.user)?,
            duty: duty(&entry.row, primaries.contains(entry.row.class.as_str())),
            starts_on: first,
            ends_on: Some(last),
            deleted_at: None,
        };
        let keys = vec![entry.sourced_id.clone()];
        Some(Wanted { keys, origin: (Kind::Enrollments.file().into(), entry.line), record })
    });
    let wanted = wanted.collect();
    let leaves = |key: &str, duty: &ClassStaff| {
        let person = staff.name(duty.staff_id);
        roll.bundle.has_left(Kind::Enrollments, key)
            || person.is_some_and(|user| roll.bundle.has_left(Kind::Users, user) && staff.get(user).is_none())
    };
    sync_records(wanted, &HashMap::new(), leaves, run)?;
    Ok(())
}

fn duties(bundle: &Bundle) -> impl Iterator<Item = &Entry<Enrollment>> {
    bundle.enrollments.iter().filter(|entry| entry.row.role != EnrollmentRole::Student)
}

/// Where nobody is marked as primary, every teacher is the teacher.
fn duty(row: &Enrollment, has_primary: bool) -> ClassDuty {
    match row.role {
        EnrollmentRole::Teacher if row.primary || !has_primary => ClassDuty::Teacher,
        EnrollmentRole::Teacher => ClassDuty::CoTeacher,
        _ => ClassDuty::Aide,
    }
}
