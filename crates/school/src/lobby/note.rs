//! Who came in, who was not let in, and what became of ways in: kept in the record of their organization.

use diesel::{PgConnection, prelude::*};
use schema::users;
use uuid::Uuid;

use super::Lobby;
use crate::{
    access::{
        failures,
        looked::{Actor, Kind, Through},
        session::Device,
        user::Credentials,
    },
    error::Result,
    words::AccessAction::{self, SignInRefused},
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

    /// Notes a refusal of whoever has this account. Where nobody has, as much is written, so that the clock tells nobody apart.
    pub(super) fn note_refusal(
        &self,
        account: Option<&Credentials>,
        kind: Kind,
        device: &Device,
    ) -> Result<()> {
        let whose = account.and_then(|account| Some((Some(account.id), account.organization?)));
        tracing::info!(user = ?account.map(|account| account.id), kind = kind.word(), address = device.at(), "not let in");
        match whose {
            Some(whose) => self.keep_at_the_door(whose, (SignInRefused, kind), &device.at()),
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
