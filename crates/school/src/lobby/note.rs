//! Who came in, who was not let in, and what became of ways in: kept in the record of their organization.

use diesel::{PgConnection, prelude::*};
use schema::users;
use uuid::Uuid;

use super::Lobby;
use crate::{
    access::{
        address, failures, link,
        looked::{Actor, Kind, Through},
        session::{Device, Token},
        user::Credentials,
    },
    error::Result,
    words::AccessAction::{self, Asked, SignInRefused},
};

impl Lobby {
    /// Notes what somebody did or was refused at the door. It stays whatever becomes of the transaction around it. Of the
    /// platform's own people the program's log tells.
    pub(super) fn note(
        &self,
        user: Uuid,
        (action, kind): (AccessAction, Kind),
        address: &str,
        conn: &mut PgConnection,
    ) -> Result<()> {
        let organization: Option<Uuid> =
            users::table.find(user).select(users::organization_id).first(conn)?;
        tracing::info!(%user, action = action.word(), kind = kind.word(), address, "at the door");
        match organization {
            Some(organization) => self.keep_at_the_door((Some(user), organization), (action, kind), address),
            None => Ok(()),
        }
    }

    /// Notes a refusal of whoever has this account.
    pub(super) fn note_refusal(
        &self,
        account: Option<&Credentials>,
        kind: Kind,
        device: &Device,
    ) -> Result<()> {
        tracing::info!(user = ?account.map(|account| account.id), kind = kind.word(), address = device.at(), "not let in");
        self.note_or_as_much(account.and_then(whose), (SignInRefused, kind), &device.at())
    }

    /// Notes a wrong guess at the account of an address, also where it is closed: its organization wants to know. Looked up
    /// in the same way whether anybody has it or not.
    pub(super) fn note_guess(&self, email: &str, device: &Device) -> Result<()> {
        let whose = self.write(|conn| Ok(whose_address(email, conn)?))?;
        tracing::info!(user = ?whose.map(|(user, _)| user), kind = Kind::Password.word(), address = device.at(), "not let in");
        let whose = whose.and_then(|(user, organization)| Some((user, organization?)));
        self.note_or_as_much(whose, (SignInRefused, Kind::Password), &device.at())
    }

    /// Notes that a link was used which opens nothing any more, of whoever it was sent to. Looking at it is not noted, since
    /// mail scanners look.
    ///
    /// # Errors
    /// [`Error::Unavailable`](crate::Error::Unavailable) when the database is away.
    pub fn note_dead_link(&self, token: &Token, device: &Device) -> Result<()> {
        let whose = self.write(|conn| match link::whose(token, conn)? {
            None => Ok(address::whose(token, conn)?),
            whose => Ok(whose),
        })?;
        tracing::info!(user = ?whose.map(|(user, _)| user), kind = Kind::Link.word(), address = device.at(), "not let in");
        match whose {
            Some((user, Some(organization))) => {
                self.keep_at_the_door((Some(user), organization), (SignInRefused, Kind::Link), &device.at())
            }
            _ => Ok(()),
        }
    }

    /// Notes that a new password was asked for by mail, by whoever it was, for somebody who may come in.
    pub(super) fn note_asked(&self, account: Option<&Credentials>, address: &str) -> Result<()> {
        self.note_or_as_much(account.and_then(whose), (Asked, Kind::Password), address)
    }

    /// Notes something in the record of whoever it is about. Where it is about nobody, as much is written, so that the clock
    /// tells nobody apart.
    fn note_or_as_much(
        &self,
        whose: Option<(Uuid, Uuid)>,
        happened: (AccessAction, Kind),
        address: &str,
    ) -> Result<()> {
        match whose {
            Some((user, organization)) => {
                self.keep_at_the_door((Some(user), organization), happened, address)
            }
            None => self.write(|conn| failures::count_for_nobody(self.database.clock().now(), conn)),
        }
    }

    /// Notes in an organization's record that somebody who is nobody there was not let in by its provider.
    pub(super) fn note_stranger(&self, organization: Uuid, device: &Device) -> Result<()> {
        tracing::info!(%organization, kind = Kind::SignOn.word(), address = device.at(), "a stranger is not let in");
        self.keep_at_the_door((None, organization), (SignInRefused, Kind::SignOn), &device.at())
    }

    fn keep_at_the_door(
        &self,
        (user, organization): (Option<Uuid>, Uuid),
        (action, kind): (AccessAction, Kind),
        address: &str,
    ) -> Result<()> {
        let through = Through { address: address.to_owned(), ..Through::machine("sign-in") };
        let now = self.database.clock().now();
        let actor = Actor { user, session: None, visit: None, through: &through };
        self.database.note(&[actor.did(action, Some(kind), ("", Vec::new()), now)], organization)
    }
}

/// The organization in whose record an account's events stand; the platform's own people have none.
fn whose(account: &Credentials) -> Option<(Uuid, Uuid)> {
    Some((account.id, account.organization?))
}

/// Whose an address is, or was last, whether they are let in or not.
fn whose_address(email: &str, conn: &mut PgConnection) -> QueryResult<Option<(Uuid, Option<Uuid>)>> {
    let theirs = || users::table.filter(users::email_canonical.eq(email.to_owned()));
    let select = (users::id, users::organization_id);
    let here = theirs().filter(users::deleted_at.is_null()).select(select).first(conn).optional()?;
    let gone = theirs().filter(users::deleted_at.is_not_null()).order(users::deleted_at.desc());
    let gone = gone.select(select).first(conn).optional()?;
    Ok(here.or(gone))
}
