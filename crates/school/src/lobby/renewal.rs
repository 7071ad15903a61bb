//! Sessions opened, renewed and ended, with what renews them.

use diesel::{PgConnection, prelude::*};
use schema::users;
use uuid::Uuid;

use super::Lobby;
use crate::{
    access::{
        looked::Kind,
        mail::{self, Asked},
        renewal::{self, Opened, Presented},
        second_factor,
        session::{self, Device, Token},
    },
    db::SignedIn,
    error::{Error, Result},
    sql::resume_session,
    words::{AccessAction, MailKind},
};

impl Lobby {
    /// Renews the session of a browser whose owner stays signed in. Who it is, and what the browser holds from now on.
    /// A token that was used before ends its family, which stays ended though the answer is a refusal. Whose role demands a
    /// second factor that they have not set up is not renewed: they set it up where they sign in.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when the token opens nothing any more, [`Error::Unavailable`] when the database is away.
    pub fn renew(&self, token: &Token, device: &Device) -> Result<(SignedIn, Opened)> {
        let (clock, seal) = (self.database.clock(), self.seal()?);
        let renewed = self.write(|conn| {
            match renewal::present(token, device, (seal, self.limits), clock, conn)? {
                Presented::Renewed(opened) => {
                    // Whoever may not come in any more is not renewed, and nothing is used up.
                    let held = diesel::select(resume_session(opened.session.hash(), self.limits.idle, None::<&str>));
                    let held: Option<serde_json::Value> = held.get_result(conn)?;
                    let person = super::person_of(held.ok_or(Error::SignedOut)?)?;
                    if second_factor::standing(person.id(), conn)?.is_missing() {
                        return Err(Error::SignedOut);
                    }
                    Ok(Some((person, opened)))
                }
                Presented::Nothing => Ok(None),
                Presented::Stolen(user) => {
                    tracing::warn!(%user, address = device.at(), "a refresh token was used twice: its family is revoked");
                    let address: String = users::table.find(user).select(users::email).first(conn)?;
                    let asked = Asked { address: &address, request_ip: &device.at(), now: clock.now() };
                    mail::leave(MailKind::SignInStolen, Some(user), asked, conn)?;
                    self.note(user, (AccessAction::SignInRefused, Kind::Renewal), &device.at(), conn)?;
                    Ok(None)
                }
            }
        })?;
        let (person, opened) = renewed.ok_or(Error::SignedOut)?;
        Ok((self.signed_in(person, "session"), opened))
    }

    /// Opens a session for a user as of an epoch, and where they stay, what renews it. Platform staff never stay.
    pub(super) fn open(
        &self,
        (user, epoch): (Uuid, i32),
        device: &Device,
        stays: bool,
        conn: &mut PgConnection,
    ) -> Result<Opened> {
        let now = self.database.clock().now();
        let organization: Option<Uuid> =
            users::table.find(user).select(users::organization_id).first(conn)?;
        let session = Token::random()?;
        let opening = session::open(&session, (user, epoch), device, self.limits, conn)?;
        renewal::forget_old(user, now, conn)?;
        let stays = stays && organization.is_some() && self.lets_stay();
        let renewal = stays.then(|| renewal::begin(&opening, device, self.limits, now, conn)).transpose()?;
        Ok(Opened { session, renewal })
    }

    /// Opens a session in place of all that a change has ended; the browser stays signed in if it did.
    pub(super) fn open_again(&self, user: Uuid, device: &Device, conn: &mut PgConnection) -> Result<Opened> {
        let now = self.database.clock().now();
        let stays = match &device.renewal {
            Some(token) => renewal::is_theirs(user, token, now, conn)?,
            None => false,
        };
        renewal::revoke_ended(user, now, conn)?;
        let epoch: i32 = users::table.find(user).select(users::epoch).first(conn)?;
        self.open((user, epoch), device, stays, conn)
    }

    /// Ends what a browser holds; answers whose session it was, if one ran.
    pub(super) fn end(
        &self,
        token: Option<&Token>,
        renewal: Option<&Token>,
        conn: &mut PgConnection,
    ) -> Result<Option<Uuid>> {
        let now = self.database.clock().now();
        let ended = token.map(|token| session::end(token, conn)).transpose()?.flatten();
        if let Some(user) = ended {
            renewal::revoke_ended(user, now, conn)?;
        }
        if let Some(renewal) = renewal {
            renewal::give_back(renewal, now, conn)?;
        }
        Ok(ended)
    }
}
