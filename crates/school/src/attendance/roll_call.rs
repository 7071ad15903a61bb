//! Lists that are called outside the registers: everybody who should be on the site in a fire, or on a trip.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use diesel::{pg::Pg, prelude::*, sql_types::Bool};
use schema::{campuses, class_staff, organizations, roll_call_entries as entries, roll_calls, staff, users};
use uuid::Uuid;

use crate::{
    clock::local,
    db::Db,
    error::{Error, Result},
    permit::{Grants, Permission, UpdateRollCalls},
    slice::{Listing, Slice},
    words::RollCallKind,
};

/// A list, with the names around it.
#[derive(Clone, Debug)]
pub struct RollCall {
    /// Its id.
    pub id: Uuid,
    /// What it is for.
    pub kind: RollCallKind,
    /// What people call it.
    pub name: String,
    /// Which day.
    pub day: NaiveDate,
    /// Where.
    pub campus: String,
    /// Who has these students with them.
    pub held_by: Option<String>,
    /// When it was closed, by the campus's clock, and by whom.
    pub closed: Option<(String, String)>,
    /// What was said then.
    pub note: Option<String>,
    /// Whether the reader sees the whole list, and so may call it again and close it.
    pub is_whole: bool,
    pub(super) zone: Tz,
}

type Named = (String, String);
type Bare = (Uuid, RollCallKind, String, NaiveDate, Option<DateTime<Utc>>, Option<String>, bool);
type Found = (Bare, (String, Option<String>, String), Option<Named>, Option<Named>);

/// Lists of which somebody sees everything: by their campus, or because they hold it, until the day after it is closed.
pub(super) fn whole<P: Permission>(db: &Db<'_, P>) -> roll_calls::BoxedQuery<'static, Pg> {
    let sees = db.sees();
    roll_calls::table
        .filter(roll_calls::organization_id.eq(db.organization()))
        .filter(roll_calls::deleted_at.is_null())
        .filter(
            sees.everything.into_sql::<Bool>().or(roll_calls::campus_id.eq_any(sees.campuses)).or(
                roll_calls::held_by_id
                    .is_not_null()
                    .and(roll_calls::held_by_id.is_not_distinct_from(db.staff()))
                    .and(roll_calls::closed_at.is_null().or(roll_calls::day.ge(db.today()))),
            ),
        )
        .into_boxed()
}

/// The lines that somebody sees: of whole lists, and those of the classes in front of which they stand today.
pub(super) fn lines<P: Permission>(db: &Db<'_, P>) -> entries::BoxedQuery<'static, Pg> {
    let today = db.today();
    let taught = class_staff::table
        .filter(class_staff::organization_id.eq(db.organization()))
        .filter(class_staff::staff_id.nullable().eq(db.sees().staff))
        .filter(class_staff::deleted_at.is_null())
        .filter(class_staff::starts_on.le(today))
        .filter(class_staff::ends_on.is_null().or(class_staff::ends_on.ge(today)))
        .select(class_staff::class_id.nullable());
    entries::table
        .filter(entries::organization_id.eq(db.organization()))
        .filter(entries::deleted_at.is_null())
        .filter(
            entries::roll_call_id
                .eq_any(whole(db).select(roll_calls::id))
                .or(entries::class_id.eq_any(taught)),
        )
        .into_boxed()
}

impl RollCall {
    /// The lists in reach, open ones first, the latest first.
    pub fn all(listing: &Listing, db: &mut Db<'_, impl Grants<UpdateRollCalls>>) -> Result<Slice<Self>> {
        let after = listing.after.as_ref().and_then(|(place, id)| {
            let (state, day) = place.split_once(' ')?;
            Some((state == OPEN, day.parse().ok()?, *id))
        });
        Ok(Slice::of(found(None, after, db)?))
    }

    /// What the next page goes on after.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{} {}", if self.closed.is_none() { OPEN } else { "closed" }, self.day)
    }

    /// One list in reach.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub fn of(id: Uuid, db: &mut Db<'_, impl Grants<UpdateRollCalls>>) -> Result<Self> {
        found(Some(id), None, db)?.pop().ok_or(Error::NotFound)
    }

    /// The day and time of an instant where the list is called.
    #[must_use]
    pub fn clock(&self, at: &DateTime<Utc>) -> String {
        local(*at, self.zone).1.format("%H:%M").to_string()
    }

    fn read(
        ((id, kind, name, day, closed_at, note, is_whole), (campus, own, usual), holder, by): Found,
    ) -> Self {
        let full = |(first, last): Named| format!("{first} {last}");
        let zone = own.unwrap_or(usual).parse().unwrap_or(Tz::UTC);
        let closed = closed_at
            .map(|at| (local(at, zone).1.format("%H:%M").to_string(), by.map(full).unwrap_or_default()));
        Self { id, kind, name, day, campus, held_by: holder.map(full), closed, note, is_whole, zone }
    }
}

/// How the place of an open list begins.
const OPEN: &str = "open";
/// A list of the page before: whether it is open, its day and its id.
type After = (bool, NaiveDate, Uuid);

fn found<P: Permission>(
    one: Option<Uuid>,
    after: Option<After>,
    db: &mut Db<'_, P>,
) -> Result<Vec<RollCall>> {
    let (open, day, id) = after.unwrap_or((true, NaiveDate::MAX, Uuid::max()));
    let is_open = roll_calls::closed_at.is_null();
    let is_later = roll_calls::day.lt(day).or(roll_calls::day.eq(day).and(roll_calls::id.lt(id)));
    let place =
        campuses::organization_id.eq(roll_calls::organization_id).and(campuses::id.eq(roll_calls::campus_id));
    let holder = staff::organization_id
        .eq(roll_calls::organization_id)
        .and(staff::id.nullable().eq(roll_calls::held_by_id));
    let whole = whole(db).select(roll_calls::id);
    let partly = lines(db).select(entries::roll_call_id);
    let rows: Vec<Found> = roll_calls::table
        .inner_join(campuses::table.on(place))
        .inner_join(organizations::table.on(organizations::id.eq(roll_calls::organization_id)))
        .left_join(staff::table.on(holder))
        .left_join(users::table.on(users::id.nullable().eq(roll_calls::closed_by_id)))
        .filter(roll_calls::organization_id.eq(db.organization()))
        .filter(roll_calls::deleted_at.is_null())
        .filter(roll_calls::id.eq_any(partly))
        .filter(one.is_none().into_sql::<Bool>().or(roll_calls::id.nullable().eq(one)))
        .filter(is_open.eq(open).and(is_later).or(is_open.lt(open)))
        .select((
            (
                roll_calls::id,
                roll_calls::kind,
                roll_calls::name,
                roll_calls::day,
                roll_calls::closed_at,
                roll_calls::note,
                roll_calls::id.eq_any(whole),
            ),
            (campuses::name, campuses::time_zone, organizations::time_zone),
            (staff::first_name, staff::last_name).nullable(),
            (users::first_name, users::last_name).nullable(),
        ))
        .order((roll_calls::closed_at.is_null().desc(), roll_calls::day.desc(), roll_calls::id.desc()))
        .limit(Slice::<RollCall>::limit())
        .load(db.conn())?;
    Ok(rows.into_iter().map(RollCall::read).collect())
}
