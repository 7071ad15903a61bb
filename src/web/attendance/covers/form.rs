//! What is typed when a class is given to somebody, and where one goes back to.

use chrono::NaiveDate;
use school::{Uuid, academics::class_staff::NewDuty, attendance::cover::NewCover, words::ClassDuty};
use serde::Deserialize;

use crate::web::{dates, form::Errors};

/// The fields; every one is text.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct CoverForm {
    pub(super) staff_id: String,
    pub(super) duty: String,
    pub(super) covers: String,
    pub(super) starts_on: String,
    pub(super) ends_on: String,
    pub(super) back: String,
}

impl CoverForm {
    /// For one day, as a substitute.
    pub(super) fn on(day: NaiveDate, back: &str) -> Self {
        let day = dates::written(Some(day));
        let duty = ClassDuty::Substitute.word().to_owned();
        Self { duty, starts_on: day.clone(), ends_on: day, back: back.to_owned(), ..Self::default() }
    }

    pub(super) fn check(&self, class_id: Uuid) -> Result<NewCover, Errors> {
        let mut errors = Errors::default();
        let duty = ClassDuty::named(&self.duty).filter(|duty| *duty != ClassDuty::Teacher);
        let covers = errors.choice("covers", &self.covers);
        let duty = NewDuty {
            duty: errors.needed_word("duty", duty, ClassDuty::Substitute),
            starts_on: errors.needed_day("starts_on", &self.starts_on),
            ends_on: errors.day("ends_on", &self.ends_on),
            staff_id: errors.needed_choice("staff_id", &self.staff_id),
            class_id,
        };
        errors.or(NewCover { duty, covers })
    }
}

/// Where somebody came from.
pub(super) enum Back {
    /// The office's board.
    Board,
    /// An absent teacher's page.
    Absence(Uuid),
    /// The class itself.
    Class,
}

impl Back {
    /// `board`, or a member of staff; anything else is the class.
    pub(super) fn read(word: &str) -> Self {
        if word == "board" {
            return Self::Board;
        }
        Uuid::parse_str(word).map_or(Self::Class, Self::Absence)
    }

    /// The page of a day to go back to.
    pub(super) fn path(&self, class: Uuid, day: &str) -> String {
        let day = dates::read_day(day).map(|day| format!("?day={day}")).unwrap_or_default();
        match self {
            Self::Board => "/board".to_owned(),
            Self::Absence(person) => format!("/staff/{person}/cover{day}"),
            Self::Class => format!("/classes/{class}"),
        }
    }
}
