//! A student goes off a class's roll, or over to another class.

use chrono::NaiveDate;
use diesel::prelude::*;
use schema::class_enrollments;
use uuid::Uuid;

use super::{
    class::{Class, hold},
    joining::Joining,
    roster::{Seat, seat},
    year::AcademicYear,
};
use crate::{
    attendance::off_roll::{self, Gone},
    db::Db,
    error::{Error, Result},
    people::student::hold as hold_student,
    permit::UpdateClassEnrollments,
    words::ClassEnrollmentStatus,
};

/// The end of somebody's time in a class.
#[derive(Clone, Debug)]
pub struct Leaving {
    /// The class.
    pub class: Uuid,
    /// The enrollment in it.
    pub enrollment: Uuid,
    /// The last day on the roll, inclusive.
    pub last_day: NaiveDate,
    /// How it ended.
    pub status: ClassEnrollmentStatus,
}

impl Leaving {
    /// Takes the student off the roll after the last day. What was marked on later days is put away and counts no more.
    ///
    /// # Errors
    /// [`Error::NotFound`] out of reach, [`Error::Invalid`] for a day before they came.
    pub fn record(&self, db: &mut Db<'_, UpdateClassEnrollments>) -> Result<()> {
        let seat = held(&[self.class], self.enrollment, db)?;
        if self.last_day < seat.enrolled_on {
            let day = seat.enrolled_on.format("%-d %B %Y");
            return Err(Error::invalid(
                "last_day",
                format!("They came on {day}. Choose that day or a later one."),
            ));
        }
        if self.status == ClassEnrollmentStatus::Active {
            return Err(Error::invalid("status", "Say how it ended."));
        }
        self.check_end(&seat, db)?;
        end(seat.id, self.last_day, self.status, db)?;
        let Some(from) = self.last_day.succ_opt() else { return Ok(()) };
        off_roll::take_back(&[Gone { student: seat.student.id, class: self.class, from }], db)
    }
}

impl Leaving {
    /// Whoever has left does not stay longer after all, and nobody stays beyond the year.
    fn check_end(&self, seat: &Seat, db: &mut Db<'_, UpdateClassEnrollments>) -> Result<()> {
        let before: ClassEnrollmentStatus = class_enrollments::table
            .find((db.organization(), seat.id))
            .select(class_enrollments::status)
            .first(db.conn())?;
        let is_over = before != ClassEnrollmentStatus::Active;
        if let Some(last) = seat.ended_on.filter(|last| is_over && self.last_day > *last) {
            let day = last.format("%-d %B %Y");
            return Err(Error::invalid(
                "last_day",
                format!("They left on {day}. Put them on the roll again from the day they are back."),
            ));
        }
        let class = Class::of(self.class, db)?;
        let years = AcademicYear::all(db)?;
        match years.iter().find(|year| year.id == class.academic_year_id) {
            Some(year) if !year.includes(self.last_day) => Err(Error::invalid("last_day", year.says_when())),
            _ => Ok(()),
        }
    }
}

/// Takes hold of the student first and of the classes then, in the order of everybody who does, and answers the seat.
fn held(classes: &[Uuid], enrollment: Uuid, db: &mut Db<'_, UpdateClassEnrollments>) -> Result<Seat> {
    let class = classes.first().copied().unwrap_or_default();
    let student = seat(class, enrollment, db)?.student.id;
    hold_student(student, db)?;
    hold(classes, db)?;
    seat(class, enrollment, db)
}

/// From one class to another, with no day in both and none in neither.
#[derive(Clone, Debug)]
pub struct Transfer {
    /// The class that they leave.
    pub class: Uuid,
    /// The enrollment in it.
    pub enrollment: Uuid,
    /// The class where they go.
    pub to: Uuid,
    /// The first day there.
    pub on: NaiveDate,
    /// Whether it was said that one more may come than there are places.
    pub beyond_capacity: bool,
}

impl Transfer {
    /// Ends the one the day before and begins the other. Where they came to the first on that same day, they were
    /// never there. What was marked in the first from that day on is put away and counts no more.
    ///
    /// # Errors
    /// [`Error::NotFound`] out of reach, [`Error::Invalid`] for everything that keeps them where they are.
    pub fn make(&self, db: &mut Db<'_, UpdateClassEnrollments>) -> Result<()> {
        let seat = held(&[self.class, self.to], self.enrollment, db)?;
        let unknown = |error| match error {
            Error::NotFound => Error::invalid("to", "Choose one from the list."),
            other => other,
        };
        let to = Class::of(self.to, db).map_err(unknown)?;
        if to.id == self.class {
            return Err(Error::invalid("to", "They are in this class. Choose another."));
        }
        if seat.ended_on.is_some_and(|last| last < self.on) {
            return Err(Error::invalid("on", "They have left this class before that day."));
        }
        match self.on.pred_opt() {
            Some(eve) if eve >= seat.enrolled_on => {
                end(seat.id, eve, ClassEnrollmentStatus::Transferred, db)?;
            }
            _ => take_back(seat.id, db)?,
        }
        let joining = Joining {
            class: to.id,
            student: seat.student.id,
            from: self.on,
            beyond_capacity: self.beyond_capacity,
        };
        joining.make(db).map_err(as_transfer)?;
        off_roll::take_back(&[Gone { student: seat.student.id, class: self.class, from: self.on }], db)
    }
}

/// The same refusals, by the fields of this form.
fn as_transfer(error: Error) -> Error {
    match error {
        Error::Invalid { field, message } => Error::Invalid {
            field: match field {
                "student_id" => "to",
                "enrolled_on" => "on",
                other => other,
            },
            message,
        },
        other => other,
    }
}

fn end(
    enrollment: Uuid,
    last_day: NaiveDate,
    status: ClassEnrollmentStatus,
    db: &mut Db<'_, UpdateClassEnrollments>,
) -> Result<()> {
    diesel::update(class_enrollments::table.find((db.organization(), enrollment)))
        .set((class_enrollments::ended_on.eq(last_day), class_enrollments::status.eq(status)))
        .execute(db.conn())?;
    Ok(())
}

fn take_back(enrollment: Uuid, db: &mut Db<'_, UpdateClassEnrollments>) -> Result<()> {
    diesel::update(class_enrollments::table.find((db.organization(), enrollment)))
        .set(class_enrollments::deleted_at.eq(db.now()))
        .execute(db.conn())?;
    Ok(())
}
