//! A student comes onto a class's roll from a page, with everything that must hold.

use chrono::NaiveDate;
use diesel::{dsl::count_star, prelude::*};
use schema::{class_enrollments, classes, students};
use uuid::Uuid;

use super::{
    class::{Class, hold},
    class_enrollment::insert,
    year::AcademicYear,
};
use crate::{
    db::Db,
    error::{Error, Result},
    people::student::{hold as hold_student, in_reach},
    permit::UpdateClassEnrollments,
    words::{ClassKind, ClassStatus, StudentStatus},
};

/// A student, a class and a first day.
#[derive(Clone, Debug)]
pub struct Joining {
    /// The class.
    pub class: Uuid,
    /// The student.
    pub student: Uuid,
    /// The first day.
    pub from: NaiveDate,
    /// Whether it was said that one more may come than there are places.
    pub beyond_capacity: bool,
}

fn unknown(error: Error) -> Error {
    match error {
        Error::NotFound => Error::invalid("student_id", "Choose a student."),
        other => other,
    }
}

impl Joining {
    /// Puts the student on the roll.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a class out of reach, [`Error::Invalid`] for everything that keeps the student out.
    pub fn make(&self, db: &mut Db<'_, UpdateClassEnrollments>) -> Result<()> {
        hold_student(self.student, db).map_err(unknown)?;
        hold(&[self.class], db)?;
        let class = Class::of(self.class, db)?;
        self.check_student(db)?;
        self.check_day(&class, db)?;
        self.check_rolls(&class, db)?;
        self.check_capacity(&class, db)?;
        insert(self.class, self.student, self.from, db)
    }

    fn check_student(&self, db: &mut Db<'_, UpdateClassEnrollments>) -> Result<()> {
        in_reach(self.student, db).map_err(unknown)?;
        let status: StudentStatus = students::table
            .find((db.organization(), self.student))
            .select(students::status)
            .first(db.conn())?;
        match status {
            StudentStatus::Withdrawn | StudentStatus::Graduated => {
                Err(Error::invalid("student_id", "They have left the school. Enrol them again first."))
            }
            StudentStatus::Active | StudentStatus::Prospective | StudentStatus::OnLeave => Ok(()),
        }
    }

    fn check_day(&self, class: &Class, db: &mut Db<'_, UpdateClassEnrollments>) -> Result<()> {
        if class.status == ClassStatus::Closed {
            return Err(Error::invalid("enrolled_on", "This class is closed."));
        }
        let years = AcademicYear::all(db)?;
        match years.iter().find(|year| year.id == class.academic_year_id) {
            Some(year) if !year.includes(self.from) => Err(Error::invalid("enrolled_on", year.says_when())),
            _ => Ok(()),
        }
    }

    /// Nobody is twice on one roll, or on two homerooms' rolls, on the same day.
    fn check_rolls(&self, class: &Class, db: &mut Db<'_, UpdateClassEnrollments>) -> Result<()> {
        let rolls: Vec<(Uuid, String, ClassKind)> = class_enrollments::table
            .inner_join(
                classes::table.on(classes::organization_id
                    .eq(class_enrollments::organization_id)
                    .and(classes::id.eq(class_enrollments::class_id))),
            )
            .filter(class_enrollments::organization_id.eq(db.organization()))
            .filter(class_enrollments::student_id.eq(self.student))
            .filter(class_enrollments::deleted_at.is_null())
            .filter(class_enrollments::ended_on.is_null().or(class_enrollments::ended_on.ge(self.from)))
            .select((classes::id, classes::name, classes::kind))
            .limit(200)
            .load(db.conn())?;
        let is_homeroom = |kind| kind == ClassKind::Homeroom && class.kind == kind;
        if rolls.iter().any(|(id, ..)| *id == class.id) {
            return Err(Error::invalid("student_id", "They are on this roll on that day or later already."));
        }
        match rolls.iter().find(|(.., kind)| is_homeroom(*kind)) {
            Some((_, name, _)) => Err(Error::invalid(
                "student_id",
                format!("They are in {name}. Open its roll and move them from there."),
            )),
            None => Ok(()),
        }
    }

    fn check_capacity(&self, class: &Class, db: &mut Db<'_, UpdateClassEnrollments>) -> Result<()> {
        let Some(places) = class.capacity.filter(|_| !self.beyond_capacity) else {
            return Ok(());
        };
        let taken: i64 = class_enrollments::table
            .filter(class_enrollments::organization_id.eq(db.organization()))
            .filter(class_enrollments::class_id.eq(class.id))
            .filter(class_enrollments::deleted_at.is_null())
            .filter(class_enrollments::enrolled_on.le(self.from))
            .filter(class_enrollments::ended_on.is_null().or(class_enrollments::ended_on.ge(self.from)))
            .select(count_star())
            .first(db.conn())?;
        if taken < i64::from(places) {
            return Ok(());
        }
        Err(Error::invalid(
            "beyond_capacity",
            format!("{} is full: {taken} of {places} places are taken. Tick it to add one more.", class.name),
        ))
    }
}
