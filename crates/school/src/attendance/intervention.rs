//! What the school did about a student's absence: when, with whom, and what came of it.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use schema::{attendance_interventions as interventions, letters, students, users};
use uuid::Uuid;

use crate::{
    db::Db,
    error::{Error, Result},
    people::student::{Student, in_reach, visible},
    permit::{Grants, Permission, ReadAttendanceInterventions},
    words::{InterventionKind, InterventionOutcome},
};

/// The most that a student's page shows.
const SHOWN: i64 = 100;

/// A name as `users` has it: first and last.
type Name = Option<(String, String)>;

/// Something that was done, as it is kept.
#[derive(Clone, Debug, Queryable)]
pub struct Intervention {
    /// Its id.
    pub id: Uuid,
    /// What was done.
    pub kind: InterventionKind,
    /// On which day.
    pub happened_on: NaiveDate,
    /// With which contact, if with one.
    pub contact_id: Option<Uuid>,
    /// With whom, by name as it was then.
    pub with_name: Option<String>,
    /// What came of it.
    pub outcome: InterventionOutcome,
    /// What was said.
    pub note: Option<String>,
    /// Until then the student is off the list.
    pub look_again_on: NaiveDate,
    /// Why it was last corrected.
    pub corrected_because: Option<String>,
    /// Why it counts no more.
    pub withdrawn_because: Option<String>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// When it was last changed; an edit carries it.
    pub updated_at: DateTime<Utc>,
    /// The first of the letters that were written, where that is what was done.
    pub letter: Option<Uuid>,
    recorded_by: Name,
    changed_by: Name,
}

impl Intervention {
    /// Whoever recorded it, where a person of the school did.
    #[must_use]
    pub fn recorded_by(&self) -> Option<String> {
        full(&self.recorded_by)
    }

    /// Whoever corrected or withdrew it last.
    #[must_use]
    pub fn changed_by(&self) -> Option<String> {
        full(&self.changed_by)
    }

    /// Whether it counts no more.
    #[must_use]
    pub fn is_withdrawn(&self) -> bool {
        self.withdrawn_because.is_some()
    }

    /// The student whom it is or will be about.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a student out of reach.
    pub fn student(id: Uuid, db: &mut Db<'_, impl Grants<ReadAttendanceInterventions>>) -> Result<Student> {
        Ok(visible(db).filter(students::id.eq(id)).select(Student::as_select()).first(db.conn())?)
    }

    /// Everything that was ever recorded of a student, latest first. At most 100.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a student out of reach.
    pub fn of_student(
        student: Uuid,
        db: &mut Db<'_, impl Grants<ReadAttendanceInterventions>>,
    ) -> Result<Vec<Self>> {
        in_reach(student, db)?;
        found(student, None, db)
    }

    /// One of a student's.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a student out of reach, or one of another.
    pub fn of(
        (student, id): (Uuid, Uuid),
        db: &mut Db<'_, impl Grants<ReadAttendanceInterventions>>,
    ) -> Result<Self> {
        in_reach(student, db)?;
        found(student, Some(id), db)?.pop().ok_or(Error::NotFound)
    }
}

fn full(name: &Name) -> Option<String> {
    name.as_ref().map(|(first, last)| format!("{first} {last}"))
}

/// The first of the letters that were written with it.
#[diesel::dsl::auto_type(no_type_alias)]
fn first_letter() -> _ {
    letters::table
        .filter(letters::organization_id.eq(interventions::organization_id))
        .filter(letters::attendance_intervention_id.eq(interventions::id))
        .filter(letters::deleted_at.is_null())
        .order(letters::id)
        .select(letters::id)
        .single_value()
}

fn found<P: Permission>(student: Uuid, id: Option<Uuid>, db: &mut Db<'_, P>) -> Result<Vec<Intervention>> {
    let (authors, editors) = diesel::alias!(users as authors, users as editors);
    let author = authors
        .field(users::organization_id)
        .eq(interventions::organization_id.nullable())
        .and(authors.field(users::id).nullable().eq(interventions::created_by_id));
    let editor = editors
        .field(users::organization_id)
        .eq(interventions::organization_id.nullable())
        .and(editors.field(users::id).nullable().eq(interventions::updated_by_id));
    Ok(interventions::table
        .left_join(authors.on(author))
        .left_join(editors.on(editor))
        .filter(interventions::organization_id.eq(db.organization()))
        .filter(interventions::student_id.eq(student))
        .filter(id.is_none().into_sql::<diesel::sql_types::Bool>().or(interventions::id.nullable().eq(id)))
        .filter(interventions::deleted_at.is_null())
        .select((
            interventions::id,
            interventions::kind,
            interventions::happened_on,
            interventions::contact_id,
            interventions::with_name,
            interventions::outcome,
            interventions::note,
            interventions::look_again_on,
            interventions::corrected_because,
            interventions::withdrawn_because,
            interventions::created_at,
            interventions::updated_at,
            first_letter(),
            authors.fields((users::first_name, users::last_name)).nullable(),
            editors.fields((users::first_name, users::last_name)).nullable(),
        ))
        .order((interventions::happened_on.desc(), interventions::id.desc()))
        .limit(SHOWN)
        .load(db.conn())?)
}

/// The latest recorded for some students, whatever became of it: what two people who act at once compare.
pub(crate) fn latest<P: Permission>(students: &[Uuid], db: &mut Db<'_, P>) -> Result<Option<(Uuid, Uuid)>> {
    Ok(interventions::table
        .filter(interventions::organization_id.eq(db.organization()))
        .filter(interventions::student_id.eq_any(students))
        .order(interventions::id.desc())
        .select((interventions::id, interventions::student_id))
        .first(db.conn())
        .optional()?)
}
