//! Who changed what, field by field, whatever it was: the administrator's list.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel::prelude::*;
use schema::{change_events as changes, users};
use serde_json::Value;
use uuid::Uuid;

use super::{
    concerned::{Found, children},
    looked::Kind,
    meant::meant,
};
use crate::{
    db::Db,
    error::Result,
    people::{
        history::{self, Change, Row},
        student::Student,
        whose::id,
    },
    permit::{Grants, ReadAccessEvents},
    slice::{Listing, Slice},
    sql::is_change_of,
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
    /// The rows that were changed, each with a student whom it is of.
    children: Vec<(Uuid, Student)>,
    /// The name of the account that it is of.
    pub account: Option<String>,
}

/// The most students whom a list names beside a change; of more it says how many.
const NAMED: usize = 3;

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
        let asked = Asked::of(listing, db)?;
        let found = Slice::of(found(span, &asked, Slice::<Self>::limit(), db)?);
        let rows = with_whose(found.rows, &asked, db)?;
        saw(rows.iter().map(|one| (one, one.named())), db);
        Ok(Slice { rows, more: found.more })
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
        let asked = Asked::of(&all, db)?;
        let rows = with_whose(found(span, &asked, Slice::<Self>::most(), db)?, &asked, db)?;
        saw(rows.iter().map(|one| (one, one.students())), db);
        Ok(rows)
    }

    /// Everybody whom it is of.
    #[must_use]
    pub fn students(&self) -> Vec<&Student> {
        let all: BTreeMap<Uuid, &Student> =
            self.children.iter().map(|(_, student)| (student.id, student)).collect();
        all.into_values().collect()
    }

    /// Everybody whom a list names: nobody where it is of more than a few.
    #[must_use]
    pub fn named(&self) -> Vec<&Student> {
        Some(self.students()).filter(|all| all.len() <= NAMED).unwrap_or_default()
    }

    /// Those whom one row is of.
    pub fn of(&self, row: Uuid) -> impl Iterator<Item = &Student> {
        self.children.iter().filter(move |(of, _)| *of == row).map(|(_, student)| student)
    }
}

/// What somebody asked for, with the students whom their words mean.
struct Asked<'q> {
    listing: &'q Listing,
    children: Option<Vec<Uuid>>,
}

impl<'q> Asked<'q> {
    fn of(listing: &'q Listing, db: &mut Db<'_, impl Grants<ReadAccessEvents>>) -> Result<Self> {
        let children = listing.filter("student").map(|typed| meant(typed, db)).transpose()?;
        Ok(Self { listing, children })
    }
}

/// Keeps that these were looked at, and what of each child: the list is a record of the record and of what it tells.
fn saw<'r>(
    shown: impl Iterator<Item = (&'r Logged, Vec<&'r Student>)>,
    db: &mut Db<'_, impl Grants<ReadAccessEvents>>,
) {
    db.saw(Kind::Log, []);
    for (logged, students) in shown {
        let kind = kind(&logged.change.entity);
        // A family's numbers are looked at whoever of the children is named beside them.
        let told = if kind.is_sensitive() { logged.students() } else { students };
        let ids: Vec<Uuid> = told.into_iter().map(|student| student.id).collect();
        db.saw(Kind::Log, ids.clone());
        db.saw(kind, ids);
    }
}

/// Of what of a child the rows of a table tell.
fn kind(entity: &str) -> Kind {
    match entity {
        "guardians" | "contacts" => Kind::Guardians,
        "restrictions" => Kind::Restrictions,
        "attendance_interventions" | "letters" => Kind::FollowUp,
        "attendance_records"
        | "attendance_movements"
        | "planned_absences"
        | "roll_call_entries"
        | "headcount_ticks" => Kind::Attendance,
        "import_rows" => Kind::Import,
        _ => Kind::Student,
    }
}

fn found(
    (first, last): (NaiveDate, NaiveDate),
    asked: &Asked<'_>,
    limit: i64,
    db: &mut Db<'_, impl Grants<ReadAccessEvents>>,
) -> Result<Vec<Found>> {
    let (listing, organization) = (asked.listing, db.organization());
    let (begin, end) = (db.begins(first), db.begins(last.succ_opt().unwrap_or(last)));
    let author = users::organization_id
        .eq(changes::organization_id.nullable())
        .and(users::id.nullable().eq(changes::user_id));
    let mut query = changes::table
        .left_join(users::table.on(author))
        .filter(changes::organization_id.eq(organization))
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
    if let Some(children) = &asked.children {
        let (of, rows) = (changes::subject_id, changes::changes);
        query = query.filter(is_change_of(organization, changes::entity, of, rows, children));
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

fn with_whose(
    mut found: Vec<Found>,
    asked: &Asked<'_>,
    db: &mut Db<'_, impl Grants<ReadAccessEvents>>,
) -> Result<Vec<Logged>> {
    let mut children = children(&found, db)?;
    if let Some(meant) = &asked.children {
        for ((event, _), children) in found.iter_mut().zip(&mut children) {
            only(meant, event, children);
        }
    }
    let accounts = accounts(&found, db)?;
    let (rows, subjects): (Vec<Row>, Vec<Uuid>) = found.into_iter().unzip();
    let logged =
        |((change, subject), children)| Logged { account: accounts.get(&subject).cloned(), change, children };
    Ok(history::read(rows, db)?.into_iter().zip(subjects).zip(children).map(logged).collect())
}

/// Leaves out of a change of many what is not of the children who were asked for.
fn only(meant: &[Uuid], event: &mut Row, children: &mut Vec<(Uuid, Student)>) {
    children.retain(|(_, child)| meant.contains(&child.id));
    let is_theirs = |row: &Value| children.iter().any(|(of, _)| Some(*of) == id(row, "id"));
    if let Some(rows) = event.4.as_array_mut() {
        rows.retain(is_theirs);
    }
}

fn accounts(
    found: &[Found],
    db: &mut Db<'_, impl Grants<ReadAccessEvents>>,
) -> Result<HashMap<Uuid, String>> {
    let subjects: Vec<Uuid> = found.iter().map(|(_, subject)| *subject).collect();
    let named: Vec<(Uuid, String, String)> = users::table
        .filter(users::organization_id.eq(db.organization()))
        .filter(users::id.eq_any(&subjects))
        .select((users::id, users::first_name, users::last_name))
        .load(db.conn())?;
    Ok(named.into_iter().map(|(id, first, last)| (id, format!("{first} {last}"))).collect())
}
