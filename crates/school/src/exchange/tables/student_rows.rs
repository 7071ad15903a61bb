//! The rows of a table of students.

use chrono::NaiveDate;

use super::{
    super::oneroster::{Grade, Rejected},
    cells::{Cells, Entry},
    gather::Keyed,
};
use crate::words::Gender;

/// Characters of a number, a name and a grade.
pub(super) const NUMBER: usize = 40;
pub(super) const NAME: usize = 100;
pub(super) const GRADE: usize = 20;

const GENDERS: [(&str, Gender); 14] = [
    ("f", Gender::Female),
    ("female", Gender::Female),
    ("girl", Gender::Female),
    ("w", Gender::Female),
    ("m", Gender::Male),
    ("male", Gender::Male),
    ("boy", Gender::Male),
    ("x", Gender::Other),
    ("o", Gender::Other),
    ("other", Gender::Other),
    ("non_binary", Gender::Other),
    ("nonbinary", Gender::Other),
    ("u", Gender::Unspecified),
    ("unspecified", Gender::Unspecified),
];

#[derive(Clone, Debug, PartialEq)]
pub(super) struct StudentRow {
    pub(super) number: String,
    pub(super) first_name: String,
    pub(super) middle_name: Option<String>,
    pub(super) last_name: String,
    pub(super) gender: Gender,
    pub(super) born_on: Option<NaiveDate>,
    pub(super) grade: Option<Grade>,
    pub(super) campus: Option<String>,
    pub(super) class: Option<String>,
    pub(super) enrolled_on: Option<NaiveDate>,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
}

impl Keyed for StudentRow {
    fn key(&self) -> String {
        self.number.clone()
    }

    fn shown(&self) -> (&'static str, &str) {
        ("number", &self.number)
    }

    fn key_in(cells: &Cells) -> Option<String> {
        Some(cells.raw("number").trim().to_owned()).filter(|number| !number.is_empty())
    }
}

impl StudentRow {
    pub(super) fn read(mut cells: Cells) -> Result<Entry<Self>, Vec<Rejected>> {
        let read = Self {
            number: cells.needed("number", NUMBER),
            first_name: cells.needed("first_name", NAME),
            middle_name: cells.text("middle_name", NAME),
            last_name: cells.needed("last_name", NAME),
            gender: cells.word("gender", &GENDERS).unwrap_or(Gender::Unspecified),
            born_on: cells.day("date_of_birth"),
            grade: cells.text("grade", GRADE).map(|written| Grade::of(&written)),
            campus: cells.text("campus", 200),
            class: cells.text("class", 255),
            enrolled_on: cells.day("enrolled_on"),
            email: cells.email("email"),
            phone: cells.text("phone", NUMBER),
        };
        cells.done(read)
    }
}
