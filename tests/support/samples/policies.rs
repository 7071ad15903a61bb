//! Rules of attendance and its codes, for the samples.

use school::Uuid;

use super::{Form, form};
use crate::support::school::School;

impl School {
    /// A rule of attendance for its campus.
    pub(super) fn policy(&self) -> Form {
        form([
            ("campus_id", &self.campus.to_string()),
            ("applies_from", "2026-11-24"),
            ("basis", "daily"),
            ("due_time", "09:00"),
            ("late_after", "08:30"),
            ("half_day_minutes", "120"),
            ("full_day_minutes", "240"),
            ("teacher_edit_days", "1"),
        ])
    }

    /// A retired code, since a letter belongs to one in use only.
    pub(super) fn code_without_letter(&self) -> String {
        let statement = "insert into attendance_codes (organization_id, id, code, name, key, presence, set_by_teacher,
            set_by_office, position, retired_on) values ($1, $2::uuid, 'c' || substr(replace($2, '-', ''), 1, 15), 'Nurse', 'q',
            'present', false, true, 9, '2026-11-01')";
        let id = Uuid::new_v4().to_string();
        self.run(statement, &id);
        id
    }

    /// A rule that begins on some day to come that no other has.
    pub(super) fn policy_to_come(&self) -> String {
        let statement = "insert into campus_attendance_config (organization_id, id, campus_id, applies_from)
            select $1, $2::uuid, id, (select coalesce(max(applies_from), '2030-01-01') + 1 from campus_attendance_config)
            from campuses where organization_id = $1 limit 1";
        let id = Uuid::new_v4().to_string();
        self.run(statement, &id);
        id
    }
}
