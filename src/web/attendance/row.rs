//! A register's row as the page shows it.

use chrono::NaiveDate;
use school::{
    Uuid,
    attendance::{
        code::Code,
        mark::{By, NewMark},
        recent::Recent,
        register::Head,
        roll::Row,
    },
    text::initials,
    words::{AttendanceStatus, CodeExcuse, CodePlace, CodePresence, CodeTiming},
};

use super::read::Wrong;
use crate::web::dates;

/// A code as a row offers it: its letter underlined where it stands in the word.
pub(super) struct Choice {
    pub(super) code: String,
    pub(super) key: String,
    pub(super) tone: &'static str,
    pub(super) asks: Option<&'static str>,
    pub(super) is_rare: bool,
    pub(super) name: String,
    pub(super) word: (String, String, String),
}

/// Everything around the rows that they all need.
pub(super) struct Around {
    pub(super) path: String,
    pub(super) choices: Vec<Choice>,
    pub(super) by: By,
    pub(super) may_change: bool,
    codes: Vec<Code>,
}

/// One of the last days, in small.
pub(super) struct Day {
    pub(super) tone: &'static str,
    pub(super) letter: &'static str,
}

/// Somebody was faster: their mark and the one that was sent.
pub(super) struct Clash {
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
    pub(super) office: Option<Office>,
    pub(super) is_here: bool,
    pub(super) is_locked: bool,
    pub(super) chosen: String,
    pub(super) minutes: String,
    pub(super) left: String,
    pub(super) remark: String,
    pub(super) version: i32,
    pub(super) clash: Option<Clash>,
    pub(super) wrong: Wrong,
}

impl Around {
    pub(super) fn of(head: &Head, codes: &[Code], by: By, may_change: bool) -> Self {
        let theirs = |code: &&Code| {
            if by == By::Office {
                code.set_by_office
            } else {
                code.set_by_teacher
            }
        };
        let choices = codes
            .iter()
            .filter(theirs)
            .enumerate()
            .map(|(place, code)| Choice::of(code, place >= 3))
            .collect();
        let path = format!(
            "/registers/{}/{}/{}",
            head.key.class, head.key.day, head.key.slot
        );
        Self {
            path,
            choices,
            by,
            may_change,
            codes: codes.to_vec(),
        }
    }

    fn code(&self, id: Option<Uuid>) -> Option<&Code> {
        self.codes.iter().find(|code| Some(code.id) == id)
    }

    /// A mark in words, such as *Late, 8 min*.
    pub(super) fn words(&self, code: Option<&Code>, minutes: Option<i16>) -> String {
        let name = code.map_or("Not marked", |code| &code.name);
        match minutes {
            Some(minutes) => format!("{name}, {minutes} min"),
            None => name.to_owned(),
        }
    }
}

impl Choice {
    fn of(code: &Code, is_rare: bool) -> Self {
        let asks = match code.timing {
            CodeTiming::OnTime => None,
            CodeTiming::Late => Some("minutes"),
            CodeTiming::LeftEarly => Some("left"),
        };
        let at = code
            .name
            .to_lowercase()
            .find(&code.key)
            .filter(|at| code.name.is_char_boundary(*at))
            .unwrap_or(0);
        let (before, rest) = code.name.split_at_checked(at).unwrap_or(("", &code.name));
        let mut letters = rest.chars();
        let letter = letters.next().map(String::from).unwrap_or_default();
        Self {
            code: code.code.clone(),
            key: code.key.clone(),
            tone: tone(code),
            asks,
            is_rare,
            name: code.name.clone(),
            word: (before.to_owned(), letter, letters.as_str().to_owned()),
        }
    }
}

/// How loudly a code is shown.
pub(super) fn tone(code: &Code) -> &'static str {
    match (code.presence, code.timing, code.excuse, code.place) {
        (CodePresence::Absent, _, CodeExcuse::Excused, _) => "excused",
        (CodePresence::Absent, ..) => "absent",
        (_, CodeTiming::Late, ..) => "late",
        (_, CodeTiming::LeftEarly, ..) | (.., CodePlace::OffSite | CodePlace::Remote) => "away",
        _ => "here",
    }
}

impl RowView {
    pub(super) fn of(row: &Row, recent: &Recent, around: &Around) -> Self {
        let pupil = &row.pupil;
        let record = row.record.as_ref();
        let office = around.code(row.office_code()).map(|code| Office {
            tone: tone(code),
            word: code.name.clone(),
            note: record
                .and_then(|record| record.office_note.clone())
                .or_else(|| row.planned.as_ref().map(|planned| planned.reason.clone()))
                .unwrap_or_default(),
        });
        let shown = if around.by == By::Office {
            row.standing_code()
        } else {
            record.and_then(|record| record.teacher_code_id)
        };
        let called = pupil.preferred_name.as_ref().unwrap_or(&pupil.first_name);
        let note = if around.by == By::Office {
            record.and_then(|record| record.office_note.clone())
        } else {
            record.and_then(|record| record.remarks.clone())
        };
        let (days, days_text) = days(recent.of(pupil.id, row.since));
        Self {
            id: pupil.id,
            initials: initials(called, &pupil.last_name),
            name: format!("{called} {}", pupil.last_name),
            second: pupil.other_script_name.clone(),
            language: pupil.name_language.clone(),
            days,
            days_text,
            alert: pupil.alert.clone(),
            planned: row
                .planned
                .as_ref()
                .filter(|_| office.is_none())
                .map(planned_words),
            is_here: record.is_some_and(|record| record.is_here),
            is_locked: around.by == By::Teacher && office.is_some(),
            office,
            chosen: around
                .code(shown)
                .map_or_else(|| "present".to_owned(), |code| code.code.clone()),
            minutes: record
                .and_then(|record| record.minutes_late)
                .map(|minutes| minutes.to_string())
                .unwrap_or_default(),
            left: record
                .and_then(|record| record.left_at)
                .map(|at| dates::time(&at))
                .unwrap_or_default(),
            remark: note.unwrap_or_default(),
            version: row.version(),
            clash: None,
            wrong: Wrong::new(),
        }
    }

    /// With somebody else's mark standing and this one waiting for a decision. The form keeps what was sent.
    pub(super) fn dispute(&mut self, row: &Row, sent: &NewMark, around: &Around) {
        let record = row.record.as_ref();
        let theirs = around.words(
            around.code(row.standing_code()),
            record.and_then(|record| record.minutes_late),
        );
        let code = around.codes.iter().find(|code| code.code == sent.code);
        let yours = if sent.here {
            "Is here".to_owned()
        } else {
            around.words(code, sent.minutes)
        };
        self.clash = Some(Clash { theirs, yours });
        self.retype(sent, Wrong::new());
    }

    /// With what was typed, and what is wrong with it.
    pub(super) fn retype(&mut self, sent: &NewMark, wrong: Wrong) {
        self.wrong = wrong;
        if !sent.code.is_empty() {
            self.chosen.clone_from(&sent.code);
        }
        self.is_here = sent.here;
        self.minutes = sent
            .minutes
            .map(|minutes| minutes.to_string())
            .unwrap_or_default();
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

fn days(recent: impl Iterator<Item = (NaiveDate, Option<AttendanceStatus>)>) -> (Vec<Day>, String) {
    let (mut days, mut exceptions) = (Vec::new(), Vec::new());
    for (day, status) in recent {
        let (tone, letter) = match status {
            None | Some(AttendanceStatus::Present) => ("", ""),
            Some(AttendanceStatus::Late) => ("late", "L"),
            Some(AttendanceStatus::Absent) => ("absent", "A"),
            Some(AttendanceStatus::Excused) => ("excused", "E"),
            Some(AttendanceStatus::LeftEarly) => ("away", "·"),
        };
        days.push(Day { tone, letter });
        if let Some(status) = status.filter(|status| *status != AttendanceStatus::Present) {
            exceptions.push(format!(
                "{} {}",
                day.format("%a %-d"),
                status.label().to_lowercase()
            ));
        }
    }
    let text = match (days.len(), exceptions.is_empty()) {
        (0, _) => "No days yet".to_owned(),
        (count, true) => format!("Last {count} days: all present"),
        (count, false) => format!("Last {count} days: {}, else present", exceptions.join(", ")),
    };
    (days, text)
}
