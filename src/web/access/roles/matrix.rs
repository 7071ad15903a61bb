//! Every permission in its place: a line for each thing, a column for what is done with it.

use school::{
    permit::{ALL, Entry},
    words::UserScope,
};

use crate::web::spoken::spoken;

/// What people call a thing where its own word is another.
const CALLED: [(&str, &str); 15] = [
    ("class_enrollments", "Rolls of classes"),
    ("attendance_sessions", "Registers"),
    ("attendance_records", "Marks"),
    ("campus_attendance", "The day’s board"),
    ("attendance_reports", "Sums of attendance"),
    ("campus_attendance_summaries", "Days of campuses"),
    ("roll_calls", "Fire rolls and trips"),
    ("attendance_interventions", "Absence follow-up"),
    ("calendar_days", "Calendar"),
    ("academic_years", "School years"),
    ("staff_attendance", "Staff here"),
    ("attendance_policies", "Attendance rules"),
    ("attendance_codes", "Attendance codes"),
    ("import_runs", "Imports"),
    ("users", "Accounts"),
];

fn called(resource: &str) -> String {
    let known = CALLED.iter().find(|(name, _)| *name == resource);
    known.map_or_else(|| spoken(resource), |(_, called)| (*called).to_owned())
}

/// What is done, in the order of the columns: the first word of a permission's name and what people call it.
pub(super) const ACTIONS: [(&str, &str); 4] =
    [("READ", "See"), ("CREATE", "Add"), ("UPDATE", "Change"), ("DELETE", "Delete")];

/// A line of the matrix.
pub(super) struct Line {
    /// What it is about.
    pub(super) thing: String,
    /// A cell for each action; none where there is no such permission.
    pub(super) cells: [Option<Cell>; 4],
}

/// A permission, and how far a role opens it.
pub(super) struct Cell {
    pub(super) entry: &'static Entry,
    /// As a form says it; empty: not at all.
    pub(super) scope: String,
}

impl Cell {
    /// How far, in a word or two.
    pub(super) fn word(&self) -> &'static str {
        UserScope::named(&self.scope).map_or("", short)
    }
}

/// How far a scope reaches, short enough for a cell.
fn short(scope: UserScope) -> &'static str {
    match scope {
        UserScope::Own => "Own",
        UserScope::Assigned => "Assigned",
        UserScope::Campuses => "Campuses",
        UserScope::Organization => "Whole",
        UserScope::Global => "Everywhere",
    }
}

/// The matrix of what is held, in the order of the catalogue.
pub(super) fn of(scope: impl Fn(&'static Entry) -> String) -> Vec<Line> {
    let mut lines: Vec<(String, Line)> = Vec::new();
    for entry in ALL {
        let resource = entry.resource();
        let at = lines.iter().position(|(known, _)| *known == resource).unwrap_or_else(|| {
            let line = Line { thing: called(&resource), cells: [None, None, None, None] };
            lines.push((resource, line));
            lines.len() - 1
        });
        let column = ACTIONS.iter().position(|(action, _)| *action == entry.action());
        if let (Some((_, line)), Some(column)) = (lines.get_mut(at), column)
            && let Some(cell) = line.cells.get_mut(column)
        {
            *cell = Some(Cell { entry, scope: scope(entry) });
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}
