//! A moment at which a list is called, and its ticks: two people at once lose nothing.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::{prelude::*, upsert::excluded};
use schema::{headcount_ticks as ticks, headcounts, roll_call_entries as entries, roll_calls};
use uuid::Uuid;

use super::{
    roll_call::{RollCall, lines},
    roll_call_line::{self, Line},
};
use crate::{
    clock::new_id,
    db::Db,
    error::{Error, Result},
    permit::{Grants, Permission, UpdateRollCalls},
};

/// The most moments of one list.
const MOST: i64 = 30;

/// A moment at which a list is called.
#[derive(Clone, Debug)]
pub struct Headcount {
    /// Its id.
    pub id: Uuid,
    /// What people call it, such as *At the bus*.
    pub name: String,
    /// When.
    pub begun_at: DateTime<Utc>,
    /// How many are ticked off, of those whom the reader sees.
    pub there: i64,
}

impl Headcount {
    /// The moments of a list in reach, the first first.
    pub fn all(of: &RollCall, db: &mut Db<'_, impl Grants<UpdateRollCalls>>) -> Result<Vec<Self>> {
        let seen = lines(db).filter(entries::roll_call_id.eq(of.id)).select(entries::student_id);
        let found: Vec<(Uuid, String, DateTime<Utc>)> = headcounts::table
            .filter(headcounts::organization_id.eq(db.organization()))
            .filter(headcounts::roll_call_id.eq(of.id))
            .filter(headcounts::deleted_at.is_null())
            .select((headcounts::id, headcounts::name, headcounts::begun_at))
            .order((headcounts::begun_at, headcounts::id))
            .limit(MOST)
            .load(db.conn())?;
        let ids: Vec<Uuid> = found.iter().map(|(id, ..)| *id).collect();
        let counted: BTreeMap<Uuid, i64> = ticks::table
            .filter(ticks::organization_id.eq(db.organization()))
            .filter(ticks::headcount_id.eq_any(ids))
            .filter(ticks::student_id.eq_any(seen))
            .filter(ticks::is_there)
            .group_by(ticks::headcount_id)
            .select((ticks::headcount_id, diesel::dsl::count_star()))
            .load_iter::<(Uuid, i64), diesel::connection::DefaultLoadingMode>(db.conn())?
            .collect::<QueryResult<_>>()?;
        let there = |id| counted.get(&id).copied().unwrap_or_default();
        Ok(found
            .into_iter()
            .map(|(id, name, begun_at)| Self { id, name, begun_at, there: there(id) })
            .collect())
    }

    /// Calls a list once more. Answers the moment's id.
    ///
    /// # Errors
    /// [`Error::NotFound`] out of reach, [`Error::Forbidden`] for whoever sees a part of it, [`Error::Conflict`] once it
    /// is closed, [`Error::Invalid`] after thirty times.
    pub fn begin(roll_call: Uuid, name: &str, db: &mut Db<'_, UpdateRollCalls>) -> Result<Uuid> {
        let of = RollCall::of(roll_call, db)?;
        if !of.is_whole {
            return Err(Error::Forbidden);
        }
        hold_open(roll_call, db)?;
        if Self::all(&of, db)?.len() >= usize::try_from(MOST).unwrap_or_default() {
            return Err(Error::invalid("name", "This list was called thirty times. Begin another."));
        }
        insert(roll_call, name, db)
    }
}

pub(super) fn insert<P: Permission>(roll_call: Uuid, name: &str, db: &mut Db<'_, P>) -> Result<Uuid> {
    let id = new_id();
    diesel::insert_into(headcounts::table)
        .values((
            headcounts::organization_id.eq(db.organization()),
            headcounts::id.eq(id),
            headcounts::roll_call_id.eq(roll_call),
            headcounts::name.eq(name),
            headcounts::begun_at.eq(db.now()),
        ))
        .execute(db.conn())?;
    Ok(id)
}

/// Keeps a list from being closed meanwhile; many may hold it so.
fn hold_open<P: Permission>(roll_call: Uuid, db: &mut Db<'_, P>) -> Result<()> {
    let closed_at: Option<DateTime<Utc>> = roll_calls::table
        .find((db.organization(), roll_call))
        .select(roll_calls::closed_at)
        .for_share()
        .first(db.conn())?;
    match closed_at {
        None => Ok(()),
        Some(_) => Err(Error::Conflict("This list is closed.".into())),
    }
}

/// Ticks a student off, or takes the tick back. The same said twice is said once.
///
/// # Errors
/// [`Error::NotFound`] for a line out of reach, [`Error::Conflict`] once the list is closed.
pub fn tick(
    (roll_call, headcount): (Uuid, Uuid),
    student: Uuid,
    is_there: bool,
    db: &mut Db<'_, UpdateRollCalls>,
) -> Result<Line> {
    RollCall::of(roll_call, db)?;
    roll_call_line::one(roll_call, headcount, student, db)?;
    let known: i64 = headcounts::table
        .find((db.organization(), headcount))
        .filter(headcounts::roll_call_id.eq(roll_call))
        .filter(headcounts::deleted_at.is_null())
        .count()
        .get_result(db.conn())?;
    let by = db.user().filter(|_| known == 1).ok_or(Error::NotFound)?;
    hold_open(roll_call, db)?;
    let ticked = diesel::insert_into(ticks::table)
        .values((
            (ticks::organization_id.eq(db.organization()), ticks::id.eq(new_id())),
            (ticks::headcount_id.eq(headcount), ticks::student_id.eq(student)),
            (ticks::is_there.eq(is_there), ticks::ticked_at.eq(db.now()), ticks::ticked_by_id.eq(by)),
        ))
        .on_conflict((ticks::organization_id, ticks::headcount_id, ticks::student_id))
        .do_update()
        .set((
            ticks::is_there.eq(excluded(ticks::is_there)),
            ticks::ticked_at.eq(excluded(ticks::ticked_at)),
            ticks::ticked_by_id.eq(excluded(ticks::ticked_by_id)),
            ticks::version.eq(ticks::version + 1),
        ));
    diesel::query_dsl::methods::FilterDsl::filter(ticked, ticks::is_there.ne(excluded(ticks::is_there)))
        .execute(db.conn())?;
    roll_call_line::one(roll_call, headcount, student, db)
}
