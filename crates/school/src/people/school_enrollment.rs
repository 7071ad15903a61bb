//! The truth of where a student is: campus, year and grade, dated.

use chrono::NaiveDate;
use diesel::prelude::*;
use schema::{school_enrollments, students};
use uuid::Uuid;

use crate::{
    clock::new_id,
    db::Db,
    error::Result,
    permit::{Permission, Seed},
};

/// A place for a student at a campus.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = school_enrollments)]
pub struct NewSchoolEnrollment {
    /// Who.
    pub student_id: Uuid,
    /// Where.
    pub campus_id: Uuid,
    /// In which year.
    pub academic_year_id: Uuid,
    /// In which grade.
    pub grade_id: Option<Uuid>,
    /// The first day.
    pub enters_on: NaiveDate,
}

/// Gives a student a place while a school is set up, and the student's own campus and first day follow; pages go through
/// [`super::placement`].
///
/// # Errors
/// [`crate::Error::NotFound`] for a campus, year or grade of elsewhere.
pub fn admit(new: &NewSchoolEnrollment, db: &mut Db<'_, Seed>) -> Result<()> {
    insert(new, db)
}

pub(crate) fn insert<P: Permission>(new: &NewSchoolEnrollment, db: &mut Db<'_, P>) -> Result<()> {
    diesel::insert_into(school_enrollments::table)
        .values((
            new,
            school_enrollments::organization_id.eq(db.organization()),
            school_enrollments::id.eq(new_id()),
        ))
        .execute(db.conn())?;
    diesel::update(students::table)
        .filter(students::organization_id.eq(db.organization()))
        .filter(students::id.eq(new.student_id))
        .set((students::campus_id.eq(new.campus_id), students::enrollment_date.eq(new.enters_on)))
        .execute(db.conn())?;
    Ok(())
}
