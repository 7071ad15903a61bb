//! A month of one member of staff.

use chrono::{Datelike, Days, Months, NaiveDate};
use diesel::prelude::*;
use schema::{staff, staff_attendance_records as records};
use uuid::Uuid;

use super::staff_day::StaffRecord;
use crate::{
    db::Db,
    error::Result,
    people::staff_member::visible,
    permit::{Grants, ReadStaffAttendance},
    words::StaffAttendanceStatus,
};

/// What was recorded of somebody in a month.
#[derive(Clone, Debug)]
pub struct StaffMonth {
    /// Its first day.
    pub first: NaiveDate,
    /// By day.
    pub records: Vec<StaffRecord>,
}

/// A day of the month with its record; none for a day of another month.
pub type Square<'m> = Option<(NaiveDate, Option<&'m StaffRecord>)>;

impl StaffMonth {
    /// The month that a day lies in.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for somebody out of reach.
    pub fn of(
        person: Uuid,
        day: NaiveDate,
        db: &mut Db<'_, impl Grants<ReadStaffAttendance>>,
    ) -> Result<Self> {
        let _: Uuid = visible(db).filter(staff::id.eq(person)).select(staff::id).first(db.conn())?;
        let first = day.with_day(1).unwrap_or(day);
        let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
        let records = records::table
            .filter(records::organization_id.eq(db.organization()))
            .filter(records::staff_id.eq(person))
            .filter(records::deleted_at.is_null())
            .filter(records::attendance_date.ge(first).and(records::attendance_date.lt(next)))
            .select(StaffRecord::as_select())
            .order(records::attendance_date)
            .limit(31)
            .load(db.conn())?;
        Ok(Self { first, records })
    }

    /// How many days are recorded so.
    #[must_use]
    pub fn count(&self, status: StaffAttendanceStatus) -> usize {
        self.records.iter().filter(|record| record.status == status).count()
    }

    /// Days that were not simply present, or of which there is a note.
    pub fn told(&self) -> impl Iterator<Item = &StaffRecord> {
        let plain = |record: &StaffRecord| record.status == StaffAttendanceStatus::Present;
        self.records.iter().filter(move |record| !plain(record) || record.note.is_some())
    }

    /// Its weeks from Monday.
    #[must_use]
    pub fn weeks(&self) -> Vec<Vec<Square<'_>>> {
        let before = Days::new(self.first.weekday().num_days_from_monday().into());
        let monday = self.first.checked_sub_days(before).unwrap_or(self.first);
        let days: Vec<NaiveDate> = monday.iter_days().take(42).collect();
        let of_day = |day: &NaiveDate| {
            (day.month() == self.first.month())
                .then(|| (*day, self.records.iter().find(|record| record.attendance_date == *day)))
        };
        days.chunks(7)
            .map(|week| week.iter().map(of_day).collect::<Vec<_>>())
            .filter(|week| week.iter().any(Option::is_some))
            .collect()
    }
}
