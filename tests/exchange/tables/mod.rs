//! Plain tables: uploaded, their columns matched, rehearsed and applied.

mod attendance;
mod barred;
mod kinds;
mod matching;
mod mended;
mod moves;
mod refused;
mod school_year;
mod stopped;
mod workbooks;

use reqwest::Method;

use crate::support::{Answer, Person, School, form::fields};

pub(crate) const STAFF: &str = "teacher_id,first_name,last_name,role,email\n\
    47,Ada,Byron,Teacher,ada@school.example\n46,Emmy,Noether,Counselor,\n";
pub(crate) const CLASSES: &str =
    "class_id,subject,grade_level,teacher_id\nH1,Homeroom,4,47\nM1,Mathematics,4,46\n";
pub(crate) const STUDENTS: &str = "student_id,first_name,last_name,birthdate,gender,grade,homeroom\n\
    101,Sofia,Kovalevskaya,12/22/2015,F,4,H1\n102,Paul,Erdős,3/26/2016,M,4,H1\n";
pub(crate) const CONTACTS: &str = "guardian_id,name,phone,student_id,relationship,primary\n\
    G1,Vasily Korvin,+351 1,101,Father,yes\nG1,Vasily Korvin,+351 1,102,Uncle,no\n";
pub(crate) const ENROLLMENTS: &str = "student_id,class_id,start_date\n101,M1,2026-09-01\n102,M1,2026-09-02\n";
pub(crate) const ATTENDANCE: &str = "student_id,date,status\n\
    101,2026-11-16,Present\n102,2026-11-16,Absent\n101,2026-11-17,Tardy\n102,2026-11-17,Present\n";

/// What a school brings in, in this order.
pub(crate) const ALL: [(&str, &str); 6] = [
    ("staff", STAFF),
    ("classes", CLASSES),
    ("students", STUDENTS),
    ("contacts", CONTACTS),
    ("enrollments", ENROLLMENTS),
    ("attendance", ATTENDANCE),
];

/// Uploads a table.
pub(crate) async fn upload(person: &Person, kind: &str, name: &str, content: &[u8]) -> Answer {
    person.uploads("/imports", &[("kind", kind)], ("file", name, content)).await
}

/// Sends the form of columns as the page proposes it, but for what is said.
pub(crate) async fn say(person: &Person, columns: &str, said: &[(&str, &str)]) -> Answer {
    let page = person.get(columns).await;
    page.is_ok();
    let mut typed = fields(&page.body);
    typed.retain(|(name, _)| said.iter().all(|(other, _)| other != name));
    let typed = typed.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let typed: Vec<_> = typed.chain(said.iter().copied()).collect();
    person.send(Method::POST, columns, &typed).await
}

impl School {
    /// Uploads a table, agrees to what the page proposes but for what is said, and has it rehearsed.
    pub(super) async fn matches(
        &self,
        person: &Person,
        (kind, content): (&str, &[u8]),
        said: &[(&str, &str)],
    ) -> String {
        let columns = upload(person, kind, &format!("{kind}.csv"), content).await.leads();
        let path = say(person, &columns, said).await.leads();
        self.works();
        path
    }

    /// The same, and has it applied.
    pub(super) async fn brings(
        &self,
        person: &Person,
        (kind, content): (&str, &[u8]),
        said: &[(&str, &str)],
    ) -> String {
        let path = self.matches(person, (kind, content), said).await;
        person.get(&path).await.shows(&format!("{path}/application"));
        person.post(&format!("{path}/application"), []).await.redirects_to(&path);
        self.works();
        person.get(&path).await.shows("Imported on");
        path
    }

    /// The small school, in six tables.
    pub(super) async fn brings_all(&self, person: &Person) {
        for (kind, content) in ALL {
            let path = self.brings(person, (kind, content.as_bytes()), &[]).await;
            assert!(self.numbers(&path).ends_with(" 0 0 0 0 0"), "{kind}: {}", self.numbers(&path));
        }
    }

    /// New, changed, ended, unchanged, not taken and kept, by the last look at an import.
    pub(super) fn numbers(&self, path: &str) -> String {
        let id = path.rsplit('/').next().unwrap();
        self.text(&format!(
            "select concat_ws(' ', created, changed, ended, unchanged, rejected, conflicts) from import_runs where id = '{id}'"
        ))
    }
}
