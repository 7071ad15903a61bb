//! A student leaves the school: their places and their classes end with one day.

use chrono::NaiveDate;
use diesel::prelude::*;
use schema::{class_enrollments, school_enrollments, students};
use uuid::Uuid;

use super::student::{Student, hold};
use crate::{
    attendance::off_roll::{self, Gone},
    db::Db,
    error::{Error, Result},
    permit::UpdateStudents,
    words::{ClassEnrollmentStatus, StudentStatus},
};

/// The end of a student's time here.
#[derive(Clone, Debug)]
pub struct Withdrawal {
    /// The last day at school, inclusive.
    pub last_day: NaiveDate,
    /// Why, in a few words.
    pub reason: Option<String>,
    /// Whether they have finished school rather than left it.
    pub graduates: bool,
}

impl Withdrawal {
    /// Ends everything that runs after the last day; what had not begun by then is taken back. What was marked after it is
    /// put away and counts no more.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a student out of reach, [`Error::Invalid`] when nothing runs or the day is too early.
    pub fn record(&self, student: Uuid, db: &mut Db<'_, UpdateStudents>) -> Result<()> {
        let student = Student::of(student, db)?.id;
        hold(student, db)?;
        if self.last_day > db.today() {
            return Err(Error::invalid(
                "last_day",
                "Choose today or a day before; a place is ended on its last day.",
            ));
        }
        let row = students::table.find((db.organization(), student));
        self.end_places(student, db)?;
        self.end_classes(student, db)?;
        diesel::update(row)
            .set(students::status.eq(if self.graduates {
                StudentStatus::Graduated
            } else {
                StudentStatus::Withdrawn
            }))
            .execute(db.conn())?;
        Ok(())
    }

    fn end_places(&self, student: Uuid, db: &mut Db<'_, UpdateStudents>) -> Result<()> {
        let runs = school_enrollments::organization_id
            .eq(db.organization())
            .and(school_enrollments::student_id.eq(student))
            .and(school_enrollments::deleted_at.is_null())
            .and(school_enrollments::leaves_on.is_null().or(school_enrollments::leaves_on.gt(self.last_day)));
        let ended = diesel::update(school_enrollments::table)
            .filter(runs)
            .filter(school_enrollments::enters_on.le(self.last_day))
            .set((
                school_enrollments::leaves_on.eq(self.last_day),
                school_enrollments::exit_reason.eq(&self.reason),
            ))
            .execute(db.conn())?;
        if ended == 0 {
            return Err(Error::invalid("last_day", "They have no place here on that day and after it."));
        }
        diesel::update(school_enrollments::table)
            .filter(runs)
            .filter(school_enrollments::enters_on.gt(self.last_day))
            .set(school_enrollments::deleted_at.eq(db.now()))
            .execute(db.conn())?;
        Ok(())
    }

    fn end_classes(&self, student: Uuid, db: &mut Db<'_, UpdateStudents>) -> Result<()> {
        let runs = class_enrollments::organization_id
            .eq(db.organization())
            .and(class_enrollments::student_id.eq(student))
            .and(class_enrollments::deleted_at.is_null())
            .and(class_enrollments::ended_on.is_null().or(class_enrollments::ended_on.gt(self.last_day)));
        let ended: Vec<Uuid> = class_enrollments::table
            .filter(runs)
            .select(class_enrollments::class_id)
            .distinct()
            .load(db.conn())?;
        diesel::update(class_enrollments::table)
            .filter(runs)
            .filter(class_enrollments::enrolled_on.le(self.last_day))
            .set((
                class_enrollments::ended_on.eq(self.last_day),
                class_enrollments::status.eq(ClassEnrollmentStatus::Withdrawn),
            ))
            .execute(db.conn())?;
        diesel::update(class_enrollments::table)
            .filter(runs)
            .filter(class_enrollments::enrolled_on.gt(self.last_day))
            .set(class_enrollments::deleted_at.eq(db.now()))
            .execute(db.conn())?;
        let Some(from) = self.last_day.succ_opt() else { return Ok(()) };
        let gone: Vec<_> = ended.into_iter().map(|class| Gone { student, class, from }).collect();
        off_roll::take_back(&gone, db)
    }
}
