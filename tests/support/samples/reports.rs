//! What the routes of reports, their files and campuses' days are tried with.

use super::{Filled, Form, Value, form};
use crate::support::{database, school::School};

#[rustfmt::skip]
pub(super) const PARAMETERS: &[(&str, Value)] = &[
    ("/absence-follow-ups.{format}", |_, _| "csv".into()),
    ("/board.{format}", |_, _| "csv".into()),
    ("/campus-days.{format}", |_, _| "csv".into()),
    ("/campus-days/{campus}", |school, _| school.campus.to_string()),
    ("/campus-days/{campus}/{day}", |_, _| "2026-11-23".into()),
    ("/classes/{id}/register-sheet.{format}", |_, _| "csv".into()),
    ("/classes/{id}/roll.{format}", |_, _| "xlsx".into()),
    ("/corrections.{format}", |_, _| "csv".into()),
    ("/registers-not-taken.{format}", |_, _| "csv".into()),
    ("/reports/attendance.{format}", |_, _| "csv".into()),
    ("/staff-attendance.{format}", |_, _| "csv".into()),
    ("/students.{format}", |_, _| "csv".into()),
    ("/students/{id}/attendance.{format}", |_, _| "csv".into()),
];

#[rustfmt::skip]
pub(super) const FORMS: &[(&str, Filled)] = &[
    ("POST /campus-days/{campus}/{day}", |school, path| {
        [form([("source", "registers"), ("recorded_by_label", "Front office"), ("notes", "Snow")]), school.seen_of_day(&path[0], &path[1])].concat()
    }),
];

impl School {
    /// When a campus's day was last changed, as its form carries it; empty where nothing was said of it.
    fn seen_of_day(&self, campus: &str, day: &str) -> Form {
        let query = format!(
            "select id::text as line from campus_attendance_summaries where campus_id = '{campus}' and attendance_date = '{day}'"
        );
        match database::lines(&mut database::within(self.organization), &query).first() {
            Some(id) => self.seen("campus_attendance_summaries", id),
            None => form([("seen", "")]),
        }
    }
}
