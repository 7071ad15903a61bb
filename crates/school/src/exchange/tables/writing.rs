//! Writes the marks of a table: the registers first, then the marks in them, then what the days are worth.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;
use schema::attendance_sessions as sessions;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    super::identity::import_hash,
    super::roster::{
        Tally,
        external_id::{Known, REGISTERS as ENTITY, Remembered, remember},
        merge::Fields,
        run::Run,
    },
    marks::Mark,
    registers::{SLOT, Words, register_key, remembered},
};
use crate::{
    attendance::{code::Code, worth},
    clock::new_id,
    error::{Error, Result},
    sql::bring_marks,
};

/// Marks in one statement, and registers.
const MARKS: usize = 5_000;
const REGISTERS: usize = 2_000;
/// Characters of a register's note.
const NOTE: usize = 500;

/// A mark of the table with the register it goes into, or stands in already.
pub(super) struct Said {
    pub(super) class: Option<Uuid>,
    pub(super) session: Option<Uuid>,
    /// Whether it is written; else it stands so already, or is kept as it is here.
    pub(super) is_written: bool,
    pub(super) mark: Mark,
}

type Span = (NaiveDate, NaiveDate);

/// Writes them all.
pub(super) fn write(
    said: &[Said],
    words: &Words,
    (span, last): (Span, HashMap<Uuid, Known>),
    run: &mut Run,
) -> Result<()> {
    let registers = Registers::open(said, span, words, run)?;
    run.step("marks")?;
    // Register by register, since what is kept of their history is one entry for each register and statement.
    let written = said.iter().filter(|said| said.is_written);
    let mut written: Vec<_> = written.filter_map(|said| Some((registers.of(said)?, said))).collect();
    written.sort_by_key(|(session, _)| *session);
    for some in written.chunks(MARKS) {
        let marks = some.iter().filter_map(|(session, said)| mark(said, *session, words, run));
        let marks = Value::Array(marks.collect());
        diesel::select(bring_marks(run.db.organization(), marks)).get_result::<i32>(run.db.conn())?;
    }
    registers.remember(said, words, &last, run)?;
    run.step("days")?;
    let changed = said.iter().filter(|said| said.is_written);
    let students: BTreeSet<Uuid> = changed.clone().map(|said| said.mark.student).collect();
    let days = changed.clone().map(|said| said.mark.day).min().zip(changed.map(|said| said.mark.day).max());
    match days {
        Some(days) => worth::count_span(&students.into_iter().collect::<Vec<_>>(), days, run.db),
        None => Ok(()),
    }
}

/// A mark as `bring_marks` takes it. What teachers may not set is the office's word.
fn mark(said: &Said, session: Uuid, words: &Words, run: &Run) -> Option<Value> {
    let Mark { student, day, code, minutes, remark, .. } = &said.mark;
    let code: &Code = words.codes.get(*code)?;
    let (teacher, office) = if code.set_by_teacher { (Some(code.id), None) } else { (None, Some(code.id)) };
    let office_at = office.map(|_| run.at.now);
    Some(json!({
        "id": new_id(), "session": session, "day": day, "student": student, "teacher_code": teacher,
        "office_code": office, "status": code.status(), "minutes": minutes, "remark": remark, "office_at": office_at,
    }))
}

/// The registers of a table: those that were here and those that it opened.
struct Registers {
    by_place: HashMap<(Uuid, NaiveDate), Uuid>,
    places: HashMap<Uuid, (Uuid, NaiveDate)>,
}

impl Registers {
    /// Opens those that are missing, submitted.
    fn open(said: &[Said], (first, last): Span, words: &Words, run: &mut Run) -> Result<Self> {
        let wanted: BTreeSet<(NaiveDate, Uuid)> =
            said.iter().filter_map(|said| Some((said.mark.day, said.class?))).collect();
        let classes: BTreeSet<Uuid> = wanted.iter().map(|(_, class)| *class).collect();
        let here: Vec<(Uuid, NaiveDate, Uuid)> = sessions::table
            .filter(sessions::organization_id.eq(run.db.organization()))
            .filter(sessions::class_id.eq_any(classes))
            .filter(sessions::session_date.between(first, last))
            .filter(sessions::slot.eq(SLOT))
            .filter(sessions::class_subject_id.is_null())
            .filter(sessions::deleted_at.is_null())
            .select((sessions::class_id, sessions::session_date, sessions::id))
            .load(run.db.conn())?;
        let mut registers = Self { by_place: HashMap::new(), places: HashMap::new() };
        for (class, day, id) in here {
            registers.note(id, (class, day));
        }
        let missing =
            wanted.into_iter().filter(|(day, class)| !registers.by_place.contains_key(&(*class, *day)));
        let missing: Vec<_> = missing.map(|(day, class)| (new_id(), class, day)).collect();
        take(&missing, words, run)?;
        for (id, class, day) in &missing {
            registers.note(*id, (*class, *day));
        }
        let tally = Tally { created: missing.len(), ..Tally::default() };
        run.report.tallies.push(("attendance_sessions", tally));
        Ok(registers)
    }

    fn note(&mut self, id: Uuid, place: (Uuid, NaiveDate)) {
        self.by_place.insert(place, id);
        self.places.insert(id, place);
    }

    fn of(&self, said: &Said) -> Option<Uuid> {
        said.session.or_else(|| self.by_place.get(&(said.class?, said.mark.day)).copied())
    }

    /// Remembers of each register what the table said, so that the next one can tell what was changed here.
    fn remember(
        &self,
        said: &[Said],
        words: &Words,
        last: &HashMap<Uuid, Known>,
        run: &mut Run,
    ) -> Result<()> {
        let mut by_register: BTreeMap<Uuid, Fields> = BTreeMap::new();
        for one in said {
            let Some(session) = self.of(one) else { continue };
            let Mark { student, code, minutes, remark, .. } = &one.mark;
            let value = remembered(words.codes.get(*code), *minutes, remark.as_deref());
            by_register.entry(session).or_default().insert(student.to_string(), value);
        }
        let remembered = by_register.into_iter().filter_map(|(session, now)| {
            let (class, day) = self.places.get(&session)?;
            let known = last.get(&session);
            let mut fields = known.map(|known| known.imported.clone()).unwrap_or_default();
            fields.extend(now);
            Remembered::new(&register_key(*class, *day), session, (&fields, false), known)
        });
        remember(ENTITY, &remembered.collect::<Vec<_>>(), run)
    }
}

/// What says of a register that it was imported: when it was taken is not known.
fn imported(id: Uuid, run: &Run) -> Vec<u8> {
    import_hash("attendance_sessions", &run.source, &id.to_string()).bytes().to_vec()
}

/// Registers that another system took.
fn take(missing: &[(Uuid, Uuid, NaiveDate)], words: &Words, run: &mut Run) -> Result<()> {
    let organization = run.db.organization();
    let note: String = format!("Imported from {}", words.rows.file()).chars().take(NOTE).collect();
    for some in missing.chunks(REGISTERS) {
        let rows: Option<Vec<_>> = some
            .iter()
            .map(|(id, class, day)| {
                Some((
                    (sessions::organization_id.eq(organization), sessions::id.eq(*id)),
                    sessions::campus_id.eq(words.classes.by_id.get(class)?.campus),
                    (sessions::class_id.eq(*class), sessions::session_date.eq(*day)),
                    (sessions::notes.eq(&note), sessions::import_hash.eq(imported(*id, run))),
                    (sessions::submitted_at.eq(run.at.now), sessions::submitted_by_id.eq(run.db.user())),
                ))
            })
            .collect();
        let rows = rows.ok_or_else(|| Error::internal("a class without a place"))?;
        diesel::insert_into(sessions::table).values(rows).execute(run.db.conn())?;
    }
    Ok(())
}
