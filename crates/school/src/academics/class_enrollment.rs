//! Who is on which roll, and since when.

use chrono::NaiveDate;
use diesel::prelude::*;
use schema::class_enrollments;
use uuid::Uuid;

use crate::{
    clock::new_id,
    db::Db,
    error::{Error, Result},
    permit::{Permission, Seed},
};

/// Puts a student on a class's roll from a day on while a school is set up; pages go through [`super::joining`].
///
/// # Errors
/// [`Error::Invalid`] when the student is on it already, [`Error::NotFound`] for a class or student of elsewhere.
pub fn enroll(class: Uuid, student: Uuid, from: NaiveDate, db: &mut Db<'_, Seed>) -> Result<()> {
    insert(class, student, from, db)
}

pub(crate) fn insert<P: Permission>(
    class: Uuid,
    student: Uuid,
    from: NaiveDate,
    db: &mut Db<'_, P>,
) -> Result<()> {
    diesel::insert_into(class_enrollments::table)
        .values((
            class_enrollments::organization_id.eq(db.organization()),
            class_enrollments::id.eq(new_id()),
            class_enrollments::class_id.eq(class),
            class_enrollments::student_id.eq(student),
            class_enrollments::enrolled_on.eq(from),
        ))
        .execute(db.conn())
        .map_err(|error| {
            Error::from(error).taken(
                "class_enrollments_open",
                "student",
                "This student is in the class already.",
            )
        })?;
    Ok(())
}
