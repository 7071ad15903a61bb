//! Who changed what, field by field, whatever it was: the administrator's list.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel::prelude::*;
use schema::{change_events as changes, students, users};
use uuid::Uuid;

use super::meant::meant;
use crate::{
    db::Db,
    error::Result,
    people::{
        history::{self, Change, Row},
        student::Student,
    },
    permit::{Grants, ReadAccessEvents},
    slice::{Listing, Slice},
};

/// The longest span that is looked over at once, in days.
pub const LONGEST: u64 = 92;
/// Ids carry the database's time; an event is never further from its id than this.
const APART: TimeDelta = TimeDelta::minutes(1);

/// A change and whose it was.
#[derive(Clone, Debug)]
pub struct Logged {
    /// What was changed, by whom.
    pub change: Change,
    /// The student whom it is of, where it is of one.
    pub student: Option<Student>,
    /// The name of the account that it is of.
    pub account: Option<String>,
}

impl Logged {
    /// From a day to a day, the latest first: words are of who changed it; filters `student` (a name, a number or an id)
    /// and `entity` (a table).
    ///
    /// # Errors
    /// [`crate::Error::Unavailable`] when the database is away.
    pub fn listed(
        span: (NaiveDate, NaiveDate),
        listing: &Listing,
        db: &mut Db<'_, impl Grants<ReadAccessEvents>>,
    ) -> Result<Slice<Self>> {
        let found = Slice::of(found(span, listing, Slice::<Self>::limit(), db)?);
        Ok(Slice { rows: with_whose(found.rows, db)?, more: found.more })
    }

    /// All of them on one list. At most one more than [`crate::slice::FILE`].
    ///
    /// # Errors
    /// As [`Logged::listed`].
    pub fn every(
        span: (NaiveDate, NaiveDate),
        listing: &Listing,
        db: &mut Db<'_, impl Grants<ReadAccessEvents>>,
    ) -> Result<Vec<Self>> {
        let all = Listing { after: None, ..listing.clone() };
        with_whose(found(span, &all, Slice::<Self>::most(), db)?, db)
    }
}

type Found = (Row, Uuid);

fn found(
    (first, last): (NaiveDate, NaiveDate),
    listing: &Listing,
    limit: i64,
    db: &mut Db<'_, impl Grants<ReadAccessEvents>>,
) -> Result<Vec<Found>> {
    let (begin, end) = (db.begins(first), db.begins(last.succ_opt().unwrap_or(last)));
    let author = users::organization_id
        .eq(changes::organization_id.nullable())
        .and(users::id.nullable().eq(changes::user_id));
    let mut query = changes::table
        .left_join(users::table.on(author))
        .filter(changes::organization_id.eq(db.organization()))
        .filter(changes::id.between(first_id(begin - APART), first_id(end + APART)))
        .filter(changes::at.ge(begin))
        .filter(changes::at.lt(end))
        .select((
            (
                changes::id,
                changes::at,
                changes::entity,
                changes::operation,
                changes::changes,
                (users::first_name, users::last_name).nullable(),
            ),
            changes::subject_id,
        ))
        .into_boxed();
    if let Some(typed) = listing.filter("student") {
        query = query.filter(changes::subject_id.eq_any(meant(typed, db)?));
    }
    if let Some(entity) = listing.filter("entity") {
        query = query.filter(changes::entity.eq(entity.to_owned()));
    }
    for pattern in listing.patterns() {
        let first = users::first_name.nullable().ilike(pattern.clone());
        query = query.filter(first.or(users::last_name.nullable().ilike(pattern)).assume_not_null());
    }
    if let Some((_, id)) = listing.after {
        query = query.filter(changes::id.lt(id));
    }
    Ok(query.order(changes::id.desc()).limit(limit).load(db.conn())?)
}

/// The first id that an instant can have.
fn first_id(at: DateTime<Utc>) -> Uuid {
    let millis = u128::try_from(at.timestamp_millis()).unwrap_or_default();
    Uuid::from_u128(millis << 80)
}

fn with_whose(found: Vec<Found>, db: &mut Db<'_, impl Grants<ReadAccessEvents>>) -> Result<Vec<Logged>> {
    let subjects: Vec<Uuid> = found.iter().map(|(_, subject)| *subject).collect();
    let children: Vec<Student> = students::table
        .filter(students::organization_id.eq(db.organization()))
        .filter(students::id.eq_any(&subjects))
        .filter(students::deleted_at.is_null())
        .select(Student::as_select())
        .load(db.conn())?;
    let mut accounts: HashMap<Uuid, String> = HashMap::new();
    let named: Vec<(Uuid, String, String)> = users::table
        .filter(users::organization_id.eq(db.organization()))
        .filter(users::id.eq_any(&subjects))
        .select((users::id, users::first_name, users::last_name))
        .load(db.conn())?;
    accounts.extend(named.into_iter().map(|(id, first, last)| (id, format!("{first} {last}"))));
    let children: HashMap<Uuid, Student> = children.into_iter().map(|child| (child.id, child)).collect();
    let (rows, subjects): (Vec<Row>, Vec<Uuid>) = found.into_iter().unzip();
    let logged = |(change, subject): (Change, Uuid)| Logged {
        change,
        student: children.get(&subject).cloned(),
        account: accounts.get(&subject).cloned(),
    };
    Ok(history::read(rows, db)?.into_iter().zip(subjects).map(logged).collect())
}
