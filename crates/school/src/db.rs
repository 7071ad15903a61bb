//! The only door to the database: how it opens, and what must not compile.
#![doc = include_str!("db/door.md")]

use std::{
    collections::BTreeMap,
    marker::PhantomData,
    sync::{Arc, Mutex},
};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use crate::{
    access::{
        looked::{Looks, Through},
        person::Person,
    },
    clock::local,
    error::{Error, Result},
    permit::Permission,
    reach::{Holdings, Reach},
    sql::enter_organization,
};

mod database;
mod inside;
mod lately;
mod snapshot;
pub(crate) mod transaction;

pub(crate) use database::Connection;
pub use database::{Addresses, Database};
pub use inside::Db;
pub use snapshot::Snapshot;
pub(crate) use transaction::Mode;

/// Somebody who is signed in. Only the lobby makes one.
#[derive(Clone)]
pub struct SignedIn {
    pub(crate) database: Database,
    pub(crate) person: Arc<Person>,
    pub(crate) through: Arc<Through>,
    /// What was looked at through a page and is not kept yet; none for whoever works without pages.
    pub(crate) pending: Option<Arc<Mutex<Looks>>>,
}

/// Whether the work only looks. A look runs in a read-only transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Looks; any write fails.
    Read,
    /// Changes something; holds the session until it is done.
    Write,
}

impl SignedIn {
    /// Who this is.
    #[must_use]
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// The same person, working through a page: what they look at waits for [`SignedIn::keep_looks`].
    #[must_use]
    pub fn through(self, through: Through) -> Self {
        Self { through: Arc::new(through), pending: Some(Arc::default()), ..self }
    }

    /// The instant, and the day and time where this person works.
    #[must_use]
    pub fn now(&self) -> (DateTime<Utc>, NaiveDate, NaiveTime) {
        let now = self.database.clock.now();
        let (day, time) = local(now, self.person.time_zone());
        (now, day, time)
    }

    /// Proof that this person holds `P`, for work of the given intent.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without the permission.
    pub fn may<P: Permission>(&self, intent: Intent) -> Result<Access<P>> {
        // A visitor looks; the door says the same.
        let may_not_write = intent == Intent::Write && self.person.visit().is_some();
        if may_not_write || !self.person.holds(P::ENTRY.name) {
            return Err(Error::Forbidden);
        }
        Ok(Access { signed_in: self.clone(), intent, further: Vec::new(), proof: PhantomData })
    }
}

/// Someone who was found to hold `P`.
pub struct Access<P: Permission> {
    signed_in: SignedIn,
    intent: Intent,
    further: Vec<&'static str>,
    proof: PhantomData<P>,
}

impl<P: Permission> Clone for Access<P> {
    fn clone(&self) -> Self {
        let (signed_in, further) = (self.signed_in.clone(), self.further.clone());
        Self { signed_in, intent: self.intent, further, proof: PhantomData }
    }
}

impl<P: Permission> Access<P> {
    /// Who this is.
    #[must_use]
    pub fn signed_in(&self) -> &SignedIn {
        &self.signed_in
    }

    /// What it is for.
    #[must_use]
    pub fn intent(&self) -> Intent {
        self.intent
    }

    /// Whether it reached this campus when the request came in; [`Access::run`] looks it up again.
    #[must_use]
    pub fn reaches(&self, campus: Uuid) -> bool {
        match self.signed_in.person.reach(P::ENTRY.name) {
            Some(Reach::Organization) => true,
            Some(reach) => reach.campuses().contains(&campus),
            None => false,
        }
    }

    /// The same, and in the transaction [`Db::also`] answers whether `Q` is held too.
    #[must_use]
    pub fn asking<Q: Permission>(mut self) -> Self {
        self.further.push(Q::ENTRY.name);
        self
    }

    /// Runs `work` in one transaction that sees this organization and no other. The permission is looked up again
    /// inside, so that a right taken away since the click is gone.
    ///
    /// # Errors
    /// [`Error::SignedOut`] or [`Error::Forbidden`] when session or right ended meanwhile, [`Error::Unavailable`] when
    /// the database is away, and whatever `work` answers; then nothing is kept.
    pub fn run<T>(&self, work: impl FnOnce(&mut Db<'_, P>) -> Result<T>) -> Result<T> {
        let person = &self.signed_in.person;
        let database = &self.signed_in.database;
        let organization = person.organization().ok_or(Error::Forbidden)?;
        let writes = self.intent == Intent::Write;
        let mode = if writes { Mode::ReadWrite } else { Mode::ReadOnly };
        let mut looks = Looks::default();
        let done = transaction::run(
            || database.app(),
            mode,
            |conn| {
                let held: Option<serde_json::Value> = diesel::select(enter_organization(
                    person.session,
                    person.id(),
                    organization,
                    [&[P::ENTRY.name], &*self.further].concat(),
                    writes,
                ))
                .get_result(conn)?;
                let Entered { held: mut holdings, sees } = Entered::read(held)?;
                let held = holdings.remove(P::ENTRY.name).ok_or(Error::Forbidden)?;
                let done = work(&mut Db {
                    reach: held.reach(person.campus()),
                    further: reaches(holdings, person),
                    conn: &mut *conn,
                    looks: &mut looks,
                    snapshot: sees.as_ref(),
                    organization,
                    user: Some(person.id()),
                    staff: person.staff(),
                    zone: person.time_zone(),
                    clock: &database.clock,
                    proof: PhantomData,
                })?;
                if writes {
                    self.signed_in.looked(std::mem::take(&mut looks), Some(conn), organization)?;
                }
                Ok(done)
            },
        )?;
        self.signed_in.looked(looks, None, organization).map(|()| done)
    }
}

/// What the door's statement answers: the permissions that are held now, and what this transaction can see.
#[derive(serde::Deserialize)]
struct Entered {
    held: Holdings,
    sees: Option<Snapshot>,
}

impl Entered {
    fn read(answer: Option<serde_json::Value>) -> Result<Self> {
        serde_json::from_value(answer.ok_or(Error::SignedOut)?).map_err(Error::internal)
    }
}

/// How far what else is held reaches.
fn reaches(holdings: Holdings, person: &Person) -> BTreeMap<String, Reach> {
    holdings.into_iter().map(|(name, held)| (name, held.reach(person.campus()))).collect()
}
