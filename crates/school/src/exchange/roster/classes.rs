//! Classes, and the subject that each one is taught.

use std::collections::HashMap;

use diesel::prelude::*;
use uuid::Uuid;

use super::{
    super::oneroster::{self, Bundle, Entry, Kind},
    class_staff::Teachers,
    external_id::joined,
    record::Moment,
    records::{Class, ClassSubject},
    run::Run,
    stays::Places,
    sync::{Ids, Wanted, sync as sync_records},
    years::Stretch,
};
use crate::{
    error::Result,
    words::{ClassKind, ClassStatus, ClassSubjectStatus},
};

pub(super) fn sync(bundle: &Bundle, places: &Places, teachers: &Teachers, run: &mut Run) -> Result<Ids> {
    let at = run.at;
    let wanted = bundle.classes.iter().filter_map(|class| {
        Some(Wanted {
            keys: vec![class.sourced_id.clone()],
            origin: (Kind::Classes.file().into(), class.line),
            record: class_of(class, places, teachers, at)?,
        })
    });
    let wanted = wanted.collect();
    sync_records(wanted, &HashMap::new(), |key, _| bundle.has_left(Kind::Classes, key), run)
}

fn class_of(
    class: &Entry<oneroster::Class>,
    places: &Places,
    teachers: &Teachers,
    at: Moment,
) -> Option<Class> {
    let row = &class.row;
    let held = places.years.of(row)?;
    let homeroom = row.kind == oneroster::ClassKind::Homeroom;
    Some(Class {
        campus_id: places.campuses.get(&row.school)?,
        academic_year_id: held.year_id,
        grade_id: row.grades.first().and_then(|grade| places.grades.get(&grade.code)).copied(),
        homeroom_teacher_id: teachers.get(class.sourced_id.as_str()).copied().filter(|_| homeroom),
        name: row.title.clone(),
        section: row.code.clone(),
        room: row.location.clone(),
        kind: if homeroom { ClassKind::Homeroom } else { ClassKind::Scheduled },
        status: status(held, at),
        deleted_at: None,
    })
}

/// One that is still to come is active as well: the days of its year and of its roll say when it begins.
fn status(held: Stretch, at: Moment) -> ClassStatus {
    if held.last < at.today { ClassStatus::Closed } else { ClassStatus::Active }
}

pub(super) fn sync_subjects(
    bundle: &Bundle,
    (classes, subjects): (&Ids, &Ids),
    teachers: &Teachers,
    run: &mut Run,
) -> Result<()> {
    let mut wanted = Vec::new();
    let mut pairs = HashMap::new();
    for class in &bundle.classes {
        let Some(course) = &class.row.course else {
            continue;
        };
        let found = classes.get(&class.sourced_id).zip(subjects.get(course));
        let Some((class_id, subject_id)) = found else {
            continue;
        };
        let key = joined(&[&class.sourced_id, course]);
        pairs.insert((class_id, subject_id), key.clone());
        let record = ClassSubject {
            class_id,
            subject_id,
            teacher_id: teachers.get(class.sourced_id.as_str()).copied(),
            status: ClassSubjectStatus::Active,
            deleted_at: None,
        };
        wanted.push(Wanted { keys: vec![key], origin: (Kind::Classes.file().into(), class.line), record });
    }
    let adopted = made_by_hand(&pairs, run)?;
    let leaves = |_: &str, taught: &ClassSubject| {
        let class = classes.name(taught.class_id);
        class.is_some_and(|class| bundle.has_left(Kind::Classes, class))
    };
    sync_records(wanted, &adopted, leaves, run)?;
    Ok(())
}

/// Subjects that somebody gave one of these classes here.
fn made_by_hand(pairs: &HashMap<(Uuid, Uuid), String>, run: &mut Run) -> Result<HashMap<String, Uuid>> {
    use schema::class_subjects;
    let classes: Vec<_> = pairs.keys().map(|(class, _)| *class).collect();
    let here: Vec<(Uuid, Uuid, Uuid)> = class_subjects::table
        .filter(class_subjects::organization_id.eq(run.db.organization()))
        .filter(class_subjects::deleted_at.is_null())
        .filter(class_subjects::class_id.eq_any(classes))
        .select((class_subjects::class_id, class_subjects::subject_id, class_subjects::id))
        .load(run.db.conn())?;
    let found =
        here.into_iter().filter_map(|(class, subject, id)| Some((pairs.get(&(class, subject))?.clone(), id)));
    Ok(found.collect())
}
