//! A closure is undone: the calendar and the registers are again what they were.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use schema::{attendance_sessions as sessions, calendar_days, closure_withdrawals as withdrawals, closures};
use uuid::Uuid;

use super::{
    calendar_change::{hold, recount},
    calendar_day::visible,
    campus::Campus,
};
use crate::{
    db::Db,
    error::{Error, Result},
    permit::{Permission, UpdateCalendarDays},
};

/// Opens school again at every campus in reach that a closure closed: the calendar says what it said before, and each
/// register is submitted again by whom and when it was. Answers one of the campuses.
///
/// # Errors
/// [`Error::NotFound`] out of reach; [`Error::Conflict`] when somebody did already.
pub fn undo(id: Uuid, db: &mut Db<'_, UpdateCalendarDays>) -> Result<Uuid> {
    let closed: Vec<Uuid> = visible(db)
        .filter(calendar_days::closure_id.eq(id))
        .select(calendar_days::campus_id)
        .order(calendar_days::campus_id)
        .load(db.conn())?;
    undo_at(id, &closed, db)?;
    closed.first().copied().ok_or(Error::NotFound)
}

/// The same at some of its campuses.
pub(super) fn undo_at(id: Uuid, campuses: &[Uuid], db: &mut Db<'_, UpdateCalendarDays>) -> Result<NaiveDate> {
    let known: NaiveDate = closures::table
        .find((db.organization(), id))
        .filter(closures::deleted_at.is_null())
        .select(closures::day)
        .for_update()
        .first(db.conn())?;
    if campuses.is_empty() {
        return Err(missing(id, db)?);
    }
    hold(campuses, db)?;
    let gone = diesel::update(calendar_days::table)
        .filter(calendar_days::organization_id.eq(db.organization()))
        .filter(calendar_days::closure_id.eq(id))
        .filter(calendar_days::campus_id.eq_any(campuses))
        .filter(calendar_days::deleted_at.is_null())
        .set(calendar_days::deleted_at.eq(db.now()))
        .execute(db.conn())?;
    if gone == 0 {
        return Err(missing(id, db)?);
    }
    diesel::update(calendar_days::table)
        .filter(calendar_days::organization_id.eq(db.organization()))
        .filter(calendar_days::replaced_by_id.eq(id))
        .filter(calendar_days::campus_id.eq_any(campuses))
        .set((
            calendar_days::deleted_at.eq(None::<DateTime<Utc>>),
            calendar_days::replaced_by_id.eq(None::<Uuid>),
        ))
        .execute(db.conn())?;
    submit_again(id, campuses, db)?;
    recount(campuses, (known, known), db)?;
    Ok(known)
}

/// Somebody was faster, or there is nothing of it that the person may see.
fn missing<P: Permission>(id: Uuid, db: &mut Db<'_, P>) -> Result<Error> {
    let reached = Campus::within_reach(db)?.into_iter().map(|campus| campus.id).collect::<Vec<_>>();
    let was: i64 = calendar_days::table
        .filter(calendar_days::organization_id.eq(db.organization()))
        .filter(calendar_days::closure_id.eq(id))
        .filter(calendar_days::campus_id.eq_any(reached))
        .count()
        .get_result(db.conn())?;
    let faster = || Error::Conflict("This closure was undone already.".into());
    Ok(if was > 0 { faster() } else { Error::NotFound })
}

/// Puts back exactly the submissions that the closure took.
fn submit_again(id: Uuid, campuses: &[Uuid], db: &mut Db<'_, UpdateCalendarDays>) -> Result<()> {
    let of_session = sessions::organization_id
        .eq(withdrawals::organization_id)
        .and(sessions::id.eq(withdrawals::attendance_session_id));
    let taken: Vec<(Uuid, Uuid, DateTime<Utc>, Uuid)> = withdrawals::table
        .inner_join(sessions::table.on(of_session))
        .filter(withdrawals::organization_id.eq(db.organization()))
        .filter(withdrawals::closure_id.eq(id))
        .filter(withdrawals::deleted_at.is_null())
        .filter(sessions::campus_id.eq_any(campuses))
        .select((withdrawals::id, sessions::id, withdrawals::submitted_at, withdrawals::submitted_by_id))
        .order(sessions::id)
        .load(db.conn())?;
    for (_, session, at, by) in &taken {
        diesel::update(sessions::table.find((db.organization(), *session)))
            .filter(sessions::submitted_at.is_null())
            .set((
                sessions::submitted_at.eq(at),
                sessions::submitted_by_id.eq(by),
                sessions::version.eq(sessions::version + 1),
            ))
            .execute(db.conn())?;
    }
    diesel::update(withdrawals::table)
        .filter(withdrawals::organization_id.eq(db.organization()))
        .filter(withdrawals::id.eq_any(taken.iter().map(|one| one.0).collect::<Vec<_>>()))
        .set(withdrawals::deleted_at.eq(db.now()))
        .execute(db.conn())?;
    Ok(())
}
