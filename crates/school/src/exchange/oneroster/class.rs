//! classes.csv: a course given to a group of students, and the homerooms.

use super::{cells::Cells, grade::Grade, rejected::Problem, table::Row};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    pub title: String,
    pub code: Option<String>,
    pub kind: ClassKind,
    pub grades: Vec<Grade>,
    /// Absent where the bundle holds no courses at all.
    pub course: Option<String>,
    pub school: String,
    /// At least one academic session.
    pub terms: Vec<String>,
    pub location: Option<String>,
    pub subjects: Vec<String>,
    pub periods: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClassKind {
    Homeroom,
    #[default]
    Scheduled,
}

const KINDS: [(&str, ClassKind); 2] = [
    ("homeroom", ClassKind::Homeroom),
    ("scheduled", ClassKind::Scheduled),
];

impl Class {
    pub(super) fn read(row: &Row) -> Result<Self, Vec<Problem>> {
        let mut cells = Cells::of(row);
        let class = Self {
            title: cells.required("title"),
            code: cells.optional("classCode"),
            kind: cells.word("classType", &KINDS).unwrap_or_default(),
            grades: Grade::list(&mut cells),
            course: cells.optional("courseSourcedId"),
            school: cells.required("schoolSourcedId"),
            terms: cells.required_list("termSourcedIds"),
            location: cells.optional("location"),
            subjects: cells.list("subjects"),
            periods: cells.list("periods"),
        };
        cells.done(class)
    }
}
