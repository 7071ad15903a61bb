//! The subjects that a table of classes names, and which class is taught which.

use std::collections::HashMap;

use diesel::prelude::*;
use uuid::Uuid;

use super::{
    super::roster::{
        codes::Codes,
        external_id::joined,
        records::{ClassSubject, Subject},
        run::Run,
        sync::{self, Ids, Said, Wanted, sync_said},
    },
    classes::Table,
};
use crate::{error::Result, words::ClassSubjectStatus};

/// Characters of a subject's code.
const CODE: usize = 60;

/// Finds each subject by its name or code and adds what is missing, then ties the classes to theirs.
pub(super) fn sync(table: &Table, classes: &Ids, run: &mut Run) -> Result<()> {
    let subjects = meet(table, run)?;
    let mut wanted = Vec::new();
    let mut pairs = HashMap::new();
    for (number, entry) in &table.found.entries {
        let subject = entry.row.subject.as_ref().and_then(|name| subjects.get(&name.to_lowercase())).copied();
        let Some((class_id, subject_id)) = classes.get(number).zip(subject) else { continue };
        let key = joined(&[number, &subject_id.to_string()]);
        pairs.insert((class_id, subject_id), key.clone());
        let teacher = entry.row.teacher.as_ref().and_then(|number| table.staff.get(number)).copied();
        let record = ClassSubject {
            class_id,
            subject_id,
            teacher_id: teacher,
            status: ClassSubjectStatus::Active,
            deleted_at: None,
        };
        wanted.push(Wanted { keys: vec![key], origin: table.rows.origin(entry.line), record });
    }
    let adopted = made_by_hand(&pairs, run)?;
    let speaks = table.rows.has("subject");
    let leaves = |_: &str, taught: &ClassSubject| {
        speaks && classes.name(taught.class_id).is_some_and(|number| table.found.entries.contains_key(number))
    };
    let mut said = vec!["class_id", "subject_id", "status", "deleted_at"];
    said.extend(table.rows.has("teacher").then_some("teacher_id"));
    sync_said(wanted, &adopted, leaves, Said::only(said), run)?;
    Ok(())
}

/// Our subjects by their names and codes in small letters.
fn meet(table: &Table, run: &mut Run) -> Result<HashMap<String, Uuid>> {
    use schema::subjects;
    let here: Vec<(Uuid, String, String)> = subjects::table
        .filter(subjects::organization_id.eq(run.db.organization()))
        .filter(subjects::deleted_at.is_null())
        .select((subjects::id, subjects::name, subjects::code))
        .load(run.db.conn())?;
    let mut codes = Codes::new(here.iter().map(|(_, _, code)| code.clone()), CODE);
    let mut known = HashMap::new();
    for (id, name, code) in here {
        known.insert(code.to_lowercase(), id);
        known.insert(name.to_lowercase(), id);
    }
    let mut wanted: Vec<Wanted<Subject>> = Vec::new();
    for entry in table.found.entries.values() {
        let Some(name) = &entry.row.subject else { continue };
        let key = name.to_lowercase();
        if known.contains_key(&key) || wanted.iter().any(|subject| subject.keys.contains(&key)) {
            continue;
        }
        let record = Subject { name: name.clone(), code: codes.free(name), deleted_at: None };
        wanted.push(Wanted { keys: vec![key], origin: table.rows.origin(entry.line), record });
    }
    let new: Vec<String> = wanted.iter().flat_map(|subject| subject.keys.clone()).collect();
    let ids = sync::sync::<Subject>(wanted, &HashMap::new(), |_, _| false, run)?;
    known.extend(new.into_iter().filter_map(|key| ids.get(&key).map(|id| (key, id))));
    Ok(known)
}

/// Subjects that somebody gave one of these classes here.
fn made_by_hand(pairs: &HashMap<(Uuid, Uuid), String>, run: &mut Run) -> Result<HashMap<String, Uuid>> {
    use schema::class_subjects as taught;
    let classes: Vec<_> = pairs.keys().map(|(class, _)| *class).collect();
    let here: Vec<(Uuid, Uuid, Uuid)> = taught::table
        .filter(taught::organization_id.eq(run.db.organization()))
        .filter(taught::deleted_at.is_null())
        .filter(taught::class_id.eq_any(classes))
        .select((taught::class_id, taught::subject_id, taught::id))
        .load(run.db.conn())?;
    let found = here.into_iter();
    Ok(found.filter_map(|(class, subject, id)| Some((pairs.get(&(class, subject))?.clone(), id))).collect())
}
