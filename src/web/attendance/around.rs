//! What every row of a register has around it: the codes on offer, and whose word it is.

use school::{
    Uuid,
    attendance::{code::Code, mark::By, register::Head, roll::Row},
    words::{CodeExcuse, CodePlace, CodePresence, CodeTiming},
};

/// A code as a row offers it: its letter underlined where it stands in the word.
pub(super) struct Choice {
    pub(super) code: String,
    pub(super) key: String,
    pub(super) tone: &'static str,
    pub(super) asks: Option<&'static str>,
    pub(super) is_rare: bool,
    pub(super) name: String,
    pub(super) word: (String, String, String),
    pub(super) color: Option<String>,
}

/// Everything around the rows that they all need.
pub(super) struct Around {
    pub(super) path: String,
    pub(super) choices: Vec<Choice>,
    pub(super) by: By,
    pub(super) may_change: bool,
    /// Whether the register is in: then nothing is shown of whom it says nothing.
    pub(super) is_in: bool,
    codes: Vec<Code>,
}

impl Around {
    /// The codes that may be set, and retired ones where they stand on one of the rows.
    pub(super) fn of(head: &Head, (codes, rows): (&[Code], &[Row]), by: By, may_change: bool) -> Self {
        let stands = |code: &Code| rows.iter().any(|row| has(row, code.id));
        let theirs = |code: &&Code| {
            let may = if by == By::Office { code.set_by_office } else { code.set_by_teacher };
            may && (code.is_in_use() || stands(code))
        };
        let choices = codes
            .iter()
            .filter(theirs)
            .enumerate()
            .map(|(place, code)| Choice::of(code, place >= 3))
            .collect();
        let path = format!("/registers/{}/{}/{}", head.key.class, head.key.day, head.key.slot);
        Self { path, choices, by, may_change, is_in: head.is_in(), codes: codes.to_vec() }
    }

    /// The code with this short name.
    pub(super) fn named(&self, word: &str) -> Option<&Code> {
        self.codes.iter().find(|code| code.code == word)
    }

    /// The code with this id.
    pub(super) fn code(&self, id: Option<Uuid>) -> Option<&Code> {
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
            color: code.color.clone(),
        }
    }
}

fn has(row: &Row, code: Uuid) -> bool {
    row.record
        .as_ref()
        .is_some_and(|record| [record.teacher_code_id, record.office_code_id].contains(&Some(code)))
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
