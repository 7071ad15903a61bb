//! A register's row as the page shows it.

use chrono::NaiveDate;
use school::{
    Uuid,
    attendance::{
        code::PRESENT,
        earlier::Earlier,
        history::Change,
        mark::{By, NewMark},
        recent::Recent,
        roll::Row,
    },
    text::initials,
    words::AttendanceStatus,
};

use super::{
    around::{Around, tone},
    heading::when,
    read::Wrong,
};
use crate::web::{dates, signs};

/// One of the last days, in small.
pub(super) struct Day {
    pub(super) tone: &'static str,
    pub(super) letter: String,
}

/// Somebody was faster: their mark and the one that was sent.
pub(super) struct Clash {
    /// Who, and the campus's clock then.
    pub(super) by: String,
    pub(super) theirs: String,
    pub(super) yours: String,
}

/// The office's mark, which stands.
pub(super) struct Office {
    pub(super) tone: &'static str,
    pub(super) word: String,
    pub(super) note: String,
}

/// A row, ready to be shown.
pub(super) struct RowView {
    pub(super) id: Uuid,
    pub(super) initials: String,
    pub(super) name: String,
    pub(super) second: Option<String>,
    pub(super) language: Option<String>,
    pub(super) days: Vec<Day>,
    pub(super) days_text: String,
    pub(super) alert: Option<String>,
    pub(super) planned: Option<String>,
    pub(super) earlier: Option<String>,
    pub(super) office: Option<Office>,
    pub(super) is_here: bool,
    pub(super) is_locked: bool,
    /// The register is in and says nothing of them yet.
    pub(super) is_unmarked: bool,
    pub(super) chosen: String,
    pub(super) minutes: String,
    pub(super) left: String,
    pub(super) remark: String,
    pub(super) version: i32,
    pub(super) clash: Option<Clash>,
    pub(super) wrong: Wrong,
}

impl Office {
    /// The office's mark on a row, or what it knew beforehand.
    fn of(row: &Row, around: &Around) -> Option<Self> {
        let code = around.code(row.office_code())?;
        let told = row.record.as_ref().and_then(|record| record.office_note.clone());
        let planned = || row.planned.as_ref().map(|planned| planned.reason.clone());
        let note = told.or_else(planned).unwrap_or_default();
        Some(Self { tone: tone(code), word: code.name.clone(), note })
    }
}

impl RowView {
    pub(super) fn of(row: &Row, recent: &Recent, around: &Around) -> Self {
        let pupil = &row.pupil;
        let record = row.record.as_ref();
        let office = Office::of(row, around);
        let called = pupil.preferred_name.as_ref().unwrap_or(&pupil.first_name);
        let (shown, note) = match around.by {
            By::Office => (row.standing_code(), record.and_then(|record| record.office_note.clone())),
            By::Teacher => (
                record.and_then(|record| record.teacher_code_id),
                record.and_then(|record| record.remarks.clone()),
            ),
        };
        let minutes = record.and_then(|record| record.minutes_late);
        let (days, days_text) = days(recent.of(pupil.id, row.since));
        let is_unmarked = around.is_in && record.is_none();
        let start = if is_unmarked { "" } else { PRESENT };
        let chosen =
            around.code(shown).filter(|_| !is_unmarked).map_or(start, |code| code.code.as_str()).to_owned();
        Self {
            id: pupil.id,
            initials: initials(called, &pupil.last_name),
            name: format!("{called} {}", pupil.last_name),
            second: pupil.other_script_name.clone(),
            language: pupil.name_language.clone(),
            days,
            days_text,
            alert: pupil.alert.clone(),
            planned: row.planned.as_ref().filter(|_| office.is_none()).map(planned_words),
            earlier: None,
            is_here: record.is_some_and(|record| record.is_here),
            is_locked: around.by == By::Teacher && office.is_some(),
            office,
            is_unmarked,
            chosen,
            minutes: minutes.map(|minutes| minutes.to_string()).unwrap_or_default(),
            left: record.and_then(|record| record.left_at).map(|at| dates::time(&at)).unwrap_or_default(),
            remark: note.unwrap_or_default(),
            version: row.version(),
            clash: None,
            wrong: Wrong::new(),
        }
    }

    /// With what the register before said as a suggestion, where nobody has marked this one yet.
    pub(super) fn suggest(&mut self, row: &Row, earlier: &Earlier, around: &Around) {
        if row.record.is_some() || self.office.is_some() || !around.may_change {
            return;
        }
        let Some(was) = around.code(earlier.of(row.pupil.id)) else { return };
        let same = around.choices.iter().find(|choice| choice.code == was.code);
        let away = same.or_else(|| around.choices.iter().find(|choice| choice.tone == "absent"));
        if let Some(away) = away.filter(|_| !self.is_unmarked) {
            self.chosen.clone_from(&away.code);
        }
        self.earlier = Some(format!("{} {}", was.name, when(&earlier.slot)));
    }

    /// With somebody else's mark standing and this one waiting for a decision. The form keeps what was sent.
    pub(super) fn dispute(&mut self, row: &Row, sent: &NewMark, change: Option<&Change>, around: &Around) {
        let record = row.record.as_ref();
        let theirs =
            around.words(around.code(row.standing_code()), record.and_then(|record| record.minutes_late));
        let code = around.named(&sent.code);
        let yours = if sent.here { "Is here".to_owned() } else { around.words(code, sent.minutes) };
        let by =
            change.map_or_else(|| "Somebody else".to_owned(), |last| format!("{}, {}", last.by, last.at));
        self.clash = Some(Clash { by, theirs, yours });
        self.retype(sent, Wrong::new());
    }

    /// With what was typed, and what is wrong with it.
    pub(super) fn retype(&mut self, sent: &NewMark, wrong: Wrong) {
        self.wrong = wrong;
        if !sent.code.is_empty() {
            self.chosen.clone_from(&sent.code);
        }
        self.is_here = sent.here;
        self.minutes = sent.minutes.map(|minutes| minutes.to_string()).unwrap_or_default();
        self.left = sent.left.map(|at| dates::time(&at)).unwrap_or_default();
        self.remark = sent.remark.clone().unwrap_or_default();
    }
}

fn planned_words(planned: &school::attendance::roll::Planned) -> String {
    match (planned.starts_at, planned.ends_at) {
        (Some(from), _) => format!("Leaves {}, {}", dates::time(&from), planned.reason),
        (None, Some(until)) => format!("Comes {}, {}", dates::time(&until), planned.reason),
        (None, None) => planned.reason.clone(),
    }
}

fn days<'a>(
    recent: impl Iterator<Item = (NaiveDate, Option<(AttendanceStatus, Option<&'a str>)>)>,
) -> (Vec<Day>, String) {
    let (mut days, mut exceptions) = (Vec::new(), Vec::new());
    for (day, mark) in recent {
        let (status, letter) = mark.unwrap_or((AttendanceStatus::Present, None));
        let tone = match status {
            AttendanceStatus::Present => "",
            AttendanceStatus::Late => "late",
            AttendanceStatus::Absent => "absent",
            AttendanceStatus::Excused => "excused",
            AttendanceStatus::LeftEarly => "away",
        };
        days.push(Day { tone, letter: signs::letter(status, letter) });
        if status != AttendanceStatus::Present {
            exceptions.push(format!("{} {}", day.format("%a %-d"), status.label().to_lowercase()));
        }
    }
    let text = match (days.len(), exceptions.is_empty()) {
        (0, _) => "No days yet".to_owned(),
        (count, true) => format!("Last {count} days: all present"),
        (count, false) => format!("Last {count} days: {}, else present", exceptions.join(", ")),
    };
    (days, text)
}
