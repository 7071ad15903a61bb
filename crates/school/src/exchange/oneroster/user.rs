//! users.csv: everyone, told apart by role. The `password` column is never read.

use super::{
    cells::{Cells, EMAIL, ID, NAME, NUMBER},
    grade::Grade,
    rejected::Problem,
    table::Row,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub role: UserRole,
    pub enabled: bool,
    /// At least one org, schools and others.
    pub orgs: Vec<String>,
    pub username: Option<String>,
    pub given_name: String,
    pub middle_name: Option<String>,
    pub family_name: String,
    /// The number that people know them by: a student's or an employee's.
    pub identifier: Option<String>,
    pub email: Option<String>,
    pub sms: Option<String>,
    pub phone: Option<String>,
    /// A student's parents, or a parent's children: exports write either.
    pub agents: Vec<String>,
    pub grades: Vec<Grade>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UserRole {
    #[default]
    Student,
    Teacher,
    Administrator,
    Aide,
    Proctor,
    Guardian,
    Parent,
    Relative,
}

impl UserRole {
    /// Learns there.
    pub fn is_student(self) -> bool {
        self == Self::Student
    }

    /// Works at the school.
    pub fn is_staff(self) -> bool {
        matches!(self, Self::Teacher | Self::Administrator | Self::Aide | Self::Proctor)
    }

    /// Someone to call about a child.
    pub fn is_contact(self) -> bool {
        matches!(self, Self::Guardian | Self::Parent | Self::Relative)
    }
}

/// The last five are not OneRoster 1.1, but stand in exports that otherwise are.
const ROLES: [(&str, UserRole); 13] = [
    ("student", UserRole::Student),
    ("teacher", UserRole::Teacher),
    ("administrator", UserRole::Administrator),
    ("aide", UserRole::Aide),
    ("proctor", UserRole::Proctor),
    ("guardian", UserRole::Guardian),
    ("parent", UserRole::Parent),
    ("relative", UserRole::Relative),
    ("professor", UserRole::Teacher),
    ("principal", UserRole::Administrator),
    ("siteAdministrator", UserRole::Administrator),
    ("districtAdministrator", UserRole::Administrator),
    ("systemAdministrator", UserRole::Administrator),
];

impl User {
    pub(super) fn read(row: &Row) -> Result<Self, Vec<Problem>> {
        let mut cells = Cells::of(row);
        let user = Self {
            role: cells.required_word("role", &ROLES),
            enabled: cells.truth("enabledUser").unwrap_or(true),
            orgs: cells.required_list("orgSourcedIds"),
            username: cells.optional("username", ID),
            given_name: cells.required("givenName", NAME),
            middle_name: cells.optional("middleName", NAME),
            family_name: cells.required("familyName", NAME),
            identifier: cells.optional("identifier", NUMBER),
            email: cells.optional("email", EMAIL),
            sms: cells.optional("sms", NUMBER),
            phone: cells.optional("phone", NUMBER),
            agents: cells.list("agentSourcedIds"),
            grades: Grade::list(&mut cells),
        };
        cells.done(user)
    }
}
