//! A class's month on one sheet: every student, every school day, the letters of the marks, and what the days add up to.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, Months, NaiveDate};
use uuid::Uuid;

use super::{
    code::{self, Code},
    sheet_row::{self, SheetRow, Span},
    totals::Totals,
};
use crate::{
    academics::{
        calendar_day::CalendarDay,
        class::{Class, Described},
    },
    db::Db,
    error::Result,
    permit::{Grants, Permission, ReadAttendanceSessions},
    words::CalendarDayKind,
};

/// The sheet.
#[derive(Clone, Debug)]
pub struct RegisterSheet {
    /// The class.
    pub of: Described,
    /// The month's first day.
    pub month: NaiveDate,
    /// Its days with school, and those outside the week on which a register was submitted all the same.
    pub days: Vec<NaiveDate>,
    /// Those of them with a submitted register.
    pub submitted: Vec<NaiveDate>,
    /// Everybody who was on the roll in the month, by family name.
    pub rows: Vec<SheetRow>,
    /// The codes that stand on it, in order.
    pub codes: Vec<Code>,
}

impl RegisterSheet {
    /// The month that a day lies in.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for a class out of reach.
    pub fn of(
        class: Uuid,
        day: NaiveDate,
        db: &mut Db<'_, impl Grants<ReadAttendanceSessions>>,
    ) -> Result<Self> {
        let of = Class::described_in_reach(class, db)?;
        let month = day.with_day(1).unwrap_or(day);
        let next = month.checked_add_months(Months::new(1)).unwrap_or(month);
        let span = (month, next.checked_sub_days(Days::new(1)).unwrap_or(month));
        let all = code::all(db)?;
        let mut rows = sheet_row::roll(class, span, db)?;
        let mut found = sheet_row::marks(class, span, db)?;
        let called: BTreeSet<NaiveDate> = found.iter().map(|mark| mark.1).collect();
        let days = school_days(&of, span, &called, db)?;
        found.retain(|mark| days.contains(&mark.1));
        let submitted = called.into_iter().filter(|day| days.contains(day)).collect();
        let codes = sheet_row::place(&mut rows, found, &all);
        sheet_row::add(&mut rows, span, db)?;
        Ok(Self { of, month, days, submitted, rows, codes })
    }

    /// Everybody's days together.
    #[must_use]
    pub fn all(&self) -> Totals {
        self.rows.iter().map(|row| row.totals).sum()
    }
}

/// The days of a span on which the class's campus has school, or a register was called without the calendar saying that there
/// is none.
fn school_days<P: Permission>(
    of: &Described,
    (first, last): Span,
    called: &BTreeSet<NaiveDate>,
    db: &mut Db<'_, P>,
) -> Result<Vec<NaiveDate>> {
    let differ = CalendarDay::at_campuses(&[of.class.campus_id], (first, last), db)?;
    let held = |day: &NaiveDate| match differ.iter().find(|one| one.day == *day).map(|one| one.kind) {
        Some(CalendarDayKind::Holiday | CalendarDayKind::Closure) => false,
        Some(CalendarDayKind::MakeUp | CalendarDayKind::HalfDay) => {
            of.year.includes(*day) || called.contains(day)
        }
        None => of.year.holds_school_on(*day) || called.contains(day),
    };
    let month = first.iter_days().take_while(|day| day.month() == first.month());
    Ok(month.filter(held).collect())
}
