//! Who changed what of a student, and when.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::{prelude::*, sql_types::Bool};
use schema::{change_events, contacts, roles, staff, users};
use serde_json::Value;
use uuid::Uuid;

use super::{
    student::Student,
    whose::{self, written},
};
use crate::{
    academics::{campus::Campus, grade::Grade, year::AcademicYear},
    attendance::code,
    db::Db,
    districts::{district::District, program::Program},
    error::Result,
    permit::{Grants, Permission, ReadGuardians, ReadStudents},
};

/// The most changes that are shown at once.
const MOST: i64 = 40;
/// Columns that hold an account.
const ACCOUNTS: [&str; 3] = ["user_id", "submitted_by_id", "closed_by_id"];
/// Columns that hold a member of staff.
const STAFF: [&str; 7] = [
    "taken_by_id",
    "on_behalf_of_id",
    "staff_id",
    "teacher_id",
    "homeroom_teacher_id",
    "covers_id",
    "held_by_id",
];

/// One change by one person.
#[derive(Clone, Debug)]
pub struct Change {
    /// Orders changes: later ones have larger ids.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// Who; none for an import or somebody of the platform.
    pub by: Option<String>,
    /// The table it happened in.
    pub entity: String,
    /// Whether something was added rather than changed.
    pub is_new: bool,
    /// Whether it was taken away for good, as a right is.
    pub is_removed: bool,
    /// Whose place among others it is: a contact's, or an account's in a program.
    pub about: Option<String>,
    /// Each column that changed.
    pub parts: Vec<Part>,
}

/// A column before and after; ids that mean something stand as names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The row.
    pub row: Uuid,
    /// The column.
    pub column: String,
    /// What it was.
    pub before: Option<String>,
    /// What it is.
    pub after: Option<String>,
}

impl Change {
    /// Changes of particulars and places, latest first.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for a student out of reach.
    pub fn of_student(student: Uuid, db: &mut Db<'_, impl Grants<ReadStudents>>) -> Result<Vec<Self>> {
        Student::of(student, db)?;
        of(student, &["students", "school_enrollments"], None, db)
    }

    /// Changes of whom to call and of what is barred, latest first.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for a student out of reach.
    pub fn of_guardians(student: Uuid, db: &mut Db<'_, impl Grants<ReadGuardians>>) -> Result<Vec<Self>> {
        super::student::in_reach(student, db)?;
        of(student, &["guardians", "restrictions"], None, db)
    }
}

/// An event as it is kept: id, when, where, what was done, the columns, and who.
pub(crate) type Row = (Uuid, DateTime<Utc>, String, String, Value, Option<(String, String)>);

/// Changes of a subject in some tables, latest first, without what only follows from the first of these tables in one
/// transaction: the rights of a role that was copied.
pub(crate) fn of<P: Permission>(
    subject: Uuid,
    entities: &[&str],
    but_for: Option<i64>,
    db: &mut Db<'_, P>,
) -> Result<Vec<Change>> {
    let own = entities.first().copied().unwrap_or_default();
    let follows =
        change_events::entity.ne(own).and(change_events::transaction_id.is_not_distinct_from(but_for));
    let is_left_out = but_for.is_some().into_sql::<Bool>().and(follows);
    let rows: Vec<Row> = change_events::table
        .left_join(
            users::table.on(users::organization_id
                .eq(change_events::organization_id.nullable())
                .and(users::id.nullable().eq(change_events::user_id))),
        )
        .filter(change_events::organization_id.eq(db.organization()))
        .filter(change_events::subject_id.eq(subject))
        .filter(change_events::entity.eq_any(entities))
        .filter(diesel::dsl::not(is_left_out))
        .select((
            change_events::id,
            change_events::at,
            change_events::entity,
            change_events::operation,
            change_events::changes,
            (users::first_name, users::last_name).nullable(),
        ))
        .order(change_events::id.desc())
        .limit(MOST)
        .load(db.conn())?;
    read(rows, db)
}

/// Changes as they are told, the ids that mean something as names.
pub(crate) fn read<P: Permission>(rows: Vec<Row>, db: &mut Db<'_, P>) -> Result<Vec<Change>> {
    let (names, people) = (names(&rows, db)?, whose::places(&rows, db)?);
    Ok(rows
        .into_iter()
        .map(|(id, at, entity, operation, changes, by)| Change {
            id,
            at,
            by: by.map(|(first, last)| format!("{first} {last}")),
            entity,
            is_new: operation == "insert",
            is_removed: operation == "delete",
            about: written(&changes, "id").find_map(|id| people.get(&id).cloned()),
            parts: parts(&changes, &names),
        })
        .collect())
}

fn parts(changes: &Value, names: &BTreeMap<String, String>) -> Vec<Part> {
    let read = |value: &Value| match value {
        Value::Null => None,
        Value::String(text) => Some(named(text, names)),
        other => Some(other.to_string()),
    };
    let rows = changes.as_array().into_iter().flatten();
    let of_row = |row: &Value| {
        let (id, columns) = (whose::id(row, "id").unwrap_or_default(), row.as_object());
        let changed = columns.into_iter().flatten().filter(|(column, _)| *column != "id");
        let part = |(column, value): (&String, &Value)| {
            let (before, after) = match value.as_array().map(Vec::as_slice) {
                Some([before, after]) => (read(before), read(after)),
                _ => (None, read(value)),
            };
            Part { row: id, column: column.clone(), before, after }
        };
        changed.map(part).collect::<Vec<_>>()
    };
    rows.flat_map(of_row).collect()
}

/// The name behind an id, or those behind several; anything else as it is.
fn named(text: &str, names: &BTreeMap<String, String>) -> String {
    let all: Option<Vec<&str>> = text.split(' ').map(|id| names.get(id).map(String::as_str)).collect();
    all.map_or_else(|| text.to_owned(), |all| all.join(", "))
}

/// The names behind the ids that stand in changes; asked for only where there are any.
fn names<P: Permission>(rows: &[Row], db: &mut Db<'_, P>) -> Result<BTreeMap<String, String>> {
    let mention = |column: &str| {
        let written = format!("\"{column}\"");
        rows.iter().any(|row| row.4.to_string().contains(&written))
    };
    let mut names = BTreeMap::new();
    if mention("campus_id") {
        names.extend(Campus::known(db)?.into_iter().map(|one| (one.id, one.name)));
        names.extend(Grade::all(db)?.into_iter().map(|one| (one.id, one.name)));
        let years = AcademicYear::all(db)?;
        names.extend(years.into_iter().map(|one| (one.id, one.name)));
    }
    if mention("campus_ids") || mention("role_campus_ids") {
        names.extend(Campus::known(db)?.into_iter().map(|one| (one.id, one.name)));
    }
    if mention("teacher_code_id") || mention("office_code_id") {
        names.extend(code::all(db)?.into_iter().map(|one| (one.id, one.name)));
    }
    if mention("role_id") {
        let all: Vec<(Uuid, String)> =
            roles::table.select((roles::id, roles::name)).limit(500).load(db.conn())?;
        names.extend(all);
    }
    if mention("program_id") || mention("school_district_id") {
        names.extend(Program::offered(db)?.into_iter().map(|one| (one.id, one.name)));
        names.extend(District::offered(db)?.into_iter().map(|one| (one.id, one.name)));
    }
    if ACCOUNTS.into_iter().chain(STAFF).any(mention) {
        names.extend(people(rows, db)?);
    }
    if mention("contact_id") {
        let found: Vec<(Uuid, String)> = contacts::table
            .filter(contacts::organization_id.eq(db.organization()))
            .filter(contacts::id.eq_any(mentioned(rows, "contact_id")))
            .select((contacts::id, contacts::full_name))
            .load(db.conn())?;
        names.extend(found);
    }
    Ok(names.into_iter().map(|(id, name)| (id.to_string(), name)).collect())
}

/// The names of accounts and of staff who stand in changes.
fn people<P: Permission>(rows: &[Row], db: &mut Db<'_, P>) -> Result<Vec<(Uuid, String)>> {
    let ids =
        |columns: &[&str]| columns.iter().flat_map(|column| mentioned(rows, column)).collect::<Vec<_>>();
    let mut all: Vec<(Uuid, String, String)> = users::table
        .filter(users::organization_id.eq(db.organization()))
        .filter(users::id.eq_any(ids(&ACCOUNTS)))
        .select((users::id, users::first_name, users::last_name))
        .load(db.conn())?;
    let staff: Vec<(Uuid, String, String)> = staff::table
        .filter(staff::organization_id.eq(db.organization()))
        .filter(staff::id.eq_any(ids(&STAFF)))
        .select((staff::id, staff::first_name, staff::last_name))
        .load(db.conn())?;
    all.extend(staff);
    Ok(all.into_iter().map(|(id, first, last)| (id, format!("{first} {last}"))).collect())
}

/// The ids that stand in a column of changes, before and after.
fn mentioned(rows: &[Row], column: &str) -> Vec<Uuid> {
    let values = rows.iter().filter_map(|row| row.4.as_array()).flatten().filter_map(|row| row.get(column));
    let all = values.flat_map(|value| value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice));
    all.filter_map(|value| value.as_str()?.parse().ok()).collect()
}
