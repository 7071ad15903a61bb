//! Entering an organization for a while, and leaving it.

use uuid::Uuid;

use super::Lobby;
use crate::{
    access::{
        looked::{Actor, Kind},
        organization_change::Organization,
        platform::Platform,
        visit::{self, Entering},
    },
    db::SignedIn,
    error::{Error, Result},
    words::AccessAction::{self, SignIn, SignOut},
};

impl Lobby {
    /// Lets somebody of the platform into an organization, which reads of it in its record, and ends the visit that they
    /// were on.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `reason` and `minutes`; [`Error::NotFound`] when there is no such organization,
    /// [`Error::Conflict`] when it is suspended.
    pub fn enter(&self, who: &Platform, organization: Uuid, entering: &Entering) -> Result<()> {
        self.for_platform(who, |conn| {
            let place = Organization::held(organization, conn)?;
            if place.is_suspended() {
                let said = format!("{} is suspended, and nobody is inside. Lift that first.", place.name);
                return Err(Error::Conflict(said));
            }
            let visit = entering.begin(organization, who.signed_in().person(), conn)?;
            self.note_visit(who.signed_in(), (organization, visit), SignIn)
        })?;
        self.says(who, "entered", organization);
        Ok(())
    }

    /// Ends the visit that somebody of the platform is on, and answers where they were.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for whoever works for the platform no more.
    pub fn leave(&self, who: &Platform) -> Result<Option<Uuid>> {
        let left = self.for_platform(who, |conn| {
            let left = visit::leave(who.signed_in().person().id(), conn)?;
            left.map_or(Ok(()), |at| self.note_visit(who.signed_in(), at, SignOut))?;
            Ok(left)
        })?;
        Ok(left.map(|(organization, _)| organization))
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
