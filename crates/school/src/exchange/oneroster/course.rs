//! courses.csv: what is taught.

use super::{
    cells::{Cells, ID, SHORT, TITLE},
    grade::Grade,
    rejected::Problem,
    table::Row,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    pub title: String,
    pub code: Option<String>,
    pub grades: Vec<Grade>,
    pub org: Option<String>,
    pub subjects: Vec<String>,
}

impl Course {
    pub(super) fn read(row: &Row) -> Result<Self, Vec<Problem>> {
        let mut cells = Cells::of(row);
        let course = Self {
            title: cells.required("title", TITLE),
            code: cells.optional("courseCode", SHORT),
            grades: Grade::list(&mut cells),
            org: cells.optional("orgSourcedId", ID),
            subjects: cells.list("subjects"),
        };
        cells.done(course)
    }
}
