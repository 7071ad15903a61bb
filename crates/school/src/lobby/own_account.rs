//! One's own account: particulars, and where one is signed in.

use diesel::prelude::*;
use schema::users;
use uuid::Uuid;

use super::Lobby;
use crate::{
    access::{
        family,
        looked::Kind,
        own_account::{Account, Particulars},
        renewal,
        session::{self, Session},
    },
    db::{Mode, SignedIn, transaction},
    error::{Error, Result},
    sql::{enter_organization, set_config},
    words::AccessAction,
};

impl Lobby {
    /// Somebody's own account, and where they are signed in, the latest seen first.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away.
    pub fn account(&self, who: &SignedIn) -> Result<(Account, Vec<Session>)> {
        let (user, now) = (who.person().id(), self.database.clock().now());
        self.write(|conn| Ok((Account::of(user, conn)?, session::of(user, self.limits, now, conn)?)))
    }

    /// Keeps what somebody says of themselves, and in the history of their organization what was changed by it.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when their session ended meanwhile, [`Error::Unavailable`] when the database is away.
    pub fn change_particulars(&self, who: &SignedIn, new: &Particulars) -> Result<()> {
        let user = who.person().id();
        let Some(organization) = who.own_organization() else {
            tracing::info!(%user, what = "particulars", "of the platform");
            return self.write_for(who, |conn| Ok(new.keep(user, conn).map(|_| ())?));
        };
        let work = |conn: &mut PgConnection| {
            let inside = set_config("app.organization_id", organization.to_string(), true);
            diesel::select(inside).execute(conn)?;
            // Before the door holds the account to be read, so that of two changes at once one waits for the other.
            let _: Uuid = users::table.find(user).select(users::id).for_no_key_update().first(conn)?;
            let door = enter_organization(who.person().session, user, organization, Vec::<&str>::new(), true);
            let held: Option<serde_json::Value> = diesel::select(door).get_result(conn)?;
            held.ok_or(Error::SignedOut)?;
            Ok(new.keep(user, conn).map(|_| ())?)
        };
        transaction::run(|| self.database.app(), Mode::ReadWrite, work)
    }

    /// Ends one of somebody's own sessions at once, or the one that its browser renewed it into meanwhile.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not theirs, or over; [`Error::SignedOut`] when the one that asks ended meanwhile.
    pub fn end_session(&self, who: &SignedIn, session: Uuid) -> Result<()> {
        let (user, now) = (who.person().id(), self.database.clock().now());
        let theirs = self.write_for(who, |conn| {
            let theirs = family::end(user, session, conn)?;
            renewal::revoke_ended(user, now, conn)?;
            if theirs {
                who.did(AccessAction::SignOut, Kind::Sessions)?;
            }
            Ok(theirs)
        })?;
        theirs.then_some(()).ok_or(Error::NotFound)
    }

    /// Ends all of somebody's own sessions at once, or all but the one that asks.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when that one ended meanwhile, [`Error::Unavailable`] when the database is away.
    pub fn end_sessions(&self, who: &SignedIn, but_this: bool) -> Result<()> {
        let (person, now) = (who.person(), self.database.clock().now());
        let but = person.session.filter(|_| but_this);
        self.write_for(who, |conn| {
            let ended = session::end_all(person.id(), but, conn)?;
            renewal::revoke_ended(person.id(), now, conn)?;
            if ended == 0 {
                return Ok(());
            }
            who.did(AccessAction::SignOut, Kind::Sessions)
        })
    }
}
