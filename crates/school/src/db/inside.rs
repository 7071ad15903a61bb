//! Inside of one organization: the connection that every sentence of the domain is said to.

use std::{collections::BTreeMap, marker::PhantomData};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Tz;
use diesel::{
    PgConnection,
    connection::{AnsiTransactionManager, TransactionManager as _},
};
use uuid::Uuid;

use super::Snapshot;
use crate::{
    access::looked::{Kind, Looks},
    clock::{Clock, local},
    error::Result,
    permit::{Grants, Permission},
    reach::Reach,
};

/// One organization's database, as seen by one person who holds `P`.
pub struct Db<'c, P: Permission> {
    pub(super) conn: &'c mut PgConnection,
    pub(super) looks: &'c mut Looks,
    pub(super) snapshot: Option<&'c Snapshot>,
    pub(super) organization: Uuid,
    pub(super) user: Option<Uuid>,
    pub(super) staff: Option<Uuid>,
    pub(super) reach: Reach,
    pub(super) further: BTreeMap<String, Reach>,
    pub(super) zone: Tz,
    pub(super) clock: &'c Clock,
    pub(super) proof: PhantomData<P>,
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

    /// The time zone where this person works.
    pub(crate) fn zone(&self) -> Tz {
        self.zone
    }

    /// The instant at which a day begins where this person works.
    pub(crate) fn begins(&self, day: NaiveDate) -> DateTime<Utc> {
        let midnight = day.and_time(NaiveTime::MIN);
        let there = self.zone.from_local_datetime(&midnight).earliest();
        there.map_or_else(|| midnight.and_utc(), |at| at.with_timezone(&Utc))
    }

    /// The connection itself; only the domain may touch it.
    pub(crate) fn conn(&mut self) -> &mut PgConnection {
        self.conn
    }

    /// Does something and keeps nothing of it: whether it could be done.
    pub(crate) fn tries(&mut self, work: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        AnsiTransactionManager::begin_transaction(self.conn)?;
        let tried = work(self);
        AnsiTransactionManager::rollback_transaction(self.conn)?;
        tried
    }

    /// What is about to be shown of these students is kept in the record of access, with the permission that opened it;
    /// before it is shown.
    pub fn saw(&mut self, kind: Kind, students: impl IntoIterator<Item = Uuid>) {
        self.looks.0.entry((kind, P::ENTRY.name)).or_default().extend(students);
    }

    /// This connection with another permission's reach, where that was asked for at the door and is held too.
    pub fn also<Q: Permission>(&mut self) -> Option<Db<'_, Q>> {
        let reach = self.further.get(Q::ENTRY.name)?.clone();
        Some(Db {
            conn: self.conn,
            looks: self.looks,
            snapshot: self.snapshot,
            organization: self.organization,
            user: self.user,
            staff: self.staff,
            reach,
            further: BTreeMap::new(),
            zone: self.zone,
            clock: self.clock,
            proof: PhantomData,
        })
    }

    /// This connection where a weaker permission is asked for, with the same reach.
    pub fn narrow<Q: Permission>(&mut self) -> Db<'_, Q>
    where
        P: Grants<Q>,
    {
        Db {
            conn: self.conn,
            looks: self.looks,
            snapshot: self.snapshot,
            organization: self.organization,
            user: self.user,
            staff: self.staff,
            reach: self.reach.clone(),
            further: BTreeMap::new(),
            zone: self.zone,
            clock: self.clock,
            proof: PhantomData,
        }
    }
}

impl<'c> Db<'c, crate::permit::Seed> {
    /// For the lobby: everything in one organization, and nobody at work.
    pub(crate) fn seed(
        conn: &'c mut PgConnection,
        looks: &'c mut Looks,
        organization: Uuid,
        clock: &'c Clock,
    ) -> Self {
        Self {
            conn,
            looks,
            snapshot: None,
            organization,
            user: None,
            staff: None,
            reach: Reach::Organization,
            further: BTreeMap::new(),
            zone: Tz::UTC,
            clock,
            proof: PhantomData,
        }
    }
}
