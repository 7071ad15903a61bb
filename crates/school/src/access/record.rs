//! The record of access as it is read: who looked at what, of whom, through which page and by which right.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel::prelude::*;
use schema::{access_events as events, organization_visits as visits, users};
use uuid::Uuid;

use super::{
    looked::Kind,
    meant::meant,
    shown::{NAMED, named, subjects_of},
};
use crate::{
    db::Db,
    error::{Error, Result},
    people::student::Student,
    permit::{Grants, ReadAccessEvents},
    slice::{Listing, Slice},
    words::AccessAction,
};

/// The longest span that is looked over at once, in days.
pub const LONGEST: u64 = 92;
/// So many children of one look stand beside it by name; of more, the number does.
const FEW: i32 = 3;

/// A look, a refusal or a way in.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// Whose account; none for a job that nobody asked for.
    pub user: Option<Uuid>,
    /// Their name, while the account is known, or as it was on a visit.
    pub by: Option<String>,
    /// Why somebody of the platform was here, where it happened on a visit.
    pub because: Option<String>,
    /// What they did.
    pub action: AccessAction,
    /// What of a child it was of; none for a way in and a refusal.
    pub kind: Option<Kind>,
    /// The route as the program knows it, or the command.
    pub page: String,
    /// By which right; empty where they had none, or needed none.
    pub permission: String,
    /// From which network address.
    pub address: String,
    /// How many children were shown.
    pub shown: i32,
    /// Those children, where they are few.
    pub students: Vec<Student>,
}

/// What is asked of the record beside words, filters and page.
#[derive(Clone, Copy, Debug)]
pub enum About {
    /// Everything from a day to a day.
    Days(NaiveDate, NaiveDate),
    /// One student, ever.
    Student(Uuid),
}

type Row = (
    (Uuid, DateTime<Utc>, Option<Uuid>, AccessAction),
    (String, String, String, String, i32),
    Option<(String, String)>,
    Option<(String, String)>,
);

/// The events of an organization with who they are of, as a row each.
macro_rules! rows {
    ($db:expr) => {
        events::table
            .left_join(
                users::table.on(users::organization_id
                    .eq(events::organization_id.nullable())
                    .and(users::id.nullable().eq(events::user_id))),
            )
            .left_join(
                visits::table.on(visits::organization_id
                    .eq(events::organization_id)
                    .and(visits::id.nullable().eq(events::visit_id))),
            )
            .filter(events::organization_id.eq($db.organization()))
            .select((
                (events::id, events::at, events::user_id, events::action),
                (events::kind, events::page, events::permission, events::ip_address, events::shown),
                (users::first_name, users::last_name).nullable(),
                (visits::visitor, visits::reason).nullable(),
            ))
    };
}
impl Entry {
    /// The latest first: words are of who looked; filters `student` (a name, a number or an id), `kind`, `action`,
    /// `person` (an account) and `visit`.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a student out of reach.
    pub fn listed(
        about: About,
        listing: &Listing,
        db: &mut Db<'_, impl Grants<ReadAccessEvents>>,
    ) -> Result<Slice<Self>> {
        let rows = Slice::of(found(about, listing, Slice::<Self>::limit(), db)?);
        let few: Vec<Uuid> =
            rows.rows.iter().filter(|row| (1..=FEW).contains(&row.1.4)).map(|row| row.0.0).collect();
        let mut named = named(&few, NAMED, db)?;
        let entries = rows.rows.into_iter().map(|row| {
            let students = named.remove(&row.0.0).unwrap_or_default();
            Self { students, ..Self::read(row) }
        });
        Ok(Slice { rows: entries.collect(), more: rows.more })
    }

    /// All of them on one list, a row for each child, or for those who were asked for. At most one more than
    /// [`crate::slice::FILE`] looks.
    ///
    /// # Errors
    /// As [`Entry::listed`].
    pub fn every(
        about: About,
        listing: &Listing,
        db: &mut Db<'_, impl Grants<ReadAccessEvents>>,
    ) -> Result<Vec<Self>> {
        let rows = found(about, &Listing { after: None, ..listing.clone() }, Slice::<Self>::most(), db)?;
        let ids: Vec<Uuid> = rows.iter().map(|row| row.0.0).collect();
        let mut named = named(&ids, Slice::<Self>::most(), db)?;
        let children = listing.filter("student").map(|typed| meant(typed, db)).transpose()?;
        let is_meant =
            |student: &Student| children.as_ref().is_none_or(|children| children.contains(&student.id));
        let entry = |row: Row| {
            let mut students = named.remove(&row.0.0).unwrap_or_default();
            students.retain(is_meant);
            Self { students, ..Self::read(row) }
        };
        Ok(rows.into_iter().map(entry).collect())
    }

    /// One of them, with every child whom it showed.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub fn of(id: Uuid, db: &mut Db<'_, impl Grants<ReadAccessEvents>>) -> Result<Self> {
        let row: Row =
            rows!(db).filter(events::id.eq(id)).first(db.conn()).optional()?.ok_or(Error::NotFound)?;
        let students = named(&[id], NAMED, db)?.remove(&id).unwrap_or_default();
        Ok(Self { students, ..Self::read(row) })
    }

    /// What the next page of the list goes on after.
    #[must_use]
    pub fn place(&self) -> String {
        self.at.timestamp_micros().to_string()
    }

    fn read(row: Row) -> Self {
        let ((id, at, user, action), (kind, page, permission, address, shown), by, visit) = row;
        let (visitor, because) = visit.unzip();
        Self {
            id,
            at,
            user,
            by: by.map(|(first, last)| format!("{first} {last}")).or(visitor),
            because,
            action,
            kind: Kind::named(&kind),
            page,
            permission,
            address,
            shown,
            students: Vec::new(),
        }
    }
}

fn found(
    about: About,
    listing: &Listing,
    limit: i64,
    db: &mut Db<'_, impl Grants<ReadAccessEvents>>,
) -> Result<Vec<Row>> {
    let mut query = rows!(db).into_boxed();
    match about {
        About::Days(first, last) => {
            let end = db.begins(last.succ_opt().unwrap_or(last));
            query = query.filter(events::at.ge(db.begins(first))).filter(events::at.lt(end));
        }
        About::Student(student) => {
            query = query.filter(events::id.eq_any(subjects_of(db.organization(), vec![student])));
        }
    }
    if let Some(typed) = listing.filter("student") {
        query = query.filter(events::id.eq_any(subjects_of(db.organization(), meant(typed, db)?)));
    }
    for pattern in listing.patterns() {
        let first = users::first_name.nullable().ilike(pattern.clone());
        let last = users::last_name.nullable().ilike(pattern.clone());
        let visitor = visits::visitor.nullable().ilike(pattern);
        query = query.filter(first.or(last).or(visitor).assume_not_null());
    }
    if let Some(visit) = listing.filter("visit").and_then(|id| Uuid::parse_str(id).ok()) {
        query = query.filter(events::visit_id.eq(visit));
    }
    if let Some(person) = listing.filter("person").and_then(|id| Uuid::parse_str(id).ok()) {
        query = query.filter(events::user_id.eq(person));
    }
    if let Some(kind) = listing.filter("kind").and_then(Kind::named) {
        query = query.filter(events::kind.eq(kind.word()));
    }
    if let Some(action) = listing.filter("action").and_then(AccessAction::named) {
        query = query.filter(events::action.eq(action));
    }
    if let Some((at, id)) = listing.after.as_ref().and_then(|(place, id)| Some((moment(place)?, *id))) {
        query = query.filter(events::at.lt(at).or(events::at.eq(at).and(events::id.lt(id))));
    }
    Ok(query.order((events::at.desc(), events::id.desc())).limit(limit).load(db.conn())?)
}

fn moment(micros: &str) -> Option<DateTime<Utc>> {
    DateTime::<Utc>::UNIX_EPOCH.checked_add_signed(TimeDelta::microseconds(micros.parse().ok()?))
}
