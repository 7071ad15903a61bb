//! The only door to the database: how it opens, and what must not compile.
#![doc = include_str!("db/door.md")]

use std::{marker::PhantomData, sync::Arc};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use diesel::{PgConnection, prelude::*};
use uuid::Uuid;

use crate::{
    access::person::Person,
    clock::{Clock, local},
    error::{Error, Result},
    permit::{Grants, Permission},
    reach::{Held, Reach},
    sql::enter_organization,
};

mod database;
pub(crate) mod transaction;

pub(crate) use database::Connection;
pub use database::{Addresses, Database};
pub(crate) use transaction::Mode;

/// Somebody who is signed in. Only the lobby makes one.
#[derive(Clone)]
pub struct SignedIn {
    pub(crate) database: Database,
    pub(crate) person: Arc<Person>,
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
        if !self.person.holds(P::ENTRY.name) {
            return Err(Error::Forbidden);
        }
        Ok(Access { signed_in: self.clone(), intent, proof: PhantomData })
    }
}

/// Someone who was found to hold `P`.
pub struct Access<P: Permission> {
    signed_in: SignedIn,
    intent: Intent,
    proof: PhantomData<P>,
}

impl<P: Permission> Clone for Access<P> {
    fn clone(&self) -> Self {
        Self { signed_in: self.signed_in.clone(), intent: self.intent, proof: PhantomData }
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
            Some(Reach::Campuses(campuses)) => campuses.contains(&campus),
            _ => false,
        }
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
        let writes = self.intent == Intent::Write;
        let mode = if writes { Mode::ReadWrite } else { Mode::ReadOnly };
        transaction::run(
            || database.app(),
            mode,
            |conn| {
                let organization = person.organization().ok_or(Error::Forbidden)?;
                let held: Option<serde_json::Value> = diesel::select(enter_organization(
                    person.session,
                    person.id(),
                    organization,
                    P::ENTRY.name,
                    writes,
                ))
                .get_result(conn)?;
                let Entered { held } =
                    serde_json::from_value(held.ok_or(Error::SignedOut)?).map_err(Error::internal)?;
                if !held.is_held() {
                    return Err(Error::Forbidden);
                }
                work(&mut Db {
                    reach: held.reach(person.campus()),
                    conn,
                    organization,
                    user: Some(person.id()),
                    staff: person.staff(),
                    zone: person.time_zone(),
                    clock: &database.clock,
                    proof: PhantomData,
                })
            },
        )
    }
}

/// What the door's statement answers: the permission as it is held now.
#[derive(serde::Deserialize)]
struct Entered {
    held: Held,
}

/// One organization's database, as seen by one person who holds `P`.
pub struct Db<'c, P: Permission> {
    conn: &'c mut PgConnection,
    organization: Uuid,
    user: Option<Uuid>,
    staff: Option<Uuid>,
    reach: Reach,
    zone: Tz,
    clock: &'c Clock,
    proof: PhantomData<P>,
}

impl<P: Permission> Db<'_, P> {
    /// The organization that this connection sees.
    #[must_use]
    pub fn organization(&self) -> Uuid {
        self.organization
    }

    /// Who is at work; nobody while a school is being seeded.
    #[must_use]
    pub fn user(&self) -> Option<Uuid> {
        self.user
    }

    /// The staff record of whoever is at work.
    #[must_use]
    pub fn staff(&self) -> Option<Uuid> {
        self.staff
    }

    /// How far `P` reaches for this person.
    #[must_use]
    pub fn reach(&self) -> Reach {
        self.reach.clone()
    }

    /// The reach as a query takes it.
    pub(crate) fn sees(&self) -> crate::reach::Sees {
        self.reach.sees(self.staff)
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The day where this person works.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        local(self.now(), self.zone).0
    }

    /// The connection itself; only the domain may touch it.
    pub(crate) fn conn(&mut self) -> &mut PgConnection {
        self.conn
    }

    /// This connection where a weaker permission is asked for, with the same reach.
    pub fn narrow<Q: Permission>(&mut self) -> Db<'_, Q>
    where
        P: Grants<Q>,
    {
        Db {
            conn: self.conn,
            organization: self.organization,
            user: self.user,
            staff: self.staff,
            reach: self.reach.clone(),
            zone: self.zone,
            clock: self.clock,
            proof: PhantomData,
        }
    }
}

impl<'c> Db<'c, crate::permit::Seed> {
    /// For the lobby: everything in one organization, and nobody at work.
    pub(crate) fn seed(conn: &'c mut PgConnection, organization: Uuid, clock: &'c Clock) -> Self {
        Self {
            conn,
            organization,
            user: None,
            staff: None,
            reach: Reach::Organization,
            zone: Tz::UTC,
            clock,
            proof: PhantomData,
        }
    }
}
