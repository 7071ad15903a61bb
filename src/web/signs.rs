//! The letter of a mark: its code's own, the same on every page; where there is no code, one for what the mark comes to.

use school::{people::attended_days::Mark, words::AttendanceStatus};

/// What a letter means, in the key beneath a picture.
pub(in crate::web) struct Sign {
    pub(in crate::web) status: AttendanceStatus,
    pub(in crate::web) letter: String,
    pub(in crate::web) name: String,
}

/// The letter of a mark; none where somebody was simply present.
pub(in crate::web) fn letter(status: AttendanceStatus, key: Option<&str>) -> String {
    match (status, key) {
        (AttendanceStatus::Present, _) => String::new(),
        (_, Some(key)) => key.to_uppercase(),
        (AttendanceStatus::Late, None) => "L".into(),
        (AttendanceStatus::LeftEarly, None) => "E".into(),
        (AttendanceStatus::Excused, None) => "X".into(),
        (AttendanceStatus::Absent, None) => "A".into(),
    }
}

/// The class that colours a mark in a picture.
pub(in crate::web) fn look(status: &AttendanceStatus) -> &'static str {
    match status {
        AttendanceStatus::Present => "p",
        AttendanceStatus::Late | AttendanceStatus::LeftEarly => "l",
        AttendanceStatus::Excused => "e",
        AttendanceStatus::Absent => "a",
    }
}

/// The same in a line of words.
pub(in crate::web) fn tone(status: &AttendanceStatus) -> &'static str {
    match status {
        AttendanceStatus::Present => "is-ok",
        AttendanceStatus::Late | AttendanceStatus::LeftEarly => "is-late",
        AttendanceStatus::Excused => "is-excused",
        AttendanceStatus::Absent => "is-bad",
    }
}

/// What the letters of some marks mean, each once.
pub(in crate::web) fn key(marks: &[Mark]) -> Vec<Sign> {
    let mut signs: Vec<Sign> = Vec::new();
    for mark in marks {
        let (status, letter) = (mark.status, letter(mark.status, mark.letter.as_deref()));
        if !letter.is_empty() && signs.iter().all(|sign| sign.letter != letter) {
            let name = mark.code.clone().unwrap_or_else(|| status.label().to_owned());
            signs.push(Sign { status, letter, name });
        }
    }
    signs.sort_by(|a, b| a.letter.cmp(&b.letter));
    signs
}
