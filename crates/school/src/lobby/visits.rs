//! Entering an organization for a while, and leaving it.

use chrono::TimeDelta;
use uuid::Uuid;

use super::Lobby;
use crate::{
    access::{
        looked::{Actor, Kind},
        organization_change::Organization,
        platform::Platform,
        renewal::Opened,
        visit::{self, Entering},
    },
    db::SignedIn,
    error::{Error, Result},
    words::AccessAction::{self, SignIn, SignOut},
};

impl Lobby {
    /// For how long a session may rest, and with it a visit.
    #[must_use]
    pub fn idle(&self) -> TimeDelta {
        self.limits.idle
    }

    /// Lets somebody of the platform into an organization, which reads of it in its record, and ends the visit that they
    /// were on. They are inside in the browser that asks and in no other: answers what it holds from now on.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `reason` and `minutes`; [`Error::NotFound`] when there is no such organization,
    /// [`Error::Conflict`] when it is suspended.
    pub fn enter(&self, who: &Platform, organization: Uuid, entering: &Entering) -> Result<Opened> {
        let opened = self.for_platform(who, |conn| {
            let place = Organization::held(organization, conn)?;
            if place.is_suspended() {
                let said = format!("{} is suspended, and nobody is inside. Lift that first.", place.name);
                return Err(Error::Conflict(said));
            }
            let visit = entering.begin(organization, who.signed_in().person(), conn)?;
            self.note_visit(who.signed_in(), (organization, visit), SignIn)?;
            who.change_token(conn)
        })?;
        self.says(who, "entered", organization);
        Ok(opened)
    }

    /// Ends the visit that somebody of the platform is on in this browser, and answers where they were and what it holds from
    /// now on.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for whoever works for the platform no more.
    pub fn leave(&self, who: &Platform) -> Result<Option<(Uuid, Opened)>> {
        self.for_platform(who, |conn| {
            let Some(at) = visit::leave_here(who.signed_in().person(), conn)? else { return Ok(None) };
            self.note_visit(who.signed_in(), at, SignOut)?;
            Ok(Some((at.0, who.change_token(conn)?)))
        })
    }

    fn note_visit(
        &self,
        who: &SignedIn,
        (organization, visit): (Uuid, Uuid),
        action: AccessAction,
    ) -> Result<()> {
        let actor = Actor { visit: Some(visit), ..who.actor() };
        let event = actor.did(action, Some(Kind::Visit), ("", Vec::new()), self.database.clock().now());
        self.database.note(&[event], organization)
    }
}
