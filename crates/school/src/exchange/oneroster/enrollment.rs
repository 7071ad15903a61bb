//! enrollments.csv: who is in a class and who stands in front of it.

use chrono::NaiveDate;

use super::{
    cells::{Cells, ID},
    rejected::Problem,
    table::Row,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrollment {
    pub class: String,
    pub user: String,
    pub school: Option<String>,
    pub role: EnrollmentRole,
    /// The teacher in charge, where there are several.
    pub primary: bool,
    /// Absent means the class's own first day.
    pub starts_on: Option<NaiveDate>,
    /// The last day, itself included; absent means the class's own last day.
    pub ends_on: Option<NaiveDate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum EnrollmentRole {
    #[default]
    Student,
    Teacher,
    Administrator,
    Aide,
    Proctor,
}

/// The last two are not OneRoster 1.1, but stand in exports that otherwise are.
const ROLES: [(&str, EnrollmentRole); 6] = [
    ("student", EnrollmentRole::Student),
    ("teacher", EnrollmentRole::Teacher),
    ("administrator", EnrollmentRole::Administrator),
    ("proctor", EnrollmentRole::Proctor),
    ("aide", EnrollmentRole::Aide),
    ("professor", EnrollmentRole::Teacher),
];

impl Enrollment {
    pub(super) fn read(row: &Row) -> Result<Self, Vec<Problem>> {
        let mut cells = Cells::of(row);
        let (starts_on, ends_on) = cells.days("beginDate", "endDate");
        let enrollment = Self {
            class: cells.required("classSourcedId", ID),
            user: cells.required("userSourcedId", ID),
            school: cells.optional("schoolSourcedId", ID),
            role: cells.required_word("role", &ROLES),
            primary: cells.truth("primary").unwrap_or(false),
            starts_on,
            ends_on,
        };
        cells.done(enrollment)
    }
}
