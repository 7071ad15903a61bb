//! classes.csv: a course given to a group of students, and the homerooms.

use super::{
    cells::{Cells, ID, SHORT, TITLE},
    grade::Grade,
    rejected::Problem,
    table::Row,
};

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

const KINDS: [(&str, ClassKind); 2] =
    [("homeroom", ClassKind::Homeroom), ("scheduled", ClassKind::Scheduled)];

impl Class {
    pub(super) fn read(row: &Row) -> Result<Self, Vec<Problem>> {
        let mut cells = Cells::of(row);
        let class = Self {
            title: cells.required("title", TITLE),
            code: cells.optional("classCode", SHORT),
            kind: cells.word("classType", &KINDS).unwrap_or_default(),
            grades: Grade::list(&mut cells),
            course: cells.optional("courseSourcedId", ID),
            school: cells.required("schoolSourcedId", ID),
            terms: cells.required_list("termSourcedIds"),
            location: cells.optional("location", SHORT),
            subjects: cells.list("subjects"),
            periods: cells.list("periods"),
        };
        cells.done(class)
    }
}
