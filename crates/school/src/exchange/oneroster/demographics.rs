//! demographics.csv: a birthday and a sex under the user's own `sourcedId`. Race and place of birth
//! are not read: Belfry has no use for them.

use chrono::NaiveDate;

use super::{cells::Cells, rejected::Problem, table::Row};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demographics {
    pub born_on: Option<NaiveDate>,
    pub sex: Option<Sex>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    Female,
    Male,
    Other,
    Unspecified,
}

const SEXES: [(&str, Sex); 6] = [
    ("female", Sex::Female),
    ("male", Sex::Male),
    ("other", Sex::Other),
    ("unspecified", Sex::Unspecified),
    ("F", Sex::Female),
    ("M", Sex::Male),
];

impl Demographics {
    pub(super) fn read(row: &Row) -> Result<Self, Vec<Problem>> {
        let mut cells = Cells::of(row);
        let demographics = Self { born_on: cells.day("birthDate"), sex: cells.word("sex", &SEXES) };
        cells.done(demographics)
    }
}
