//! What the tables of history are called.

use crate::web::spoken::spoken;

/// A table that people ask for, and what they call it.
pub(super) struct Entity {
    word: &'static str,
    label: &'static str,
}

impl Entity {
    pub(super) fn word(&self) -> &'static str {
        self.word
    }

    pub(super) fn label(&self) -> &'static str {
        self.label
    }
}

const fn named(word: &'static str, label: &'static str) -> Entity {
    Entity { word, label }
}

/// Those that people ask for.
pub(super) const ENTITIES: [Entity; 23] = [
    named("students", "Particulars of students"),
    named("school_enrollments", "Places at campuses"),
    named("class_enrollments", "Places in classes"),
    named("guardians", "Contacts of students"),
    named("contacts", "Contacts"),
    named("restrictions", "Restrictions"),
    named("attendance_records", "Marks"),
    named("attendance_sessions", "Registers"),
    named("planned_absences", "Absences ahead"),
    named("attendance_interventions", "Absence follow-up"),
    named("letters", "Letters"),
    named("campuses", "Campuses"),
    named("classes", "Classes"),
    named("class_staff", "Who stands in front"),
    named("staff", "Staff"),
    named("school_districts", "School districts"),
    named("programs", "Programs"),
    named("user_programs", "Who works in programs"),
    named("users", "Accounts"),
    named("organization_visits", "Visits of the platform"),
    named("roles", "Roles"),
    named("role_permissions", "What roles open"),
    named("user_custom_permissions", "Rights of single people"),
];

/// What a table is called.
pub(super) fn called(entity: &str) -> String {
    let known = ENTITIES.iter().find(|one| one.word == entity);
    known.map_or_else(|| spoken(entity), |one| one.label.to_owned())
}
