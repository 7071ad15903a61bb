//! School has to close: for a whole day, which takes its registers back, or from an hour on, which leaves half a day.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use diesel::prelude::*;
use schema::{attendance_sessions as sessions, calendar_days, closure_withdrawals as withdrawals, closures};
use uuid::Uuid;

use super::{
    calendar_change::{Row, hold, recount},
    calendar_day::CalendarDay,
    campus::Campus,
    closing,
    year::AcademicYear,
};
use crate::{
    clock::new_id,
    db::Db,
    error::{Error, Result},
    permit::UpdateCalendarDays,
    words::CalendarDayKind,
};

/// A closure to be declared.
#[derive(Clone, Debug)]
pub struct Closing {
    /// Which day.
    pub day: NaiveDate,
    /// Where; at least one campus.
    pub campuses: Vec<Uuid>,
    /// The hour from which there is no school; none: there is none all day.
    pub closes_at: Option<NaiveTime>,
    /// What people are told.
    pub reason: Option<String>,
}

impl Closing {
    /// Closes the campuses. For a whole day every register that was submitted on it goes back, and is remembered; closing
    /// from an hour on makes a half day of it, and registers stay. Answers the closure's id.
    ///
    /// # Errors
    /// [`Error::Invalid`] where there is no school that day anyway, and for an hour outside a campus's day as it is planned.
    pub fn declare(&self, db: &mut Db<'_, UpdateCalendarDays>) -> Result<Uuid> {
        let campuses = hold(&self.campuses, db)?;
        let days = CalendarDay::within(&self.campuses, (self.day, self.day), db)?;
        self.check_open(&campuses, &days, db)?;
        self.check_hour(&campuses, &days, db)?;
        let id = new_id();
        diesel::insert_into(closures::table)
            .values((
                (closures::organization_id.eq(db.organization()), closures::id.eq(id)),
                (closures::day.eq(self.day), closures::closes_at.eq(self.closes_at)),
                closures::reason.eq(&self.reason),
            ))
            .execute(db.conn())?;
        self.mark(id, &days, db)?;
        if self.closes_at.is_none() {
            self.withdraw(id, db)?;
        }
        recount(&self.campuses, (self.day, self.day), db)?;
        Ok(id)
    }

    fn check_open(
        &self,
        campuses: &[Campus],
        days: &[CalendarDay],
        db: &mut Db<'_, UpdateCalendarDays>,
    ) -> Result<()> {
        let years = AcademicYear::all(db)?;
        let year = years.iter().find(|year| year.includes(self.day));
        for campus in campuses {
            let said = days.iter().find(|said| said.campus_id == campus.id);
            if let Some(why) = closing::why_off(self.day, year, said) {
                return Err(Error::invalid("campus", format!("{}: {why}.", campus.name)));
            }
        }
        Ok(())
    }

    fn check_hour(
        &self,
        campuses: &[Campus],
        days: &[CalendarDay],
        db: &mut Db<'_, UpdateCalendarDays>,
    ) -> Result<()> {
        let Some(at) = self.closes_at else { return Ok(()) };
        let hours = closing::hours(&self.campuses, db)?;
        for campus in campuses {
            let planned = days.iter().find(|said| said.campus_id == campus.id);
            if let Some(hours) = hours.get(&campus.id).map(|usual| within(*usual, planned))
                && (at <= hours.0 || at >= hours.1)
            {
                return Err(closing::outside(campus, "closes_at", hours));
            }
        }
        Ok(())
    }

    /// Writes the closure into the calendar, in the place of what stood there.
    fn mark(&self, id: Uuid, before: &[CalendarDay], db: &mut Db<'_, UpdateCalendarDays>) -> Result<()> {
        let (organization_id, now) = (db.organization(), db.now());
        diesel::update(calendar_days::table)
            .filter(calendar_days::organization_id.eq(organization_id))
            .filter(calendar_days::id.eq_any(before.iter().map(|day| day.id).collect::<Vec<_>>()))
            .set((calendar_days::deleted_at.eq(now), calendar_days::replaced_by_id.eq(id)))
            .execute(db.conn())?;
        let rows: Vec<Row<'_>> = self
            .campuses
            .iter()
            .map(|campus_id| Row {
                organization_id,
                id: new_id(),
                campus_id: *campus_id,
                day: self.day,
                kind: self.closes_at.map_or(CalendarDayKind::Closure, |_| CalendarDayKind::HalfDay),
                starts_at: self.closes_at.and_then(|at| began(*campus_id, before, at)),
                ends_at: self.closes_at,
                note: self.reason.as_deref(),
                closure_id: Some(id),
            })
            .collect();
        diesel::insert_into(calendar_days::table).values(rows).execute(db.conn())?;
        Ok(())
    }

    /// Takes back what was submitted, and remembers by whom and when.
    fn withdraw(&self, id: Uuid, db: &mut Db<'_, UpdateCalendarDays>) -> Result<()> {
        let organization = db.organization();
        let submitted: Vec<(Uuid, Option<DateTime<Utc>>, Option<Uuid>)> = sessions::table
            .filter(sessions::organization_id.eq(organization))
            .filter(sessions::campus_id.eq_any(&self.campuses))
            .filter(sessions::session_date.eq(self.day))
            .filter(sessions::submitted_at.is_not_null())
            .filter(sessions::deleted_at.is_null())
            .select((sessions::id, sessions::submitted_at, sessions::submitted_by_id))
            .order(sessions::id)
            .for_update()
            .load(db.conn())?;
        let rows: Vec<_> = submitted
            .iter()
            .filter_map(|(session, at, by)| {
                Some((
                    (withdrawals::organization_id.eq(organization), withdrawals::id.eq(new_id())),
                    (withdrawals::closure_id.eq(id), withdrawals::attendance_session_id.eq(*session)),
                    (withdrawals::submitted_at.eq((*at)?), withdrawals::submitted_by_id.eq((*by)?)),
                ))
            })
            .collect();
        diesel::insert_into(withdrawals::table).values(rows).execute(db.conn())?;
        diesel::update(sessions::table)
            .filter(sessions::organization_id.eq(organization))
            .filter(sessions::id.eq_any(submitted.iter().map(|session| session.0).collect::<Vec<_>>()))
            .set((
                sessions::submitted_at.eq(None::<DateTime<Utc>>),
                sessions::submitted_by_id.eq(None::<Uuid>),
                sessions::version.eq(sessions::version + 1),
            ))
            .execute(db.conn())?;
        Ok(())
    }
}

/// The hours of a campus's day as it is planned: half a day is shorter.
fn within((starts, ends): (NaiveTime, NaiveTime), planned: Option<&CalendarDay>) -> (NaiveTime, NaiveTime) {
    let later = planned.and_then(|day| day.starts_at).unwrap_or(starts);
    let earlier = planned.and_then(|day| day.ends_at).unwrap_or(ends);
    (starts.max(later), ends.min(earlier))
}

/// When a half day that now ends earlier began.
fn began(campus: Uuid, before: &[CalendarDay], closes_at: NaiveTime) -> Option<NaiveTime> {
    let day = before.iter().find(|day| day.campus_id == campus)?;
    day.starts_at.filter(|start| *start < closes_at)
}
