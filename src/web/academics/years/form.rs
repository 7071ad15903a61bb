//! A school year as typed.

use school::academics::{year::AcademicYear, year_change::Written};
use serde::Deserialize;

use super::{WEEKDAYS, in_words};
use crate::web::{dates, form::Errors, stale, stale::Labelled};

/// The fields; every one is text, and a tick a line.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct YearForm {
    pub(super) seen: String,
    pub(super) name: String,
    pub(super) start_date: String,
    pub(super) end_date: String,
    pub(super) current: String,
    #[serde(rename = "weekdays[]")]
    pub(super) weekdays: String,
}

impl YearForm {
    /// The form for a year that is still to come: Monday to Friday.
    pub(super) fn blank() -> Self {
        Self { weekdays: "1\n2\n3\n4\n5".into(), ..Self::default() }
    }

    /// The form for a year that is known.
    pub(super) fn of(year: &AcademicYear) -> Self {
        let weekdays: Vec<String> = year.weekdays().map(|day| day.to_string()).collect();
        Self {
            seen: stale::written(year.updated_at),
            name: year.name.clone(),
            start_date: dates::written(Some(year.start_date)),
            end_date: dates::written(Some(year.end_date)),
            current: if year.current { "yes".into() } else { String::new() },
            weekdays: weekdays.join("\n"),
        }
    }

    /// Whether a day of the week is ticked.
    pub(super) fn is_ticked(&self, day: &i16) -> bool {
        self.weekdays.lines().any(|line| line == day.to_string())
    }

    /// What the form says, or what is wrong with it.
    pub(super) fn check(&self) -> Result<Written, Errors> {
        let mut errors = Errors::default();
        let e = &mut errors;
        let name = e.needed("name", &self.name, 60);
        let start_date = e.needed_day("start_date", &self.start_date);
        let end_date = e.needed_day("end_date", &self.end_date);
        if e.on("start_date").is_empty() && end_date <= start_date {
            e.add("end_date", "The last day comes before the first.");
        }
        if (end_date - start_date).num_days() >= 800 {
            e.add("end_date", "A school year has at most 800 days.");
        }
        let school_weekdays: Vec<i16> =
            WEEKDAYS.iter().map(|(day, _)| *day).filter(|day| self.is_ticked(day)).collect();
        if school_weekdays.is_empty() {
            e.add("weekdays", "Choose at least one day of the week.");
        }
        let current = self.current == "yes";
        errors.or(Written { name, start_date, end_date, current, school_weekdays })
    }

    /// The fields as people read them, to compare two versions.
    pub(super) fn labelled(&self, year: &AcademicYear) -> Labelled {
        let ticked: Vec<&str> =
            WEEKDAYS.iter().filter(|(day, _)| self.is_ticked(day)).map(|(_, name)| *name).collect();
        let as_known = Self::of(year).weekdays == self.weekdays;
        vec![
            ("Name", self.name.clone()),
            ("First day", self.start_date.clone()),
            ("Last day", self.end_date.clone()),
            ("School weekdays", if as_known { in_words(year) } else { ticked.join(", ") }),
            ("Current year", if self.current == "yes" { "Yes".into() } else { "No".into() }),
        ]
    }
}
