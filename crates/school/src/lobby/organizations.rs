//! What the platform's own people do with organizations: found, change, suspend. Each looks up again whether they still may.

use chrono::{DateTime, Utc};
use diesel::{PgConnection, RunQueryDsl};
use uuid::Uuid;

use super::{Awaited, Lobby};
use crate::{
    access::{
        email::Email,
        mail::{self, Asked},
        organization::NewOrganization,
        organization_change::Organization,
        platform::Platform,
        role,
        user::{self, NewUser},
        visit::{self, Visit},
    },
    clock::new_id,
    edit::Edit,
    error::Result,
    slice::{Listing, Slice},
    sql::demand_at_founding,
    words::MailKind,
};

/// An organization to be founded, and who looks after it first.
#[derive(Clone, Debug)]
pub struct Founding {
    /// The organization.
    pub organization: NewOrganization,
    /// Where the first administrator's invitation goes.
    pub email: Email,
    /// Their first name.
    pub first_name: String,
    /// Their family name.
    pub last_name: String,
}

impl Lobby {
    /// The organizations by name, each with how many accounts it has.
    ///
    /// # Errors
    /// [`crate::Error::Forbidden`] for whoever works for the platform no more.
    pub fn organizations_of(&self, who: &Platform, listing: &Listing) -> Result<Slice<(Organization, i64)>> {
        self.for_platform(who, |conn| Organization::listed(listing, conn))
    }

    /// One of them, the latest visits to it, and who is to come in first if nobody has.
    ///
    /// # Errors
    /// As [`Lobby::organizations_of`]; [`crate::Error::NotFound`] when there is none.
    pub fn organization_of(
        &self,
        who: &Platform,
        id: Uuid,
    ) -> Result<(Organization, Vec<Visit>, Option<Awaited>)> {
        self.for_platform(who, |conn| {
            Ok((Organization::of(id, conn)?, Visit::of_organization(id, conn)?, Awaited::of(id, conn)?))
        })
    }

    /// Founds an organization as [`Lobby::found`] does, whose administrators and finance staff must have a second factor until
    /// it says otherwise.
    ///
    /// # Errors
    /// [`crate::Error::Invalid`] when the slug is taken.
    pub fn found_guarded(&self, new: &NewOrganization) -> Result<Uuid> {
        let id = new_id();
        self.write(|conn| found_guarded(new, id, conn))?;
        Ok(id)
    }

    /// Founds an organization, invites its first administrator by mail, and answers its id.
    /// Its administrators and finance staff must have a second factor until it says otherwise.
    ///
    /// # Errors
    /// [`crate::Error::Invalid`] for `slug` or `email` that somebody has.
    pub fn found_for(&self, who: &Platform, new: &Founding, request_ip: &str) -> Result<Uuid> {
        let (id, now) = (new_id(), self.database.clock().now());
        self.for_platform(who, |conn| {
            found_guarded(&new.organization, id, conn)?;
            let first = NewUser {
                email: new.email.clone(),
                first_name: new.first_name.clone(),
                last_name: new.last_name.clone(),
                password_hash: None,
            };
            let role = role::built_in("administrator", conn)?;
            let user = user::create(&first, Some(id), Some(role), now, conn)?;
            let asked = Asked { address: new.email.typed(), request_ip, now };
            mail::leave(MailKind::Invitation, Some(user), asked, conn)?;
            Ok(())
        })?;
        self.says(who, "founded", id);
        Ok(id)
    }

    /// Changes what is written of an organization, unless somebody else did since it was `seen`.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`], [`crate::Error::Invalid`] for `slug` that another has.
    pub fn change_organization(
        &self,
        who: &Platform,
        (id, seen): (Uuid, DateTime<Utc>),
        new: &NewOrganization,
    ) -> Result<Edit<Organization>> {
        let edit = self.for_platform(who, |conn| new.change(id, seen, conn))?;
        self.says(who, "changed", id);
        Ok(edit)
    }

    /// Suspends an organization: everybody of it is out at the next click, every visit to it ends, and at the door nobody
    /// learns why.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`]; [`crate::Error::Conflict`] when it is suspended already.
    pub fn suspend(&self, who: &Platform, id: Uuid, because: &str) -> Result<()> {
        let now = self.database.clock().now();
        self.for_platform(who, |conn| {
            Organization::held(id, conn)?.suspend(because, now, conn)?;
            visit::end_all(id, conn)?;
            Ok(())
        })?;
        self.says(who, "suspended", id);
        Ok(())
    }

    /// Lifts a suspension: its people sign in again.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] when there is no such organization.
    pub fn lift_suspension(&self, who: &Platform, id: Uuid) -> Result<()> {
        self.for_platform(who, |conn| Organization::held(id, conn)?.lift(conn))?;
        self.says(who, "lifted", id);
        Ok(())
    }

    /// Runs `work` for somebody of the platform, who is looked up again and held until it is done.
    pub(super) fn for_platform<T>(
        &self,
        who: &Platform,
        work: impl FnOnce(&mut PgConnection) -> Result<T>,
    ) -> Result<T> {
        self.write(|conn| {
            who.hold(conn)?;
            work(conn)
        })
    }

    /// Of the platform's own people the program's log tells.
    pub(super) fn says(&self, who: &Platform, done: &str, organization: Uuid) {
        tracing::info!(user = %who.signed_in().person().id(), done, %organization, "of the platform");
    }
}

fn found_guarded(new: &NewOrganization, id: Uuid, conn: &mut PgConnection) -> Result<()> {
    new.found(id, conn)?;
    diesel::select(demand_at_founding(id)).get_result::<bool>(conn)?;
    Ok(())
}
