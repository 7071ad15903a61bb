//! A student's places at campuses: the first one, a move, and the list of them.

use chrono::NaiveDate;
use diesel::prelude::*;
use schema::{academic_years, campuses, grades, school_enrollments, students};
use uuid::Uuid;

use super::{
    particulars::Background,
    school_enrollment::{NewSchoolEnrollment, insert},
    student::{NewStudent, Student, hold},
};
use crate::{
    academics::{campus::Campus, grade::Grade, year::AcademicYear},
    db::Db,
    error::{Error, Result},
    permit::{CreateStudents, Grants, Permission, ReadStudents, UpdateStudents},
    words::StudentStatus,
};

/// A place as a student's page shows one.
#[derive(Clone, Debug, Queryable)]
pub struct Placement {
    /// The campus's name.
    pub campus: String,
    /// The year's name.
    pub year: String,
    /// The grade's name.
    pub grade: Option<String>,
    /// The first day.
    pub enters_on: NaiveDate,
    /// The last day; none while it runs.
    pub leaves_on: Option<NaiveDate>,
    /// Why it ended.
    pub exit_reason: Option<String>,
}

/// A new student and their first place.
#[derive(Clone, Debug)]
pub struct Admission {
    /// Who.
    pub student: NewStudent,
    /// Names at birth.
    pub background: Background,
    /// Where; its student is the one to be made.
    pub place: NewSchoolEnrollment,
}

impl Admission {
    /// Enrolls the student and gives them the place.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the number is taken, the program not offered, or the place not theirs to give.
    pub fn make(&self, db: &mut Db<'_, CreateStudents>) -> Result<Uuid> {
        check(&self.place, db)?;
        self.background.check(None, db)?;
        let id = Student::enroll(&self.student, db)?.id;
        diesel::update(students::table.find((db.organization(), id)))
            .set(&self.background)
            .execute(db.conn())?;
        let mut place = self.place.clone();
        place.student_id = id;
        insert(&place, db)?;
        Ok(id)
    }
}

/// Gives a student another place; one that runs ends the day before.
///
/// # Errors
/// [`Error::NotFound`] for a student out of reach, [`Error::Invalid`] for a place that cannot be.
pub fn move_to(new: &NewSchoolEnrollment, db: &mut Db<'_, UpdateStudents>) -> Result<()> {
    let student = Student::of(new.student_id, db)?;
    hold(student.id, db)?;
    check(new, db)?;
    if new.enters_on > db.today() && student.campus_id.is_some_and(|campus| campus != new.campus_id) {
        let day = "They go to another campus only from today or an earlier day: enter it when it has come.";
        return Err(Error::invalid("enters_on", day));
    }
    end_before(new, db)?;
    insert(new, db)?;
    diesel::update(students::table.find((db.organization(), student.id)))
        .set(students::status.eq(StudentStatus::Active))
        .execute(db.conn())?;
    Ok(())
}

fn end_before(new: &NewSchoolEnrollment, db: &mut Db<'_, UpdateStudents>) -> Result<()> {
    let running = school_enrollments::table
        .filter(school_enrollments::organization_id.eq(db.organization()))
        .filter(school_enrollments::student_id.eq(new.student_id))
        .filter(school_enrollments::deleted_at.is_null())
        .filter(school_enrollments::is_main)
        .filter(school_enrollments::leaves_on.is_null().or(school_enrollments::leaves_on.ge(new.enters_on)));
    let latest: Option<NaiveDate> = running
        .select(school_enrollments::enters_on)
        .order(school_enrollments::enters_on.desc())
        .first(db.conn())
        .optional()?;
    let Some(latest) = latest else { return Ok(()) };
    if latest >= new.enters_on {
        let day = latest.format("%-d %B %Y");
        return Err(Error::invalid(
            "enters_on",
            format!("They have a place from {day} already. Choose a later day."),
        ));
    }
    diesel::update(school_enrollments::table)
        .filter(school_enrollments::organization_id.eq(db.organization()))
        .filter(
            school_enrollments::id.eq_any(running.select(school_enrollments::id).load::<Uuid>(db.conn())?),
        )
        .set((
            school_enrollments::leaves_on.eq(new.enters_on.pred_opt()),
            school_enrollments::exit_reason.eq("Moved"),
        ))
        .execute(db.conn())?;
    Ok(())
}

/// Campus in reach, a grade of ours, a day of the year.
fn check<P: Permission>(new: &NewSchoolEnrollment, db: &mut Db<'_, P>) -> Result<()> {
    let one_of = |field| Error::invalid(field, "Choose one from the list.");
    if !Campus::is_offered(new.campus_id, db)? {
        return Err(one_of("campus_id"));
    }
    if let Some(grade) = new.grade_id
        && !Grade::all(db)?.iter().any(|known| known.id == grade)
    {
        return Err(one_of("grade_id"));
    }
    let years = AcademicYear::all(db)?;
    let year = years.iter().find(|year| year.id == new.academic_year_id);
    let year = year.ok_or_else(|| one_of("academic_year_id"))?;
    if year.includes(new.enters_on) { Ok(()) } else { Err(Error::invalid("enters_on", year.says_when())) }
}

impl Placement {
    /// A student's places, newest first. At most 50.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a student out of reach.
    pub fn of_student(student: Uuid, db: &mut Db<'_, impl Grants<ReadStudents>>) -> Result<Vec<Self>> {
        Student::of(student, db)?;
        Ok(school_enrollments::table
            .inner_join(
                campuses::table.on(campuses::organization_id
                    .eq(school_enrollments::organization_id)
                    .and(campuses::id.eq(school_enrollments::campus_id))),
            )
            .inner_join(
                academic_years::table.on(academic_years::organization_id
                    .eq(school_enrollments::organization_id)
                    .and(academic_years::id.eq(school_enrollments::academic_year_id))),
            )
            .left_join(
                grades::table.on(grades::organization_id
                    .eq(school_enrollments::organization_id)
                    .and(grades::id.nullable().eq(school_enrollments::grade_id))),
            )
            .filter(school_enrollments::organization_id.eq(db.organization()))
            .filter(school_enrollments::student_id.eq(student))
            .filter(school_enrollments::deleted_at.is_null())
            .select((
                campuses::name,
                academic_years::name,
                grades::name.nullable(),
                school_enrollments::enters_on,
                school_enrollments::leaves_on,
                school_enrollments::exit_reason,
            ))
            .order((school_enrollments::enters_on.desc(), school_enrollments::id))
            .limit(50)
            .load(db.conn())?)
    }

    /// Whether it runs on a day.
    #[must_use]
    pub fn runs_on(&self, day: NaiveDate) -> bool {
        self.enters_on <= day && self.leaves_on.is_none_or(|last| last >= day)
    }
}
