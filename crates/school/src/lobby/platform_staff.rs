//! The platform's own people, looked after by whoever works at this machine: nobody of the platform changes another's account.

use chrono::{DateTime, Utc};
use diesel::{PgConnection, prelude::*};
use schema::{organizations, users};
use uuid::Uuid;

use super::Lobby;
use crate::{
    access::{
        email::Email,
        guess,
        mail::{self, Asked},
        renewal, second_factor,
    },
    error::{Error, Result},
    words::MailKind,
};

/// What is done with the account of somebody of the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// They are not let in any more, and signed out at once.
    Disable,
    /// They are let in again, with the password that they have.
    Enable,
    /// Wrong guesses are forgotten, so that nobody waits for them.
    Unlock,
    /// The second factor that they have lost is taken away; they are signed out and set up another at the door.
    ForgetSecondFactor,
}

impl Care {
    /// What the program's log calls it.
    fn word(self) -> &'static str {
        match self {
            Self::Disable => "disabled",
            Self::Enable => "enabled",
            Self::Unlock => "unlocked",
            Self::ForgetSecondFactor => "second factor taken away",
        }
    }
}

impl Lobby {
    /// Does this with the account of somebody of the platform, and answers their name.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `email` when nobody of the platform signs in with this address, [`Error::Conflict`] when there
    /// is nothing to do.
    pub fn look_after(&self, email: &Email, care: Care) -> Result<String> {
        let (user, name) = self.write(|conn| {
            let (user, name) = platform_staff(email, conn)?;
            self.care(user, email, care, conn)?;
            Ok((user, name))
        })?;
        tracing::info!(%user, action = care.word(), "an account of the platform was changed at the machine");
        Ok(name)
    }

    fn care(&self, user: Uuid, email: &Email, care: Care, conn: &mut PgConnection) -> Result<()> {
        let (disabled, factor): (Option<DateTime<Utc>>, Option<DateTime<Utc>>) = users::table
            .find(user)
            .select((users::disabled_at, users::second_factor_at))
            .for_update()
            .first(conn)?;
        let now = self.database.clock().now();
        match care {
            Care::Disable if disabled.is_some() => {
                return Err(Error::Conflict("They are disabled already.".into()));
            }
            Care::Enable if disabled.is_none() => {
                return Err(Error::Conflict("They are not disabled.".into()));
            }
            Care::ForgetSecondFactor if factor.is_none() => {
                return Err(Error::Conflict(
                    "They have no second factor; they set one up when they sign in.".into(),
                ));
            }
            Care::Disable | Care::Enable => {
                let at = (care == Care::Disable).then_some(now);
                diesel::update(users::table.find(user)).set(users::disabled_at.eq(at)).execute(conn)?;
            }
            Care::Unlock => {
                guess::forget(user, conn)?;
                second_factor::forget_guesses(user, conn)?;
            }
            Care::ForgetSecondFactor => {
                second_factor::remove(user, conn)?;
                let asked = Asked { address: email.typed(), request_ip: "", now };
                mail::leave(MailKind::SecondFactorRemoved, Some(user), asked, conn)?;
            }
        }
        if matches!(care, Care::Disable | Care::ForgetSecondFactor) {
            diesel::update(users::table.find(user)).set(users::epoch.eq(users::epoch + 1)).execute(conn)?;
            renewal::revoke_ended(user, now, conn)?;
        }
        Ok(())
    }
}

/// Whoever of the platform signs in with an address, and their name.
fn platform_staff(email: &Email, conn: &mut PgConnection) -> Result<(Uuid, String)> {
    type Found = (Uuid, String, String, Option<String>);
    let found: Option<Found> = users::table
        .left_join(organizations::table)
        .filter(users::email_canonical.eq(email.canonical()))
        .filter(users::deleted_at.is_null())
        .select((users::id, users::first_name, users::last_name, organizations::name.nullable()))
        .first(conn)
        .optional()?;
    match found {
        Some((id, first, last, None)) => Ok((id, format!("{first} {last}"))),
        Some((.., Some(place))) => Err(Error::invalid(
            "email",
            format!(
                "{} works at {place}, whose own administrators look after the account on its page.",
                email.typed()
            ),
        )),
        None => Err(Error::invalid("email", format!("Nobody signs in as {}.", email.typed()))),
    }
}
