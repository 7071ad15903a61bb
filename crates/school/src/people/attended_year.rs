//! A student's school year: what each day was worth, its marks, and what terms and the year add up to.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{
    attended_days::{Mark, loudness, marks, worths},
    student::{Student, visible},
};
use crate::{
    academics::{term::Term, year::AcademicYear},
    attendance::totals::Totals,
    db::Db,
    error::Result,
    permit::{Grants, ReadAttendanceRecords},
    words::AttendanceStatus,
};
use diesel::prelude::*;
use schema::students;

/// A student's year.
#[derive(Clone, Debug)]
pub struct AttendedYear {
    /// Who.
    pub student: Student,
    /// Every year that there is, newest first.
    pub years: Vec<AcademicYear>,
    /// The one that is shown; none before there is any.
    pub year: Option<AcademicYear>,
    /// Its days that count, oldest first.
    pub days: Vec<(NaiveDate, Totals)>,
    /// Its marks that are not simply present, latest first.
    pub marks: Vec<Mark>,
}

impl AttendedYear {
    /// The year with this id, else the one that `day` lies in.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for a student out of reach, and where there is no such year.
    pub fn of(
        student: Uuid,
        year: Option<Uuid>,
        day: NaiveDate,
        db: &mut Db<'_, impl Grants<ReadAttendanceRecords>>,
    ) -> Result<Self> {
        let student = visible(db).filter(students::id.eq(student)).select(Student::as_select());
        let student: Student = student.first(db.conn())?;
        let years = AcademicYear::all(db)?;
        let year = match year {
            Some(id) => Some(years.iter().find(|one| one.id == id).ok_or(crate::Error::NotFound)?),
            None => AcademicYear::at(day, &years),
        };
        let Some(year) = year.cloned() else {
            return Ok(Self { student, years, year: None, days: Vec::new(), marks: Vec::new() });
        };
        let span = (year.start_date, year.end_date);
        let mut days = worths(student.id, span, db)?;
        days.retain(|(_, worth)| worth.possible > 0);
        let marks = marks(student.id, span, false, db)?;
        Ok(Self { student, years, year: Some(year), days, marks })
    }

    /// What a day that counts was, by its loudest mark, and that mark's letter; nothing for a day that does not. A day without
    /// a mark was spent here, or missed whole where it says so.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> Option<(AttendanceStatus, Option<&str>, Totals)> {
        let at = self.days.binary_search_by_key(&day, |(day, _)| *day).ok()?;
        let (_, worth) = self.days.get(at)?;
        let (status, letter) = match self.marks_of(day).max_by_key(|mark| loudness(mark.status)) {
            Some(mark) => (mark.status, mark.letter.as_deref()),
            None if worth.attended == 0 => (AttendanceStatus::Absent, None),
            None => (AttendanceStatus::Present, None),
        };
        Some((status, letter, *worth))
    }

    /// The marks of a day that are not simply present.
    pub fn marks_of(&self, day: NaiveDate) -> impl Iterator<Item = &Mark> {
        self.marks.iter().filter(move |mark| mark.day == day)
    }

    /// What the days from the first to the last add up to.
    #[must_use]
    pub fn between(&self, first: NaiveDate, last: NaiveDate) -> Totals {
        let inside = |(day, _): &&(NaiveDate, Totals)| (first..=last).contains(day);
        self.days.iter().filter(inside).map(|(_, worth)| *worth).sum()
    }

    /// The year as a whole and each term of it that concerns this student's campus, with what its days add up to.
    #[must_use]
    pub fn parts(&self, terms: &[Term]) -> Vec<(String, NaiveDate, NaiveDate, Totals)> {
        let Some(year) = &self.year else { return Vec::new() };
        let whole = (year.name.clone(), year.start_date, year.end_date);
        let here = |term: &&Term| term.campus_id.is_none() || term.campus_id == self.student.campus_id;
        let terms = terms.iter().filter(here).map(|term| (term.name.clone(), term.start_date, term.end_date));
        std::iter::once(whole)
            .chain(terms)
            .map(|(name, first, last)| (name, first, last, self.between(first, last)))
            .collect()
    }
}
