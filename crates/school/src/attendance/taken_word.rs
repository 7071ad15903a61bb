//! What the office was told and takes back: marks that stand by it are as they were before, unless somebody has spoken since.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::{dsl::auto_type, prelude::*};
use schema::{
    attendance_records as records, attendance_sessions as sessions, classes, planned_absences as planned,
    students,
};
use uuid::Uuid;

use super::{
    mark::By,
    record::keep,
    register::{Head, Key},
    roll::{self, Record, Row},
};
use crate::{
    db::Db,
    error::{Error, Result},
    people::student::visible,
    permit::UpdateAttendanceRecords,
};

/// The most marks that one word taken back meets, the latest first.
const MOST: i64 = 5000;

/// A mark that says what was told, though that was taken back.
#[derive(Clone, Debug, Queryable)]
pub struct Staying {
    /// Whose.
    pub student: Uuid,
    /// First, called and family name, and the name's language.
    pub name: (String, Option<String>, String, Option<String>),
    /// The register's class.
    pub class: Uuid,
    /// What it is called.
    pub class_name: String,
    /// The register's day.
    pub day: NaiveDate,
    /// The register's slot.
    pub slot: String,
}

impl Staying {
    /// The name that is called, and the family name.
    #[must_use]
    pub fn called(&self) -> String {
        let (first, preferred, last, _) = &self.name;
        format!("{} {last}", preferred.as_ref().unwrap_or(first))
    }

    /// The marks that say what an absence told beforehand and taken back said, or any on its list that was taken back with
    /// it; the latest first, at most 5,000.
    ///
    /// # Errors
    /// [`Error::NotFound`] out of reach.
    pub fn of(id: Uuid, db: &mut Db<'_, UpdateAttendanceRecords>) -> Result<Vec<Self>> {
        let (list, at) = taken_back(id, db)?;
        let register = sessions::organization_id
            .eq(records::organization_id)
            .and(sessions::id.eq(records::attendance_session_id));
        let whose =
            students::organization_id.eq(planned::organization_id).and(students::id.eq(planned::student_id));
        let called =
            classes::organization_id.eq(sessions::organization_id).and(classes::id.eq(sessions::class_id));
        let alone = planned::id.nullable().eq(Some(id)).assume_not_null();
        let together = planned::list_id.is_not_null().and(planned::list_id.eq(list).assume_not_null());
        Ok(planned::table
            .inner_join(records::table.on(says_so()))
            .inner_join(sessions::table.on(register))
            .inner_join(students::table.on(whose))
            .inner_join(classes::table.on(called))
            .filter(planned::organization_id.eq(db.organization()))
            .filter(planned::student_id.eq_any(visible(db).select(students::id)))
            .filter(planned::deleted_at.is_not_null().and(planned::deleted_at.eq(at).assume_not_null()))
            .filter(alone.or(together))
            .filter(sessions::deleted_at.is_null())
            .select((
                students::id,
                (
                    students::first_name,
                    students::preferred_name,
                    students::last_name,
                    students::name_language,
                ),
                classes::id,
                classes::name,
                sessions::session_date,
                sessions::slot,
            ))
            .order((sessions::session_date.desc(), sessions::slot.desc(), records::id))
            .limit(MOST)
            .load(db.conn())?)
    }
}

/// Whether a mark says what an absence told beforehand said.
#[auto_type(no_type_alias)]
fn says_so() -> _ {
    records::organization_id
        .eq(planned::organization_id)
        .and(records::student_id.eq(planned::student_id))
        .and(records::office_code_id.eq(planned::attendance_code_id.nullable()))
        .and(records::office_note.eq(planned::reason.nullable()))
        .and(records::session_date.ge(planned::starts_on))
        .and(records::session_date.le(planned::ends_on))
        .and(records::deleted_at.is_null())
}

/// The list of an absence told beforehand in reach, and when it was taken back.
fn taken_back(
    id: Uuid,
    db: &mut Db<'_, UpdateAttendanceRecords>,
) -> Result<(Option<Uuid>, Option<DateTime<Utc>>)> {
    Ok(planned::table
        .find((db.organization(), id))
        .filter(planned::student_id.eq_any(visible(db).select(students::id)))
        .select((planned::list_id, planned::deleted_at))
        .first(db.conn())?)
}

/// Gives the marks back to whoever marked them, where nobody has spoken since an absence was told that is taken back now.
///
/// # Errors
/// [`Error::Conflict`] where somebody else marks the same child at the same moment.
pub(super) fn give_back(id: Uuid, db: &mut Db<'_, UpdateAttendanceRecords>) -> Result<()> {
    for one in Staying::of(id, db)? {
        let head = match Head::of(&Key { class: one.class, day: one.day, slot: one.slot }, db) {
            Err(Error::NotFound) => continue,
            found => found?,
        };
        if head.may_change(By::Office).is_err() {
            continue;
        }
        let row = roll::on(&head, db)?.into_iter().find(|row| row.pupil.id == one.student);
        let before = row.and_then(|row| before(&row, &head));
        let Some((before, session)) = before.zip(head.session.as_ref()) else { continue };
        if keep(session.id, head.key.day, &[before], db)?.is_empty() {
            let message = "Somebody else marks this child at the same moment. Try again.";
            return Err(Error::Conflict(message.into()));
        }
    }
    Ok(())
}

/// A mark as it was before the word: beside a teacher who says here, or in place of an absence without word. None where the
/// office has spoken since, where nobody else has said anything, and where something else told beforehand holds.
fn before(row: &Row, head: &Head) -> Option<Record> {
    let record = row.record.as_ref()?;
    let teacher = head.codes.iter().find(|code| Some(code.id) == record.teacher_code_id)?;
    let is_untouched = if record.is_here { teacher.is_here() } else { teacher.is_without_word() };
    let holds = |other: &roll::Planned| other.is_whole() || other.holds(head.begins());
    let is_told = row.planned.as_ref().is_some_and(holds);
    (is_untouched && !is_told).then(|| Record {
        office_code_id: None,
        office_note: None,
        office_set_at: None,
        is_here: false,
        status: teacher.status(),
        version: record.version.saturating_add(1),
        ..record.clone()
    })
}
