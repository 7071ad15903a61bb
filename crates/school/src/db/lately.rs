//! Looks that are kept: which ones, and which are the same look again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::{Mode, SignedIn, transaction};
use crate::{
    access::looked::{self, Actor, Event, Kind, Looks},
    error::{Error, Result},
    sql::set_config,
    words::AccessAction,
};

/// Names and records seen again by the same person within this time are the same look.
const SAME_LOOK: TimeDelta = TimeDelta::minutes(10);
/// Looks remembered before those that are over are forgotten.
const MANY: usize = 200_000;
/// From this class on every look counts.
const SENSITIVE: i16 = 3;

type Seen = HashMap<(Uuid, Kind, Uuid), DateTime<Utc>>;
type Refused = HashMap<(Uuid, String, Uuid), DateTime<Utc>>;

/// Who saw whom lately, so that a page opened again says nothing twice; and who was refused what.
#[derive(Clone, Default)]
pub(crate) struct Lately {
    seen: Arc<Mutex<Seen>>,
    refused: Arc<Mutex<Refused>>,
}

impl Lately {
    /// What of these looks is new.
    fn fresh(&self, mut looks: Looks, user: Uuid, now: DateTime<Utc>) -> Looks {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        for ((kind, _), students) in &mut looks.0 {
            if kind.class() < SENSITIVE {
                students.retain(|student| {
                    seen.get(&(user, *kind, *student)).is_none_or(|at| now - *at >= SAME_LOOK)
                });
            }
        }
        looks.0.retain(|(kind, _), students| !students.is_empty() || *kind == Kind::Log);
        looks
    }

    /// These are kept now.
    fn remember(&self, looks: &Looks, user: Uuid, now: DateTime<Utc>) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() > MANY {
            seen.retain(|_, at| now - *at < SAME_LOOK);
        }
        for ((kind, _), students) in looks.0.iter().filter(|((kind, _), _)| kind.class() < SENSITIVE) {
            seen.extend(students.iter().map(|student| ((user, *kind, *student), now)));
        }
    }
}

impl Lately {
    /// Whether somebody was not refused the same a moment ago; from now on they were.
    fn is_news(&self, user: Uuid, page: &str, resource: Uuid, now: DateTime<Utc>) -> bool {
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        if refused.len() > MANY {
            refused.retain(|_, at| now - *at < SAME_LOOK);
        }
        let before = refused.insert((user, page.to_owned(), resource), now);
        before.is_none_or(|at| now - at >= SAME_LOOK)
    }
}

impl SignedIn {
    /// Notes that this person was refused, or asked for what is not theirs or not there. It is kept whatever becomes of
    /// the request, in their own organization: whose the thing is stays unsaid.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away.
    pub fn was_refused(&self, action: AccessAction, permission: &'static str) -> Result<()> {
        let Some(organization) = self.person.organization() else { return Ok(()) };
        let (now, resource) = (self.database.clock.now(), self.through.resource);
        let page = &self.through.page;
        if !self.database.lately.is_news(self.person.id(), page, resource.unwrap_or_default(), now) {
            return Ok(());
        }
        let event = Event { action, kind: "", class: 0, permission };
        self.record(organization, |conn| {
            looked::note(event, resource, 0, self.actor(organization), now, conn).map(|_| ())
        })
    }

    pub(super) fn actor(&self, organization: Uuid) -> Actor<'_> {
        let person = &self.person;
        Actor { organization, user: Some(person.id()), session: person.session, through: &self.through }
    }

    /// Keeps what was looked at, in a transaction of its own before anybody sees it. What cannot be kept is not shown.
    pub(super) fn keep(&self, looks: Looks, organization: Uuid) -> Result<()> {
        let (now, user) = (self.database.clock.now(), self.person.id());
        let takes_away = matches!(self.through.action, AccessAction::Export | AccessAction::Print);
        let looks = if takes_away { looks } else { self.database.lately.fresh(looks, user, now) };
        if looks.is_empty() {
            return Ok(());
        }
        self.record(organization, |conn| looked::keep(&looks, self.actor(organization), now, conn)).map_err(
            |error| {
                tracing::error!(%error, "the record of access cannot be kept, so nothing is shown");
                Error::Unavailable
            },
        )?;
        self.database.lately.remember(&looks, user, now);
        Ok(())
    }

    fn record(
        &self,
        organization: Uuid,
        work: impl FnOnce(&mut PgConnection) -> QueryResult<()>,
    ) -> Result<()> {
        transaction::run(
            || self.database.app(),
            Mode::ReadWrite,
            |conn| {
                diesel::select((
                    set_config("app.organization_id", organization.to_string(), true),
                    set_config("app.user_id", self.person.id().to_string(), true),
                ))
                .execute(conn)?;
                Ok(work(conn)?)
            },
        )
    }
}
