//! Looks that are kept: which ones, and which are the same look again.

use std::{
    collections::HashMap,
    fmt::Display,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use diesel::PgConnection;
use uuid::Uuid;

use super::{Database, SignedIn, transaction};
use crate::{
    access::looked::{self, Actor, Event, Kind, Looks},
    error::{Error, Result},
    words::AccessAction,
};

/// Names and records seen again by the same person within this time are the same look.
const SAME_LOOK: TimeDelta = TimeDelta::minutes(10);
/// Looks remembered before those that are over are forgotten.
const MANY: usize = 200_000;

type Seen = HashMap<(Uuid, Kind, Uuid), DateTime<Utc>>;
/// Who asked for which page, and what of it.
type Asked = (Uuid, String, Uuid);
type Answered = HashMap<Asked, DateTime<Utc>>;

/// Who saw whom lately, so that a page opened again says nothing twice; and who was refused what, or opened it on a visit.
#[derive(Clone, Default)]
pub(crate) struct Lately {
    seen: Arc<Mutex<Seen>>,
    refused: Arc<Mutex<Answered>>,
    opened: Arc<Mutex<Answered>>,
}

/// Whether two instants are close enough for one look, also where somebody set the clock back.
fn is_lately(at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    (now - at).abs() < SAME_LOOK
}

impl Lately {
    /// What of these looks is new. Whatever is taken away as a file or on paper is, and each look at somebody's family,
    /// unless an open page only looks again by itself.
    pub(super) fn fresh(&self, mut looks: Looks, by: Actor<'_>, now: DateTime<Utc>) -> Looks {
        if matches!(by.through.action, AccessAction::Export | AccessAction::Print) {
            return looks;
        }
        let user = by.apart();
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let once = |kind: Kind| !kind.is_sensitive() || by.through.is_refresh;
        for ((kind, _), students) in looks.0.iter_mut().filter(|((kind, _), _)| once(*kind)) {
            students
                .retain(|student| !seen.get(&(user, *kind, *student)).is_some_and(|at| is_lately(*at, now)));
        }
        looks.0.retain(|(kind, _), students| kind.stands_alone() || !students.is_empty());
        looks
    }

    /// These are kept now.
    pub(super) fn remember(&self, looks: &Looks, by: Actor<'_>, now: DateTime<Utc>) {
        let user = by.apart();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() > MANY {
            seen.retain(|_, at| is_lately(*at, now));
        }
        for ((kind, _), students) in &looks.0 {
            seen.extend(students.iter().map(|student| ((user, *kind, *student), now)));
        }
    }
}

/// Keeps what somebody asked for, unless it was kept a moment ago.
fn once(
    answered: &Mutex<Answered>,
    asked: Asked,
    now: DateTime<Utc>,
    keep: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let locked = || answered.lock().unwrap_or_else(PoisonError::into_inner);
    if locked().get(&asked).is_some_and(|at| is_lately(*at, now)) {
        return Ok(());
    }
    keep()?;
    let mut answered = locked();
    if answered.len() > MANY {
        answered.retain(|_, at| is_lately(*at, now));
    }
    answered.insert(asked, now);
    Ok(())
}

impl SignedIn {
    /// Notes that this person was refused, or asked for what is not theirs or not there. It is kept whatever becomes of
    /// the request, in their own organization: whose the thing is stays unsaid.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when it cannot be kept.
    pub fn was_refused(&self, action: AccessAction, permission: &'static str) -> Result<()> {
        let Some(organization) = self.person.organization() else {
            self.says(action, permission);
            return Ok(());
        };
        let now = self.database.clock.now();
        let event = self.actor().did(action, None, (permission, Vec::new()), now);
        once(&self.database.lately.refused, self.asked(self.person.id()), now, || {
            self.database.note(&[event], organization)
        })
    }

    /// Notes a page that showed no child, where it counts all the same: a file that was taken away, each time, and whatever
    /// the platform's people open on a visit.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when it cannot be kept.
    pub fn was_shown(&self, permission: &'static str) -> Result<()> {
        let Some(organization) = self.person.organization() else { return Ok(()) };
        let (now, action, actor) = (self.database.clock.now(), self.through.action, self.actor());
        let note =
            || self.database.note(&[actor.did(action, None, (permission, Vec::new()), now)], organization);
        match action {
            AccessAction::Export => note(),
            _ if actor.visit.is_some() => {
                once(&self.database.lately.opened, self.asked(actor.apart()), now, note)
            }
            _ => Ok(()),
        }
    }

    fn asked(&self, who: Uuid) -> Asked {
        (who, self.through.page.clone(), self.through.resource.unwrap_or_default())
    }

    /// Notes what somebody did with a way in of their own, through this page.
    pub(crate) fn did(&self, action: AccessAction, kind: Kind) -> Result<()> {
        let Some(organization) = self.own_organization() else {
            self.says(action, kind.word());
            return Ok(());
        };
        let event = self.actor().did(action, Some(kind), ("", Vec::new()), self.database.clock.now());
        self.database.note(&[event], organization)
    }

    /// The organization that their account belongs to, wherever they are on a visit.
    pub(crate) fn own_organization(&self) -> Option<Uuid> {
        self.person.organization().filter(|_| self.person.visit().is_none())
    }

    /// Of the platform's own people, who have no record of an organization's, the program's log tells.
    fn says(&self, action: AccessAction, what: &str) {
        tracing::info!(user = %self.person.id(), action = action.word(), what, "of the platform");
    }

    /// Whether something was looked at that is to be kept before it is shown.
    #[must_use]
    pub fn has_looked(&self) -> bool {
        self.pending.as_ref().is_some_and(|pending| !locked(pending).is_empty())
    }

    /// Keeps what was looked at through this page, in one statement. Whoever cannot keep it shows nothing.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when it cannot be kept.
    pub fn keep_looks(&self) -> Result<()> {
        let looks = self.pending.as_ref().map(|pending| std::mem::take(&mut *locked(pending)));
        let (Some(looks), Some(organization)) = (looks, self.person.organization()) else { return Ok(()) };
        self.note(&looks, organization)?;
        if self.person.visit().is_some() {
            let asked = self.asked(self.actor().apart());
            once(&self.database.lately.opened, asked, self.database.clock.now(), || Ok(()))?;
        }
        Ok(())
    }

    /// What was looked at in a transaction: kept with it where it changed something, else in one statement with whatever
    /// the page looks at besides.
    pub(super) fn looked(
        &self,
        looks: Looks,
        change: Option<&mut PgConnection>,
        organization: Uuid,
    ) -> Result<()> {
        let (now, actor) = (self.database.clock.now(), self.actor());
        let looks = self.database.lately.fresh(looks, actor, now);
        match (change, &self.pending) {
            _ if looks.is_empty() => {}
            (Some(conn), _) => {
                looked::keep(&looks.events(actor, now), organization, conn).map_err(unkept)?;
            }
            (None, Some(pending)) => locked(pending).join(looks),
            (None, None) => self.note(&looks, organization)?,
        }
        Ok(())
    }

    pub(crate) fn actor(&self) -> Actor<'_> {
        let person = &self.person;
        let visit = person.visit().map(|visit| visit.id);
        Actor { user: Some(person.id()), session: person.session, visit, through: &self.through }
    }

    fn note(&self, looks: &Looks, organization: Uuid) -> Result<()> {
        if looks.is_empty() {
            return Ok(());
        }
        let (now, actor) = (self.database.clock.now(), self.actor());
        self.database.note(&looks.events(actor, now), organization)?;
        self.database.lately.remember(looks, actor, now);
        Ok(())
    }
}

fn locked(pending: &Mutex<Looks>) -> MutexGuard<'_, Looks> {
    pending.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Database {
    /// Keeps events in a transaction of their own.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when they cannot be kept.
    pub(crate) fn note(&self, events: &[Event], organization: Uuid) -> Result<()> {
        transaction::once(|| self.app(), |conn| looked::keep(events, organization, conn)).map_err(unkept)
    }
}

/// What is not recorded does not happen.
fn unkept(error: impl Display) -> Error {
    tracing::error!(%error, "the record of access cannot be kept, so the request fails");
    Error::Unavailable
}
