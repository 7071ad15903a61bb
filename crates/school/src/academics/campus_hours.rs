//! When the day of a campus begins and ends, and when it did before that was changed.

use chrono::{NaiveDate, NaiveTime};
use diesel::prelude::*;
use schema::{attendance_sessions as sessions, campus_past_hours as past_hours};
use uuid::Uuid;

use crate::{
    attendance::worth,
    clock::new_id,
    db::Db,
    error::Result,
    permit::{Permission, UpdateCampuses},
};

/// When a day begins and when it ends.
pub(super) type Hours = (NaiveTime, NaiveTime);

/// When days of campuses began before that was changed, the earliest of such days first.
#[derive(Clone, Debug)]
pub(crate) struct PastHours(Vec<(Uuid, NaiveDate, NaiveTime)>);

impl PastHours {
    /// Those that held on a day or later. At most 1,000.
    pub(crate) fn since<P: Permission>(first: NaiveDate, db: &mut Db<'_, P>) -> Result<Self> {
        let found = past_hours::table
            .filter(past_hours::organization_id.eq(db.organization()))
            .filter(past_hours::last_day.ge(first))
            .filter(past_hours::deleted_at.is_null())
            .select((past_hours::campus_id, past_hours::last_day, past_hours::day_starts_at))
            .order(past_hours::last_day)
            .limit(1000)
            .load(db.conn())?;
        Ok(Self(found))
    }

    /// When the day of a campus began on a day; none where it began as it does now.
    pub(crate) fn began(&self, campus: Uuid, day: NaiveDate) -> Option<NaiveTime> {
        let held = self.0.iter().find(|(of, last, _)| *of == campus && day <= *last);
        held.map(|(.., began)| *began)
    }
}

/// Keeps that these hours held until yesterday, unless what held then is kept already.
pub(super) fn keep(campus: Uuid, hours: Hours, db: &mut Db<'_, UpdateCampuses>) -> Result<()> {
    let Some(yesterday) = db.today().pred_opt() else { return Ok(()) };
    diesel::insert_into(past_hours::table)
        .values((
            (past_hours::organization_id.eq(db.organization()), past_hours::id.eq(new_id())),
            (past_hours::campus_id.eq(campus), past_hours::last_day.eq(yesterday)),
            (past_hours::day_starts_at.eq(hours.0), past_hours::day_ends_at.eq(hours.1)),
        ))
        .on_conflict_do_nothing()
        .execute(db.conn())?;
    Ok(())
}

/// Counts the days of a campus anew on which its new hours hold: today, once its registers are in.
pub(super) fn count_anew(campus: Uuid, db: &mut Db<'_, UpdateCampuses>) -> Result<()> {
    let days: Vec<NaiveDate> = sessions::table
        .filter(sessions::organization_id.eq(db.organization()))
        .filter(sessions::campus_id.eq(campus))
        .filter(sessions::session_date.ge(db.today()))
        .filter(sessions::deleted_at.is_null())
        .select(sessions::session_date)
        .distinct()
        .order(sessions::session_date)
        .limit(400)
        .load(db.conn())?;
    days.into_iter().try_for_each(|day| worth::count_campus(campus, day, db))
}
