//! orgs.csv: the district and its schools.

use super::{
    cells::{Cells, ID, SHORT, TITLE},
    rejected::Problem,
    table::Row,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Org {
    pub name: String,
    pub kind: OrgKind,
    pub identifier: Option<String>,
    /// The org above; absent where the bundle does not hold it.
    pub parent: Option<String>,
}

/// Only a school becomes a campus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OrgKind {
    #[default]
    School,
    Department,
    District,
    Local,
    State,
    National,
}

const KINDS: [(&str, OrgKind); 6] = [
    ("school", OrgKind::School),
    ("department", OrgKind::Department),
    ("district", OrgKind::District),
    ("local", OrgKind::Local),
    ("state", OrgKind::State),
    ("national", OrgKind::National),
];

impl Org {
    pub(super) fn read(row: &Row) -> Result<Self, Vec<Problem>> {
        let mut cells = Cells::of(row);
        let org = Self {
            name: cells.required("name", TITLE),
            kind: cells.required_word("type", &KINDS),
            identifier: cells.optional("identifier", SHORT),
            parent: cells.optional("parentSourcedId", ID),
        };
        cells.done(org)
    }
}
