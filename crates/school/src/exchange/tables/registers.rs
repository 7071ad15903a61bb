//! Marks of a table in the registers in which they belong: each is new, or says nothing new, or changes what an earlier
//! table said. What somebody marked here is kept and told.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use serde_json::Value;
use uuid::Uuid;

use super::{
    super::roster::{
        Conflict, Tally,
        external_id::{Known, known_registers},
        run::Run,
    },
    cells::Rows,
    ground::Classes,
    marks::Mark,
    rolls::Rolls,
    school_days::SchoolDays,
    standing::{Marks, Standing},
    writing::{self, Said},
};
use crate::{attendance::code::Code, error::Result};

/// A table speaks of whole days.
pub(super) const SLOT: &str = "day";

/// What the marks of a table are read and told with.
pub(super) struct Words<'w> {
    pub(super) rows: &'w Rows<'w>,
    pub(super) codes: &'w [Code],
    pub(super) classes: &'w Classes,
}

/// What is known of the students and days of a table.
struct Situation<'s> {
    words: &'s Words<'s>,
    rolls: Rolls<'s>,
    days: SchoolDays,
    marks: Marks,
    /// What earlier tables said, by register.
    last: HashMap<Uuid, Known>,
}

/// What is to become of one mark.
enum Fate {
    New { class: Uuid },
    Change { session: Uuid },
    Unchanged { session: Uuid },
    Kept { mark: Uuid, session: Option<Uuid>, reason: String },
    Rejected { field: &'static str, reason: String },
}

/// Brings marks in; there are few, or a year of a school.
pub(super) fn bring(marks: Vec<Mark>, words: &Words, run: &mut Run) -> Result<()> {
    let span = marks.iter().map(|mark| mark.day).min().zip(marks.iter().map(|mark| mark.day).max());
    let Some(span) = span else {
        return Ok(());
    };
    let students: BTreeSet<Uuid> = marks.iter().map(|mark| mark.student).collect();
    let students: Vec<_> = students.into_iter().collect();
    run.step("registers")?;
    let situation = Situation {
        words,
        rolls: Rolls::of(&students, words.classes, run)?,
        days: SchoolDays::between(span, run)?,
        marks: Marks::between(&students, span, run)?,
        last: known_registers(span, run)?,
    };
    let said = situation.judge(marks, run);
    writing::write(&said, words, (span, situation.last), run)
}

impl Situation<'_> {
    /// What is to be written, with everything else told in the report.
    fn judge(&self, marks: Vec<Mark>, run: &mut Run) -> Vec<Said> {
        let mut tally = Tally::default();
        let mut said = Vec::with_capacity(marks.len());
        for mark in marks {
            match self.fate(&mark) {
                Fate::New { class } => {
                    tally.created += 1;
                    said.push(Said { class: Some(class), session: None, is_written: true, mark });
                }
                Fate::Change { session } => {
                    tally.changed += 1;
                    said.push(Said { class: None, session: Some(session), is_written: true, mark });
                }
                Fate::Unchanged { session } => {
                    tally.unchanged += 1;
                    said.push(Said { class: None, session: Some(session), is_written: false, mark });
                }
                Fate::Kept { mark: kept, session, reason } => {
                    tally.unchanged += 1;
                    run.report.conflicts.push(self.conflict(&mark, kept, reason));
                    said.extend(session.map(|_| Said { class: None, session, is_written: false, mark }));
                }
                Fate::Rejected { field, reason } => self.reject(&mark, (field, reason), run),
            }
        }
        run.report.tallies.push(("attendance_records", tally));
        said
    }

    fn reject(&self, mark: &Mark, (field, reason): (&'static str, String), run: &mut Run) {
        let (number, day) = (self.words.rows.value(mark.line, "student"), mark.day.to_string());
        let value = if field == "day" { &*day } else { number };
        run.report.rejected.push(self.words.rows.rejected(mark.line, (field, value), reason));
    }

    fn fate(&self, mark: &Mark) -> Fate {
        let Some(class) = self.rolls.on(mark.student, mark.day, mark.class) else {
            let whose = if mark.class.is_some() { "this class’s" } else { "no class’s" };
            let is = if mark.class.is_some() { "is not on" } else { "is on" };
            let reason = format!("The student {is} {whose} roll on this day.");
            return Fate::Rejected { field: "student", reason };
        };
        if let Some(reason) = self.days.why_not(class, mark.day) {
            return Fate::Rejected { field: "day", reason };
        }
        let mut here = self.marks.of(mark.student, mark.day, mark.class).peekable();
        let Some(first) = here.peek().map(|standing| standing.id) else {
            return Fate::New { class: class.id };
        };
        match here.find(|standing| standing.is_of_day) {
            Some(standing) => self.meet(mark, standing),
            None => Fate::Kept {
                mark: first,
                session: None,
                reason: "Registers of parts of this day hold the student’s marks already; they are kept."
                    .into(),
            },
        }
    }

    /// A mark that is here already.
    fn meet(&self, mark: &Mark, here: &Standing) -> Fate {
        let session = here.session;
        let stands = here.office_code.or(here.teacher_code);
        let (code, stands) = (self.words.codes.get(mark.code), self.code(stands));
        let now = remembered(code, mark.minutes, mark.remark.as_deref());
        let have = remembered(stands, here.minutes, here.remark.as_deref());
        if now == have {
            return Fate::Unchanged { session };
        }
        let last = self.last.get(&session).and_then(|said| said.imported.get(&mark.student.to_string()));
        if last.is_some_and(|last| *last == have) {
            return Fate::Change { session };
        }
        let by = if here.office_code.is_some() { "The office marked" } else { "Here it was marked" };
        let name = stands.map_or("", |code| code.name.as_str());
        Fate::Kept {
            mark: here.id,
            session: Some(session),
            reason: format!("{by} “{name}” and that is kept."),
        }
    }

    fn code(&self, id: Option<Uuid>) -> Option<&Code> {
        self.words.codes.iter().find(|code| Some(code.id) == id)
    }

    fn conflict(&self, mark: &Mark, subject: Uuid, reason: String) -> Conflict {
        let (file, line) = self.words.rows.origin(mark.line);
        let value = self.words.rows.value(mark.line, "status").to_owned();
        Conflict { file, line, subject, field: "status".into(), value, reason }
    }
}

/// What is remembered of a mark: its code, and minutes and remark where there are any.
pub(super) fn remembered(code: Option<&Code>, minutes: Option<i16>, remark: Option<&str>) -> Value {
    let code = code.map(|code| code.code.as_str());
    match (minutes, remark) {
        (None, None) => serde_json::json!(code),
        _ => serde_json::json!([code, minutes, remark]),
    }
}

/// What a register is remembered by.
pub(super) fn register_key(class: Uuid, day: NaiveDate) -> String {
    format!("{day} {class} {SLOT}")
}
