//! Who is on which roll. Enrollments of one student in one class that follow on each other, as two semesters
//! do, are one stay on the roll: there is at most one that is not over.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use uuid::Uuid;

use super::{
    super::oneroster::{Bundle, Enrollment, EnrollmentRole, Entry, Kind, Remark},
    external_id::{Known, known},
    homerooms::Homerooms,
    record::{Moment, Stored},
    records::ClassEnrollment,
    rolls::Rolls,
    run::Run,
    sync::{Ids, Wanted, sync as sync_records},
    years::{Stretch, Years},
};
use crate::{error::Result, words::ClassEnrollmentStatus};

/// Days between two enrollments that still make one stay: a long vacation between semesters.
const GAP: TimeDelta = TimeDelta::days(45);

/// What enrollments refer to.
pub(super) struct Roll<'r> {
    pub(super) bundle: &'r Bundle,
    pub(super) classes: &'r Ids,
    pub(super) years: &'r Years,
}

impl Roll<'_> {
    /// The first and the last day: the enrollment's own, else the class's.
    pub(super) fn days(&self, entry: &Entry<Enrollment>) -> Option<(NaiveDate, NaiveDate)> {
        let held = self.held(&entry.row.class)?;
        let first = entry.row.starts_on.unwrap_or(held.first);
        Some((first, entry.row.ends_on.unwrap_or(held.last).max(first)))
    }

    fn held(&self, class: &str) -> Option<Stretch> {
        let classes = &self.bundle.classes;
        let place = classes.binary_search_by(|entry| entry.sourced_id.as_str().cmp(class)).ok()?;
        self.years.of(&classes.get(place)?.row)
    }
}

/// A student's time in a class, made of one enrollment or several.
struct Stay<'b> {
    entries: Vec<&'b Entry<Enrollment>>,
    first: NaiveDate,
    last: NaiveDate,
}

pub(super) fn sync(roll: &Roll, students: &Ids, run: &mut Run) -> Result<()> {
    let before = Rolls::now(run)?;
    let known = known(ClassEnrollment::ENTITY, run)?;
    let elsewhere = Elsewhere { homerooms: Homerooms::all(run)?, leaving: leaving(roll.bundle, &known) };
    let mut wanted = Vec::new();
    let mut pairs = HashMap::new();
    for ((class, user), entries) in by_class_and_student(roll.bundle) {
        let found = roll.classes.get(class).zip(students.get(user));
        let Some((class_id, student_id)) = found else {
            continue;
        };
        for mut stay in stays(&entries, roll, &known, run) {
            elsewhere.put_before(&mut stay, (class_id, student_id), &known, run.at);
            let open = want(&stay, (class_id, student_id), run.at);
            if open.record.status == ClassEnrollmentStatus::Active {
                pairs.insert((class_id, student_id), open.keys.first().cloned().unwrap_or_default());
            }
            wanted.push(open);
        }
    }
    let adopted = made_by_hand(&pairs, run)?;
    let leaves = |key: &str, enrolled: &ClassEnrollment| {
        let user = students.name(enrolled.student_id);
        roll.bundle.has_left(Kind::Enrollments, key)
            || user
                .is_some_and(|user| roll.bundle.has_left(Kind::Users, user) && students.get(user).is_none())
    };
    sync_records(wanted, &adopted, leaves, run)?;
    before.put_marks_away(run)
}

/// The other homerooms of students, and which times in them end with this export.
struct Elsewhere {
    homerooms: Homerooms,
    leaving: HashSet<Uuid>,
}

impl Elsewhere {
    /// A stay in a homeroom that does not say when it begins does so after the one in another homeroom.
    fn put_before(
        &self,
        stay: &mut Stay,
        (class, student): (Uuid, Uuid),
        known: &HashMap<String, Known>,
        at: Moment,
    ) {
        if stay.entries.iter().any(|entry| entry.row.starts_on.is_some()) {
            return;
        }
        let own = stay.entries.iter().find_map(|entry| known.get(&entry.sourced_id));
        let own = own.and_then(|known| self.homerooms.held(student, known.entity_id));
        let ends = self.homerooms.beside(student, class).filter_map(|held| {
            let leaves = held.runs_until(at.today) && self.leaving.contains(&held.id);
            if leaves { Some(at.today) } else { held.last.filter(|last| *last < at.today)?.succ_opt() }
        });
        let first = ends.filter(|day| own.is_none_or(|own| *day <= own.first)).max();
        if let Some(first) = first.filter(|first| *first <= stay.last) {
            stay.first = stay.first.max(first);
        }
    }
}

/// The stays whose enrollments are all gone from the export.
fn leaving(bundle: &Bundle, known: &HashMap<String, Known>) -> HashSet<Uuid> {
    let there: HashSet<&str> = bundle.enrollments.iter().map(|entry| entry.sourced_id.as_str()).collect();
    let has_left = |key: &str| !there.contains(key) && bundle.has_left(Kind::Enrollments, key);
    let running = known.iter().filter(|(_, known)| !known.is_gone);
    let (gone, kept): (Vec<_>, Vec<_>) = running.partition(|(key, _)| has_left(key));
    let ids = |some: Vec<(&String, &Known)>| some.into_iter().map(|(_, known)| known.entity_id).collect();
    let (gone, kept): (HashSet<Uuid>, HashSet<Uuid>) = (ids(gone), ids(kept));
    &gone - &kept
}

type Groups<'b> = BTreeMap<(&'b str, &'b str), Vec<&'b Entry<Enrollment>>>;

fn by_class_and_student(bundle: &Bundle) -> Groups<'_> {
    let mut groups = Groups::new();
    for entry in bundle.enrollments.iter().filter(|entry| entry.row.role == EnrollmentRole::Student) {
        groups.entry((&entry.row.class, &entry.row.user)).or_default().push(entry);
    }
    groups
}

/// What is over stays by itself; what is not over yet, or was one stay before, is one.
fn stays<'b>(
    entries: &[&'b Entry<Enrollment>],
    roll: &Roll,
    known: &HashMap<String, Known>,
    run: &mut Run,
) -> Vec<Stay<'b>> {
    let mut dated: Vec<_> = entries.iter().filter_map(|entry| Some((roll.days(entry)?, *entry))).collect();
    dated.sort_by_key(|(days, entry)| (*days, entry.sourced_id.as_str()));
    let id = |entry: &Entry<Enrollment>| known.get(&entry.sourced_id).map(|known| known.entity_id);
    let mut stays: Vec<Stay> = Vec::new();
    for ((first, last), entry) in dated {
        let was_one =
            |stay: &Stay| stay.entries.iter().any(|other| id(other).is_some() && id(other) == id(entry));
        match stays.last_mut() {
            Some(stay) if was_one(stay) || (stay.last >= run.at.today && first <= stay.last + GAP) => {
                stay.last = stay.last.max(last);
                stay.entries.push(entry);
            }
            Some(stay) if stay.last >= run.at.today => run.report.remarks.push(later(entry)),
            _ => stays.push(Stay { entries: vec![entry], first, last }),
        }
    }
    stays
}

fn later(entry: &Entry<Enrollment>) -> Remark {
    let text =
        "The student is in this class until long before; this enrollment is taken up when that is over.";
    Remark { file: Kind::Enrollments.file().into(), line: Some(entry.line), text: text.into() }
}

fn want(stay: &Stay, (class_id, student_id): (Uuid, Uuid), at: Moment) -> Wanted<ClassEnrollment> {
    let over = stay.last < at.today;
    Wanted {
        keys: stay.entries.iter().map(|entry| entry.sourced_id.clone()).collect(),
        origin: (Kind::Enrollments.file().into(), stay.entries.first().map_or(0, |entry| entry.line)),
        record: ClassEnrollment {
            class_id,
            student_id,
            enrolled_on: stay.first,
            ended_on: Some(stay.last),
            status: if over { ClassEnrollmentStatus::Completed } else { ClassEnrollmentStatus::Active },
            deleted_at: None,
        },
    }
}

/// Whoever somebody put on one of these rolls here already.
fn made_by_hand(pairs: &HashMap<(Uuid, Uuid), String>, run: &mut Run) -> Result<HashMap<String, Uuid>> {
    use schema::class_enrollments;
    let students: Vec<_> = pairs.keys().map(|(_, student)| *student).collect();
    let here: Vec<(Uuid, Uuid, Uuid)> = class_enrollments::table
        .filter(class_enrollments::organization_id.eq(run.db.organization()))
        .filter(class_enrollments::deleted_at.is_null())
        .filter(class_enrollments::status.eq(ClassEnrollmentStatus::Active))
        .filter(class_enrollments::import_hash.is_null())
        .filter(class_enrollments::student_id.eq_any(students))
        .select((class_enrollments::class_id, class_enrollments::student_id, class_enrollments::id))
        .load(run.db.conn())?;
    let found =
        here.into_iter().filter_map(|(class, student, id)| Some((pairs.get(&(class, student))?.clone(), id)));
    Ok(found.collect())
}
