//! What the school's rules make of each record: how it ends, and what of it a roster says nothing about.

use chrono::NaiveDate;

use super::{
    record::{Moment, Record},
    records::{
        AcademicYear, Campus, Class, ClassEnrollment, ClassStaff, ClassSubject, Contact, Guardian,
        Guardianship, SchoolEnrollment, Staff, Student, Subject, Term,
    },
};
use crate::words::{ClassEnrollmentStatus, ClassStatus, ClassSubjectStatus, StaffStatus, StudentStatus};

impl Record for Campus {
    fn end(&mut self, _at: Moment) {
        self.active = false;
    }

    /// The code is given once: it stands on paper by now.
    fn settle(&mut self, have: &Self, _was_gone: bool, _at: Moment) {
        self.code.clone_from(&have.code);
    }
}

impl Record for AcademicYear {
    fn settle(&mut self, have: &Self, _was_gone: bool, _at: Moment) {
        self.current = have.current;
    }
}

impl Record for Term {}

impl Record for Subject {
    fn settle(&mut self, have: &Self, _was_gone: bool, _at: Moment) {
        self.code.clone_from(&have.code);
    }
}

impl Record for Student {
    const GUARDED: bool = true;

    fn end(&mut self, _at: Moment) {
        if self.status != StudentStatus::Graduated {
            self.status = StudentStatus::Withdrawn;
        }
    }

    /// A roster tells who is there, not who is on leave.
    fn settle(&mut self, have: &Self, was_gone: bool, _at: Moment) {
        if !was_gone && have.status != StudentStatus::Withdrawn {
            self.status = have.status;
        }
    }
}

impl Record for Staff {
    const GUARDED: bool = true;

    fn end(&mut self, _at: Moment) {
        self.status = StaffStatus::Left;
    }

    /// A roster tells who works there, not who is on leave.
    fn settle(&mut self, have: &Self, was_gone: bool, _at: Moment) {
        if !was_gone && have.status != StaffStatus::Left {
            self.status = have.status;
        }
    }
}

/// Whoever is no longer in a file stays known; what ends is the link to a student.
impl Record for Contact {}

impl Record for Guardian {
    const GUARDED: bool = true;

    /// A link has no dates: it is put away, and can be restored.
    fn end(&mut self, at: Moment) {
        self.deleted_at = self.deleted_at.or(Some(at.now));
    }
}

impl Record for Guardianship {
    const GUARDED: bool = true;

    fn end(&mut self, at: Moment) {
        self.deleted_at = self.deleted_at.or(Some(at.now));
    }
}

impl Record for Class {
    const GUARDED: bool = true;

    fn end(&mut self, _at: Moment) {
        self.status = ClassStatus::Closed;
    }
}

impl Record for ClassSubject {
    fn end(&mut self, _at: Moment) {
        self.status = ClassSubjectStatus::Inactive;
    }
}

impl Record for SchoolEnrollment {
    fn end(&mut self, at: Moment) {
        if self.enters_on > at.today {
            self.deleted_at = self.deleted_at.or(Some(at.now));
        } else {
            self.leaves_on = Some(last_day(self.enters_on, self.leaves_on, at));
        }
    }

    /// What has been, was: an export that begins later does not take days back.
    fn settle(&mut self, have: &Self, _was_gone: bool, at: Moment) {
        self.enters_on = first_day(self.enters_on, have.enters_on, at);
    }
}

impl Record for ClassEnrollment {
    const GUARDED: bool = true;

    fn end(&mut self, at: Moment) {
        if self.enrolled_on > at.today {
            self.deleted_at = self.deleted_at.or(Some(at.now));
        } else if self.status == ClassEnrollmentStatus::Active {
            self.ended_on = Some(last_day(self.enrolled_on, self.ended_on, at));
            self.status = ClassEnrollmentStatus::Withdrawn;
        }
    }

    fn settle(&mut self, have: &Self, _was_gone: bool, at: Moment) {
        self.enrolled_on = first_day(self.enrolled_on, have.enrolled_on, at);
    }
}

impl Record for ClassStaff {
    const GUARDED: bool = true;

    fn end(&mut self, at: Moment) {
        if self.starts_on > at.today {
            self.deleted_at = self.deleted_at.or(Some(at.now));
        } else {
            self.ends_on = Some(last_day(self.starts_on, self.ends_on, at));
        }
    }

    fn settle(&mut self, have: &Self, _was_gone: bool, at: Moment) {
        self.starts_on = first_day(self.starts_on, have.starts_on, at);
    }
}

/// Who is missing from an export was there until yesterday: today's register is without them.
fn last_day(first: NaiveDate, last: Option<NaiveDate>, at: Moment) -> NaiveDate {
    let yesterday = at.today.pred_opt().unwrap_or(at.today).max(first);
    last.map_or(yesterday, |last| last.min(yesterday))
}

fn first_day(wanted: NaiveDate, have: NaiveDate, at: Moment) -> NaiveDate {
    if have <= at.today { wanted.min(have) } else { wanted }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate};

    use super::{Moment, first_day, last_day};

    fn at(today: &str) -> Moment {
        Moment { now: DateTime::UNIX_EPOCH, today: day(today) }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn who_is_missing_today_was_there_until_yesterday() {
        let today = at("2026-11-23");
        let year_end = Some(day("2027-06-09"));
        assert_eq!(last_day(day("2026-08-15"), year_end, today), day("2026-11-22"));
        assert_eq!(last_day(day("2026-11-23"), year_end, today), day("2026-11-23"));
        assert_eq!(last_day(day("2026-08-15"), Some(day("2026-10-01")), today), day("2026-10-01"));
    }

    #[test]
    fn days_that_have_been_are_never_taken_back() {
        let today = at("2027-01-15");
        let (autumn, spring) = (day("2026-08-15"), day("2027-01-09"));
        assert_eq!(first_day(spring, autumn, today), autumn);
        assert_eq!(first_day(autumn, spring, today), autumn);
        assert_eq!(first_day(spring, autumn, at("2026-08-01")), spring);
    }
}
