//! academicSessions.csv: school years and their terms.

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::{
    cells::{Cells, ID, SHORT},
    rejected::Problem,
    table::Row,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcademicSession {
    pub title: String,
    pub kind: SessionKind,
    pub starts_on: NaiveDate,
    /// The last day, itself part of the session.
    pub ends_on: NaiveDate,
    pub parent: Option<String>,
    /// The calendar year in which the school year ends.
    pub school_year: i32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SessionKind {
    #[default]
    SchoolYear,
    Semester,
    Term,
    GradingPeriod,
}

/// Nothing at a school is planned for longer.
const LONGEST: TimeDelta = TimeDelta::days(731);

const KINDS: [(&str, SessionKind); 4] = [
    ("schoolYear", SessionKind::SchoolYear),
    ("semester", SessionKind::Semester),
    ("term", SessionKind::Term),
    ("gradingPeriod", SessionKind::GradingPeriod),
];

impl AcademicSession {
    pub(super) fn read(row: &Row) -> Result<Self, Vec<Problem>> {
        let mut cells = Cells::of(row);
        for column in ["startDate", "endDate"] {
            cells.required(column, SHORT);
        }
        let (starts_on, ends_on) = cells.days("startDate", "endDate");
        let (starts_on, ends_on) = (starts_on.unwrap_or_default(), ends_on.unwrap_or_default());
        if ends_on - starts_on > LONGEST {
            cells.refuse("endDate", "A session lasts two years at most.");
        }
        let session = Self {
            title: cells.required("title", SHORT),
            kind: cells.required_word("type", &KINDS),
            starts_on,
            ends_on,
            parent: cells.optional("parentSourcedId", ID),
            school_year: school_year(&mut cells).unwrap_or(ends_on.year()),
        };
        cells.done(session)
    }
}

/// `2027`, or `2026-2027` as many write; OneRoster 1.0 has none, so that the dates must tell.
fn school_year(cells: &mut Cells) -> Option<i32> {
    let written = cells.optional("schoolYear", SHORT)?;
    let year = last_year(&written).filter(|year| (1900..2200).contains(year));
    if year.is_none() {
        cells.refuse("schoolYear", "The value is no year as 2027, in which the school year ends.");
    }
    year
}

fn last_year(written: &str) -> Option<i32> {
    match written.split_once(['-', '/', '–']) {
        None => written.parse().ok(),
        Some((first, last)) => {
            let (first, last): (i32, i32) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
            let last = if last < 100 { first - first % 100 + last } else { last };
            (last == first + 1).then_some(last)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::last_year;

    #[test]
    fn a_school_year_is_named_by_the_year_in_which_it_ends() {
        assert_eq!(last_year("2027"), Some(2027));
        assert_eq!(last_year("2026-2027"), Some(2027));
        assert_eq!(last_year("2026/27"), Some(2027));
        assert_eq!(last_year("2026-2029"), None);
        assert_eq!(last_year("next year"), None);
    }
}
