//! Visits: platform staff in an organization, with a reason and for a time.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{PgConnection, dsl::count, prelude::*, sql_types::Timestamptz};
use schema::{access_event_subjects as subjects, access_events as events, organization_visits as visits};
use uuid::Uuid;

use super::person::Person;
use crate::{
    clock::new_id,
    db::Db,
    error::{Error, Result},
    permit::{Grants, ReadOrganizationVisits, UpdateOrganizationVisits},
    slice::{Listing, Slice},
    sql::{clock_timestamp, is_inside},
};

/// For how many minutes somebody may enter.
pub const MINUTES: [i64; 3] = [30, 60, 240];
/// The fewest characters of a reason.
pub const SHORTEST: usize = 10;
/// The most.
pub const LONGEST: usize = 500;

/// A visit.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = visits)]
pub struct Visit {
    /// Its id.
    pub id: Uuid,
    /// Who, as they were called then.
    pub visitor: String,
    /// Why.
    pub reason: String,
    /// Since when.
    pub began_at: DateTime<Utc>,
    /// When it ends by itself.
    pub until_at: DateTime<Utc>,
    /// When somebody ended it before.
    pub ended_at: Option<DateTime<Utc>>,
}

/// A visit as its organization sees it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Which.
    pub visit: Visit,
    /// Whether they are inside.
    pub runs: bool,
    /// How many children they saw something of.
    pub seen: i64,
}

/// Somebody who wants to enter.
#[derive(Clone, Debug)]
pub struct Entering {
    /// Why: from [`SHORTEST`] to [`LONGEST`] characters.
    pub reason: String,
    /// For how long: one of [`MINUTES`].
    pub minutes: i64,
}

impl Listed {
    /// The visits to this organization, the latest first; `idle` is how long a session may rest.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away.
    pub fn all(
        listing: &Listing,
        idle: TimeDelta,
        db: &mut Db<'_, impl Grants<ReadOrganizationVisits>>,
    ) -> Result<Slice<Self>> {
        let seen = subjects::table
            .inner_join(events::table.on(
                events::organization_id.eq(subjects::organization_id).and(events::id.eq(subjects::event_id)),
            ))
            .filter(events::organization_id.eq(visits::organization_id))
            .filter(events::visit_id.eq(visits::id.nullable()))
            .select(count(subjects::student_id).aggregate_distinct());
        let mut query = visits::table.filter(visits::organization_id.eq(db.organization())).into_boxed();
        if let Some((_, id)) = listing.after {
            // Ids follow the time at which they were made.
            query = query.filter(visits::id.lt(id));
        }
        let rows: Vec<(Visit, bool, Option<i64>)> = query
            .select((Visit::as_select(), is_inside(visits::id, idle), seen.single_value()))
            .order(visits::id.desc())
            .limit(Slice::<Self>::limit())
            .load(db.conn())?;
        let listed = |(visit, runs, seen): (Visit, bool, Option<i64>)| Self {
            visit,
            runs,
            seen: seen.unwrap_or_default(),
        };
        Ok(Slice::of(rows.into_iter().map(listed).collect()))
    }
}

impl Visit {
    /// Ends a visit that runs, as somebody of the organization: the visitor is out at the next click.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none; [`Error::Conflict`] when it is over.
    pub fn end(id: Uuid, db: &mut Db<'_, UpdateOrganizationVisits>) -> Result<()> {
        let row = visits::table.find((db.organization(), id));
        let _: Uuid = row.select(visits::id).for_update().first(db.conn())?;
        let open = row.filter(visits::ended_at.is_null()).filter(visits::until_at.gt(clock_timestamp()));
        let ended = diesel::update(open)
            .set((visits::ended_at.eq(diesel::dsl::now), visits::ended_by_id.eq(db.user())))
            .execute(db.conn())?;
        if ended == 1 { Ok(()) } else { Err(Error::Conflict("The visit is over already.".into())) }
    }

    /// The latest visits to an organization, for the platform's own people. At most 20.
    pub(crate) fn of_organization(id: Uuid, conn: &mut PgConnection) -> Result<Vec<Self>> {
        let latest = Self::query().filter(visits::organization_id.eq(id));
        Ok(latest.order(visits::id.desc()).limit(20).load(conn)?)
    }
}

impl Entering {
    /// Begins the visit, in the browser that asks and no other, and ends whichever this person was on. Answers its id.
    pub(crate) fn begin(&self, organization: Uuid, who: &Person, conn: &mut PgConnection) -> Result<Uuid> {
        let letters = self.reason.chars().count();
        if !(SHORTEST..=LONGEST).contains(&letters) {
            let said = format!("Say why in {SHORTEST} to {LONGEST} characters. The organization reads it.");
            return Err(Error::invalid("reason", said));
        }
        if !MINUTES.contains(&self.minutes) {
            return Err(Error::invalid("minutes", "Choose one from the list."));
        }
        leave(who.id(), conn)?;
        let id = new_id();
        diesel::insert_into(visits::table)
            .values((
                visits::organization_id.eq(organization),
                visits::id.eq(id),
                (visits::user_id.eq(who.id()), visits::session_id.eq(who.session)),
                visits::visitor.eq(who.name()),
                visits::reason.eq(&self.reason),
                visits::began_at.eq(diesel::dsl::now),
                visits::until_at
                    .eq(diesel::dsl::now.into_sql::<Timestamptz>() + TimeDelta::minutes(self.minutes)),
            ))
            .execute(conn)
            .map_err(|error| {
                let said = "You entered somewhere else just now. Try again.";
                Error::from(error).taken("organization_visits_open", "reason", said)
            })?;
        Ok(id)
    }
}

/// Ends the visit that somebody is on, in whichever browser.
pub(crate) fn leave(user: Uuid, conn: &mut PgConnection) -> QueryResult<usize> {
    diesel::update(visits::table.filter(visits::user_id.eq(user)).filter(visits::ended_at.is_null()))
        .set((visits::ended_at.eq(diesel::dsl::now), visits::ended_by_id.eq(user)))
        .execute(conn)
}

/// Ends the visit that somebody is on in the browser that asks; answers where they were and in which, if it still ran.
pub(crate) fn leave_here(who: &Person, conn: &mut PgConnection) -> QueryResult<Option<(Uuid, Uuid)>> {
    let here = visits::table.filter(visits::user_id.eq(who.id())).filter(visits::ended_at.is_null());
    diesel::update(here.filter(visits::session_id.is_not_distinct_from(who.session)))
        .set((visits::ended_at.eq(diesel::dsl::now), visits::ended_by_id.eq(who.id())))
        .returning((visits::organization_id, visits::id))
        .get_result(conn)
        .optional()
}

/// Ends every visit to an organization.
pub(crate) fn end_all(organization: Uuid, conn: &mut PgConnection) -> QueryResult<usize> {
    diesel::update(visits::table.filter(visits::organization_id.eq(organization)))
        .filter(visits::ended_at.is_null())
        .set(visits::ended_at.eq(diesel::dsl::now))
        .execute(conn)
}
