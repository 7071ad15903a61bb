//! A register's address and fields, as its page writes them.

use reqwest::Method;
use school::Uuid;

use super::{answer::Answer, person::Person, school::School};

impl School {
    /// Today's register of homeroom 4A.
    pub(crate) fn register(&self) -> String {
        format!("/registers/{}/2026-11-23/day", self.class)
    }

    /// A row of it.
    pub(crate) fn mark(&self, student: Uuid) -> String {
        format!("{}/marks/{student}", self.register())
    }
}

impl Person {
    /// Marks one row at once, as the page does.
    pub(crate) async fn marks(&self, school: &School, student: Uuid, code: &str, version: i32) -> Answer {
        let version = version.to_string();
        self.send(Method::PUT, &school.mark(student), &[("code", code), ("version", &version)]).await
    }

    /// Sends the whole register with these marks, as the plain form does.
    pub(crate) async fn submits(&self, school: &School, marks: &[(Uuid, &str, i32)]) -> Answer {
        let mut fields = vec![("act".to_owned(), "submit".to_owned())];
        for (student, code, version) in marks {
            fields.push((format!("code[{student}]"), (*code).to_owned()));
            fields.push((format!("version[{student}]"), version.to_string()));
        }
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.send(Method::POST, &format!("{}/submission", school.register()), &fields).await
    }
}

impl School {
    /// How many marks of this school are kept.
    pub(crate) fn marks_kept(&self) -> i64 {
        self.number("select count(*) as n from attendance_records where organization_id = $1")
    }

    /// How many events of history its marks have left.
    pub(crate) fn changes_of_marks(&self) -> i64 {
        self.number("select count(*) as n from change_events where organization_id = $1 and entity = 'attendance_records'")
    }
}
