//! The office's board: a day's registers, who is absent, whom to call.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use schema::{
    attendance_records as records, attendance_sessions as sessions, classes, contacts, guardians,
    restrictions, students,
};
use uuid::Uuid;

use super::{
    code::{self, Code},
    day::{self, Call},
};
use crate::{
    db::Db,
    error::Result,
    permit::{Grants, Permission, ReadCampusAttendance, ReadGuardians},
    words::{AttendanceStatus, CodeExcuse, CodePresence, Relationship},
};

/// The most absences shown at once.
const MOST: i64 = 500;

/// A day as the office sees it.
#[derive(Clone, Debug)]
pub struct Board {
    /// Every register.
    pub calls: Vec<Call>,
    /// Everyone who is not there, by class.
    pub absences: Vec<Absence>,
    /// The codes that excuse.
    pub excuses: Vec<Code>,
}

/// Somebody who is not there.
#[derive(Clone, Debug)]
pub struct Absence {
    /// Who.
    pub student: Uuid,
    /// Their name.
    pub name: String,
    /// BCP 47 tag of the name's language.
    pub language: Option<String>,
    /// The register that says so.
    pub class: Uuid,
    /// What the class is called.
    pub class_name: String,
    /// The register's slot.
    pub slot: String,
    /// The code that stands.
    pub code: Option<Code>,
    /// What the office was told.
    pub note: Option<String>,
    /// The teacher says here, the office says absent.
    pub is_here: bool,
    /// When the office marked.
    pub office_set_at: Option<DateTime<Utc>>,
    /// The version that a form must carry.
    pub version: i32,
}

impl Absence {
    /// Whether nobody has said why.
    #[must_use]
    pub fn is_awaiting(&self) -> bool {
        self.code
            .as_ref()
            .is_some_and(|code| code.excuse == CodeExcuse::Awaiting)
    }
}

/// Whom to call for a student.
#[derive(Clone, Debug, Default)]
pub struct Reachable {
    /// Numbers first, then whom one reaches; nobody who is barred.
    pub people: Vec<(String, String, Relationship)>,
    /// What is barred, whole.
    pub barred: Vec<String>,
}

type Found = (
    (Uuid, String, String, Option<String>, Option<String>),
    (Uuid, String, String),
    (
        Option<Uuid>,
        Option<Uuid>,
        Option<String>,
        bool,
        Option<DateTime<Utc>>,
        i32,
    ),
);

impl Board {
    /// A day's board as far as the reader sees.
    pub fn of(day: NaiveDate, db: &mut Db<'_, impl Grants<ReadCampusAttendance>>) -> Result<Self> {
        let calls = day::calls(day, db.sees(), db)?;
        let codes = code::all(db)?;
        let absences = absences(day, &calls, &codes, db)?;
        let excuses = codes.into_iter().filter(|code| {
            code.set_by_office
                && code.presence == CodePresence::Absent
                && code.excuse != CodeExcuse::Awaiting
        });
        Ok(Self {
            calls,
            absences,
            excuses: excuses.collect(),
        })
    }
}

fn absences<P: Permission>(
    day: NaiveDate,
    calls: &[Call],
    codes: &[Code],
    db: &mut Db<'_, P>,
) -> Result<Vec<Absence>> {
    let classes_seen: Vec<Uuid> = calls.iter().map(|call| call.class).collect();
    let found: Vec<Found> = records::table
        .inner_join(
            sessions::table.on(sessions::organization_id
                .eq(records::organization_id)
                .and(sessions::id.eq(records::attendance_session_id))),
        )
        .inner_join(
            students::table.on(students::organization_id
                .eq(records::organization_id)
                .and(students::id.eq(records::student_id))),
        )
        .inner_join(
            classes::table.on(classes::organization_id
                .eq(sessions::organization_id)
                .and(classes::id.eq(sessions::class_id))),
        )
        .filter(records::organization_id.eq(db.organization()))
        .filter(sessions::organization_id.eq(db.organization()))
        .filter(sessions::session_date.eq(day))
        .filter(sessions::class_id.eq_any(classes_seen))
        .filter(records::status.eq_any([AttendanceStatus::Absent, AttendanceStatus::Excused]))
        .select((
            (
                students::id,
                students::first_name,
                students::last_name,
                students::preferred_name,
                students::name_language,
            ),
            (classes::id, classes::name, sessions::slot),
            (
                records::teacher_code_id,
                records::office_code_id,
                records::office_note,
                records::is_here,
                records::office_set_at,
                records::version,
            ),
        ))
        .order((
            classes::name,
            students::last_name,
            students::first_name,
            students::id,
        ))
        .limit(MOST)
        .load(db.conn())?;
    Ok(found
        .into_iter()
        .map(|(pupil, class, mark)| {
            let standing = mark.1.or(mark.0);
            Absence {
                student: pupil.0,
                name: format!("{} {}", pupil.3.unwrap_or(pupil.1), pupil.2),
                language: pupil.4,
                class: class.0,
                class_name: class.1,
                slot: class.2,
                code: codes.iter().find(|code| Some(code.id) == standing).cloned(),
                note: mark.2,
                is_here: mark.3,
                office_set_at: mark.4,
                version: mark.5,
            }
        })
        .collect())
}

/// Whom to call for these students today. A barred person's number is not among them; what is barred is said whole.
pub fn reachable(
    of: &[Uuid],
    db: &mut Db<'_, impl Grants<ReadGuardians>>,
) -> Result<BTreeMap<Uuid, Reachable>> {
    let today = db.today();
    let barred: Vec<(Uuid, Option<Uuid>, Option<String>, bool, Option<NaiveDate>)> =
        restrictions::table
            .filter(restrictions::organization_id.eq(db.organization()))
            .filter(restrictions::student_id.eq_any(of))
            .filter(restrictions::deleted_at.is_null())
            .filter(restrictions::starts_on.le(today))
            .filter(
                restrictions::ends_on
                    .is_null()
                    .or(restrictions::ends_on.ge(today)),
            )
            .select((
                restrictions::student_id,
                restrictions::contact_id,
                restrictions::person_name,
                restrictions::bars_contact,
                restrictions::ends_on,
            ))
            .load(db.conn())?;
    let people: Vec<(Uuid, Uuid, String, Option<String>, Relationship)> = guardians::table
        .inner_join(
            contacts::table.on(contacts::organization_id
                .eq(guardians::organization_id)
                .and(contacts::id.eq(guardians::contact_id))),
        )
        .filter(guardians::organization_id.eq(db.organization()))
        .filter(guardians::student_id.eq_any(of))
        .filter(guardians::deleted_at.is_null())
        .select((
            guardians::student_id,
            contacts::id,
            contacts::full_name,
            contacts::phone,
            guardians::relationship,
        ))
        .order((guardians::student_id, guardians::position, guardians::id))
        .load(db.conn())?;
    let mut reachable: BTreeMap<Uuid, Reachable> = BTreeMap::new();
    for (student, contact, name, phone, relationship) in &people {
        let bar = barred.iter().any(|(child, whom, _, contact_too, _)| {
            child == student && *whom == Some(*contact) && *contact_too
        });
        if let (false, Some(phone)) = (bar, phone) {
            reachable.entry(*student).or_default().people.push((
                phone.clone(),
                name.clone(),
                *relationship,
            ));
        }
    }
    for (student, contact, person, ..) in &barred {
        let known = people
            .iter()
            .find(|(child, whom, ..)| child == student && Some(*whom) == *contact)
            .map(|(_, _, name, ..)| name.clone());
        let name = known
            .or_else(|| person.clone())
            .unwrap_or_else(|| "Somebody".into());
        reachable.entry(*student).or_default().barred.push(format!(
            "{name} is barred. See the student’s page before calling anyone else."
        ));
    }
    Ok(reachable)
}
