//! A code as typed.

use school::{
    attendance::{
        code::Code,
        code_change::{Meaning, Wording},
    },
    words::{CodeExcuse, CodePlace, CodePresence, CodeTiming},
};
use serde::Deserialize;

use crate::web::{form::Errors, stale, stale::Labelled};

/// The fields; every one is text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct CodeForm {
    pub(super) seen: String,
    pub(super) name: String,
    pub(super) key: String,
    pub(super) position: String,
    pub(super) set_by_teacher: String,
    pub(super) set_by_office: String,
    pub(super) has_color: String,
    pub(super) color: String,
    pub(super) presence: String,
    pub(super) timing: String,
    pub(super) excuse: String,
    pub(super) place: String,
}

impl CodeForm {
    /// The form for a new one, at the end of the row.
    pub(super) fn blank() -> Self {
        Self {
            position: "9".into(),
            set_by_office: "yes".into(),
            color: "#2f6f5e".into(),
            timing: CodeTiming::OnTime.word().into(),
            excuse: CodeExcuse::None.word().into(),
            place: CodePlace::OnSite.word().into(),
            ..Self::default()
        }
    }

    /// The form for one that is known.
    pub(super) fn of(code: &Code) -> Self {
        let yes = |is: bool| if is { "yes".to_owned() } else { String::new() };
        Self {
            seen: stale::written(code.updated_at),
            name: code.name.clone(),
            key: code.key.clone(),
            position: code.position.to_string(),
            set_by_teacher: yes(code.set_by_teacher),
            set_by_office: yes(code.set_by_office),
            has_color: yes(code.color.is_some()),
            color: code.color.clone().unwrap_or_else(|| "#2f6f5e".into()),
            presence: code.presence.word().into(),
            timing: code.timing.word().into(),
            excuse: code.excuse.word().into(),
            place: code.place.word().into(),
        }
    }

    /// What may change of it, or what is wrong with it.
    pub(super) fn check(&self) -> Result<Wording, Errors> {
        let mut errors = Errors::default();
        let e = &mut errors;
        let key = self.key.trim().to_lowercase();
        let is_letter = key.len() == 1 && key.bytes().all(|letter| letter.is_ascii_lowercase());
        let color = self.color.trim().to_lowercase();
        let is_color = color.len() == 7
            && color.starts_with('#')
            && color.bytes().skip(1).all(|digit| digit.is_ascii_hexdigit());
        let wording = Wording {
            name: e.needed("name", &self.name, 60),
            key: e.required("key", is_letter.then_some(key), "One letter from a to z.").unwrap_or_default(),
            position: e.needed_count("position", &self.position, 1..=99),
            set_by_teacher: self.set_by_teacher == "yes",
            set_by_office: self.set_by_office == "yes",
            color: (self.has_color == "yes").then_some(color),
        };
        if wording.color.is_some() && !is_color {
            e.add("color", "Write a colour such as #2f6f5e.");
        }
        errors.or(wording)
    }

    /// What a new one means, or what is wrong with it.
    pub(super) fn meaning(&self) -> Result<Meaning, Errors> {
        let mut errors = Errors::default();
        let e = &mut errors;
        let meaning = Meaning {
            presence: e.needed_word("presence", CodePresence::named(&self.presence), CodePresence::Present),
            timing: e.needed_word("timing", CodeTiming::named(&self.timing), CodeTiming::OnTime),
            excuse: e.needed_word("excuse", CodeExcuse::named(&self.excuse), CodeExcuse::None),
            place: e.needed_word("place", CodePlace::named(&self.place), CodePlace::OnSite),
        };
        if meaning.presence == CodePresence::Absent && meaning.timing != CodeTiming::OnTime {
            e.add("timing", "Who is absent is neither late nor gone early.");
        }
        if meaning.presence == CodePresence::Absent && meaning.excuse == CodeExcuse::None {
            e.add("excuse", "Say whether the absence is excused, unexcused or awaits word.");
        }
        errors.or(meaning)
    }

    /// The fields as people read them, to compare two versions.
    pub(super) fn labelled(&self) -> Labelled {
        let yes = |typed: &str| if typed == "yes" { "Yes".to_owned() } else { "No".to_owned() };
        vec![
            ("Name", self.name.clone()),
            ("Letter", self.key.clone()),
            ("Order", self.position.clone()),
            ("Teachers set it", yes(&self.set_by_teacher)),
            ("The office sets it", yes(&self.set_by_office)),
            ("Colour", if self.has_color == "yes" { self.color.clone() } else { String::new() }),
        ]
    }
}
