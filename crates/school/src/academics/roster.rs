//! Who is on a class's roll on a day.

use chrono::NaiveDate;
use diesel::prelude::*;
use schema::{class_enrollments, classes, students};
use uuid::Uuid;

use super::class::{Class, visible};
use crate::{
    db::Db,
    error::Result,
    people::student::{Student, in_reach},
    permit::{Grants, Permission, ReadClasses, ReadStudents},
    words::{ClassEnrollmentStatus, ClassKind},
};

/// The most names on one roll.
const LARGEST: i64 = 2000;

/// A name on the roll.
#[derive(Clone, Debug, Queryable)]
pub struct Seat {
    /// The enrollment's id.
    pub id: Uuid,
    /// Who.
    pub student: Student,
    /// Since when.
    pub enrolled_on: NaiveDate,
    /// The last day; none while it runs.
    pub ended_on: Option<NaiveDate>,
}

/// The roll of a day, by family name.
///
/// # Errors
/// [`crate::Error::NotFound`] for a class out of reach.
pub fn of_class(class: Uuid, day: NaiveDate, db: &mut Db<'_, impl Grants<ReadClasses>>) -> Result<Vec<Seat>> {
    let class = Class::of(class, db)?.id;
    seats(class, day, db)
}

pub(crate) fn seats<P: Permission>(class: Uuid, day: NaiveDate, db: &mut Db<'_, P>) -> Result<Vec<Seat>> {
    Ok(class_enrollments::table
        .inner_join(
            students::table.on(students::organization_id
                .eq(class_enrollments::organization_id)
                .and(students::id.eq(class_enrollments::student_id))),
        )
        .filter(class_enrollments::organization_id.eq(db.organization()))
        .filter(class_enrollments::class_id.eq(class))
        .filter(class_enrollments::deleted_at.is_null())
        .filter(class_enrollments::enrolled_on.le(day))
        .filter(class_enrollments::ended_on.is_null().or(class_enrollments::ended_on.ge(day)))
        .filter(students::deleted_at.is_null())
        .select((
            class_enrollments::id,
            Student::as_select(),
            class_enrollments::enrolled_on,
            class_enrollments::ended_on,
        ))
        .order((students::last_name, students::first_name, students::id))
        .limit(LARGEST)
        .load(db.conn())?)
}

/// A name on the roll by the enrollment's id, whatever the day.
///
/// # Errors
/// [`crate::Error::NotFound`] for a class out of reach or an enrollment of another class.
pub fn seat(class: Uuid, enrollment: Uuid, db: &mut Db<'_, impl Grants<ReadClasses>>) -> Result<Seat> {
    let class = Class::of(class, db)?.id;
    Ok(class_enrollments::table
        .inner_join(
            students::table.on(students::organization_id
                .eq(class_enrollments::organization_id)
                .and(students::id.eq(class_enrollments::student_id))),
        )
        .filter(class_enrollments::organization_id.eq(db.organization()))
        .filter(class_enrollments::class_id.eq(class))
        .filter(class_enrollments::id.eq(enrollment))
        .filter(class_enrollments::deleted_at.is_null())
        .select((
            class_enrollments::id,
            Student::as_select(),
            class_enrollments::enrolled_on,
            class_enrollments::ended_on,
        ))
        .first(db.conn())?)
}

/// A class as a student's page shows it.
#[derive(Clone, Debug, Queryable)]
pub struct Attended {
    /// The class.
    pub class_id: Uuid,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub kind: ClassKind,
    /// Since when.
    pub enrolled_on: NaiveDate,
    /// The last day; none while it runs.
    pub ended_on: Option<NaiveDate>,
    /// How it stands.
    pub status: ClassEnrollmentStatus,
}

/// Which of these classes the reader of the student may open.
///
/// # Errors
/// [`crate::Error::Unavailable`] when the database is away.
pub fn open_to(attended: &[Attended], db: &mut Db<'_, impl Grants<ReadStudents>>) -> Result<Vec<Uuid>> {
    let ids: Vec<Uuid> = attended.iter().map(|class| class.class_id).collect();
    Ok(visible(db).filter(classes::id.eq_any(ids)).select(classes::id).load(db.conn())?)
}

/// A student's classes, the latest first. At most 100.
///
/// # Errors
/// [`crate::Error::NotFound`] for a student out of reach.
pub fn of_student(student: Uuid, db: &mut Db<'_, impl Grants<ReadStudents>>) -> Result<Vec<Attended>> {
    in_reach(student, db)?;
    Ok(class_enrollments::table
        .inner_join(
            classes::table.on(classes::organization_id
                .eq(class_enrollments::organization_id)
                .and(classes::id.eq(class_enrollments::class_id))),
        )
        .filter(class_enrollments::organization_id.eq(db.organization()))
        .filter(class_enrollments::student_id.eq(student))
        .filter(class_enrollments::deleted_at.is_null())
        .filter(classes::deleted_at.is_null())
        .select((
            class_enrollments::class_id,
            classes::name,
            classes::kind,
            class_enrollments::enrolled_on,
            class_enrollments::ended_on,
            class_enrollments::status,
        ))
        .order((class_enrollments::enrolled_on.desc(), classes::kind, classes::name, class_enrollments::id))
        .limit(100)
        .load(db.conn())?)
}
