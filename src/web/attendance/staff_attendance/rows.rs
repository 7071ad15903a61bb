//! The rows of the office's list, as shown and as sent.

use school::{
    Uuid,
    attendance::{
        staff_day::Colleague,
        staff_record::{NewStaffRecord, Said},
    },
    text,
    words::StaffAttendanceStatus,
};

use crate::web::{dates, form::Fields};

/// The longest note.
const LONGEST: usize = 300;

/// One row as the page shows it.
pub(super) struct Row {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) work: String,
    pub(super) is_expected: bool,
    /// The status chosen, as a word; empty: none yet.
    pub(super) chosen: String,
    pub(super) note: String,
    /// What is recorded, as the form carries it.
    pub(super) was: String,
    /// Who said so, where it was not the office.
    pub(super) by_self: Option<String>,
    wrong_note: Option<String>,
    overtaken: Option<String>,
}

impl Row {
    /// Somebody as they are recorded.
    pub(super) fn of(one: &Colleague) -> Self {
        let said = Said::of(one);
        let by_self = one.record.as_ref().filter(|record| record.by_self).map(|record| {
            let at = record.arrived_at.map(|at| format!(" at {}", dates::time(&at)));
            format!("Signed in{}", at.unwrap_or_default())
        });
        Self {
            id: one.id,
            name: one.name(),
            work: one.job_title.clone().unwrap_or_else(|| one.staff_type.label().into()),
            is_expected: one.is_expected(),
            chosen: said.status.map(|status| status.word().into()).unwrap_or_default(),
            note: said.note.clone().unwrap_or_default(),
            was: written(&said),
            by_self,
            wrong_note: None,
            overtaken: None,
        }
    }

    /// Puts what was typed back, with what is wrong with it or what was recorded meanwhile.
    pub(super) fn retype(&mut self, sent: &Sent, is_stale: bool) {
        if is_stale {
            let status =
                StaffAttendanceStatus::named(&self.chosen).map_or("nothing", |status| status.label());
            let note = if self.note.is_empty() { String::new() } else { format!(", {}", self.note) };
            self.overtaken =
                Some(format!("{}: recorded meanwhile as {}{note}.", self.name, status.to_lowercase()));
        } else {
            // Nobody was faster here: what was shown before still tells what was touched.
            self.was.clone_from(&sent.was);
        }
        self.chosen.clone_from(&sent.status);
        self.note.clone_from(&sent.note);
        self.wrong_note = sent.record.as_ref().err().cloned();
    }

    /// What is wrong, by field, for the summary above.
    pub(super) fn wrong(&self) -> Vec<(String, String)> {
        let note = self
            .wrong_note
            .as_ref()
            .map(|why| (format!("note-{}", self.id), format!("{}: {why}", self.name)));
        let overtaken = self.overtaken.clone().map(|why| (format!("row-{}", self.id), why));
        note.into_iter().chain(overtaken).collect()
    }

    pub(super) fn wrong_note(&self) -> Option<&str> {
        self.wrong_note.as_deref()
    }

    pub(super) fn is_overtaken(&self) -> bool {
        self.overtaken.is_some()
    }
}

/// One row as it was sent.
pub(super) struct Sent {
    pub(super) staff: Uuid,
    status: String,
    note: String,
    was: String,
    /// What it says, or what is wrong with its note.
    pub(super) record: Result<NewStaffRecord, String>,
}

/// Every row that was sent; a word that is no status counts as none.
pub(super) fn sent(fields: &Fields) -> Vec<Sent> {
    let rows = fields.0.iter().filter_map(|(name, was)| {
        let staff = Uuid::parse_str(name.strip_prefix("was[")?.strip_suffix(']')?).ok()?;
        let (status, note) = (fields.get(&format!("status[{staff}]")), fields.get(&format!("note[{staff}]")));
        Some(Sent {
            staff,
            status: status.into(),
            note: note.into(),
            was: was.clone(),
            record: record(staff, was, status, note),
        })
    });
    rows.collect()
}

fn record(staff: Uuid, was: &str, status: &str, note: &str) -> Result<NewStaffRecord, String> {
    let note = Some(text::line(note, LONGEST)?).filter(|note| !note.is_empty());
    let status = StaffAttendanceStatus::named(status);
    if status.is_none() && note.is_some() {
        return Err("Choose present, late or absent beside the note.".into());
    }
    Ok(NewStaffRecord { staff, was: read(was), now: Said { status, note } })
}

/// What is recorded, in one field: the status's word, a space, the note.
fn written(said: &Said) -> String {
    let status = said.status.map_or("", StaffAttendanceStatus::word);
    format!("{status} {}", said.note.as_deref().unwrap_or_default()).trim_end().to_owned()
}

fn read(was: &str) -> Said {
    let (status, note) = was.split_once(' ').unwrap_or((was, ""));
    Said {
        status: StaffAttendanceStatus::named(status),
        note: Some(note.to_owned()).filter(|note| !note.is_empty()),
    }
}
