//! Where people come in: sign-in, sessions, and the command line's way in. Its database role sees no school's rows.

mod acquaintances;
mod addresses;
mod first_invitation;
mod note;
mod organizations;
mod own_account;
mod passwords;
mod platform_staff;
mod post;
mod proof;
mod renewal;
mod second_factor;
mod second_step;
mod sign_in;
mod sign_on;
mod visits;

use acquaintances::{Acquaintances, person_of};
pub use first_invitation::Awaited;
pub use organizations::Founding;
pub use platform_staff::Care;
pub use proof::NO_PASSWORD;
pub use second_factor::Proof;
pub use sign_in::Attempt;
pub use sign_on::SignOn;

use std::sync::Arc;

use chrono::TimeDelta;
use diesel::prelude::*;
use uuid::Uuid;

use crate::{
    access::{
        held_session,
        looked::{Kind, Looks, Through},
        organization::{self, NewOrganization},
        password::Work,
        person::Person,
        role,
        seal::Seal,
        session::{Device, Limits, Token},
        user::{self, NewUser},
    },
    clock::new_id,
    db::{Database, Db, Mode, SignedIn, transaction},
    error::{Error, Result},
    migrations::{self, Standing},
    permit::Seed,
    sql::person,
    words::AccessAction,
};

/// The way in. Everything here commits on its own, so that a counted wrong guess stays counted.
#[derive(Clone)]
pub struct Lobby {
    database: Database,
    limits: Limits,
    work: Work,
    /// The server's own key; the command line has none and needs none.
    seal: Option<Arc<Seal>>,
    acquaintances: Acquaintances,
}

impl Lobby {
    /// The lobby of a database.
    #[must_use]
    pub fn of(database: &Database, limits: Limits) -> Self {
        let (database, acquaintances) = (database.clone(), Acquaintances::default());
        Self { database, limits, work: Work::default(), seal: None, acquaintances }
    }

    /// The same, with other work for each password.
    #[must_use]
    pub fn computing(self, work: Work) -> Self {
        Self { work, ..self }
    }

    /// The same, with the secret that the server keeps.
    ///
    /// # Errors
    /// [`Error::Internal`] when no key can be made of it.
    pub fn sealing_with(self, secret: &[u8]) -> Result<Self> {
        Ok(Self { seal: Some(Arc::new(Seal::of(secret)?)), ..self })
    }

    /// Whether a browser may stay signed in.
    #[must_use]
    pub fn lets_stay(&self) -> bool {
        self.limits.stay > TimeDelta::zero()
    }

    /// Somebody who works at this machine, acting under their own name and permissions.
    ///
    /// # Errors
    /// [`Error::Invalid`] when nobody in the organization signs in with this address.
    pub fn act_as(&self, email: &str, organization: &str) -> Result<SignedIn> {
        let nobody = || Error::invalid("as", format!("Nobody in {organization} signs in as {email}."));
        let held: Option<serde_json::Value> = self.write(|conn| {
            let organization = organization::called(organization, conn)?;
            let canonical = crate::text::canonical_email(email);
            let user: Option<Uuid> = schema::users::table
                .filter(schema::users::organization_id.eq(organization))
                .filter(schema::users::email_canonical.eq(canonical))
                .filter(schema::users::deleted_at.is_null())
                .select(schema::users::id)
                .first(conn)
                .optional()?;
            Ok(diesel::select(person(user.ok_or_else(nobody)?)).get_result(conn)?)
        })?;
        Ok(self.signed_in(person_of(held.ok_or_else(nobody)?)?, "command line"))
    }

    /// Somebody of an organization for whom a job works, with the permissions that they have now.
    ///
    /// # Errors
    /// [`Error::Forbidden`] when they no longer work there.
    pub fn act_for(&self, user: Uuid, organization: Uuid) -> Result<SignedIn> {
        let held: Option<serde_json::Value> =
            self.write(|conn| Ok(diesel::select(person(user)).get_result(conn)?))?;
        let signed_in = self.signed_in(person_of(held.ok_or(Error::Forbidden)?)?, "job");
        let works_there = signed_in.person().organization() == Some(organization);
        works_there.then_some(signed_in).ok_or(Error::Forbidden)
    }

    /// Ends the session of a token at once, what would renew it, and the visit that it is on.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away.
    pub fn sign_out(&self, token: Option<&Token>, device: &Device) -> Result<()> {
        self.write(|conn| match self.end(token, device.renewal.as_ref(), conn)? {
            Some(user) => self.note(user, (AccessAction::SignOut, Kind::Password), &device.at(), conn),
            None => Ok(()),
        })
    }

    /// Writes the catalogue of permissions and the built-in roles; after each migration.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away.
    pub fn publish_permissions(&self) -> Result<()> {
        self.write(role::publish)
    }

    /// Founds an organization with the attendance codes that a school starts from, and answers its id.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the slug is taken.
    pub fn found(&self, new: &NewOrganization) -> Result<Uuid> {
        let id = new_id();
        self.write(|conn| new.found(id, conn))?;
        Ok(id)
    }

    /// The organization that a slug names.
    ///
    /// # Errors
    /// [`Error::Invalid`] when there is none.
    pub fn organization(&self, slug: &str) -> Result<Uuid> {
        self.write(|conn| organization::called(slug, conn))
    }

    /// Every organization by its slug, with its id.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away.
    pub fn organizations(&self) -> Result<Vec<(String, Uuid)>> {
        self.write(organization::all)
    }

    /// Makes an account with a built-in role in an organization, or for the platform without one.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the role is unknown or the address taken.
    pub fn create_user(&self, new: &NewUser, role: &str, organization: Option<Uuid>) -> Result<Uuid> {
        self.write(|conn| {
            let role = role::built_in(role, conn)?;
            user::create(new, organization, Some(role), self.database.clock().now(), conn)
        })
    }

    /// Fills one organization as nobody: for founding it, for the demonstration and for tests.
    ///
    /// # Errors
    /// Whatever `work` answers; then nothing is kept.
    pub fn seed<T>(
        &self,
        organization: Uuid,
        work: impl FnOnce(&mut Db<'_, Seed>) -> Result<T>,
    ) -> Result<T> {
        transaction::run(
            || self.database.app(),
            Mode::ReadWrite,
            |conn| {
                diesel::select((
                    crate::sql::set_config("app.organization_id", organization.to_string(), true),
                    crate::sql::set_config("statement_timeout", "0", true),
                ))
                .execute(conn)?;
                let mut looks = Looks::default();
                work(&mut Db::seed(conn, &mut looks, organization, self.database.clock()))
            },
        )
    }

    /// Whether the database answers and has exactly the shape that this program knows.
    ///
    /// # Errors
    /// [`Error::Unavailable`] otherwise; why is in the log.
    pub fn is_ready(&self) -> Result<()> {
        match self.standing()? {
            Standing::Current => Ok(()),
            other => {
                tracing::warn!("the database is not of this program's shape: {other:?}");
                Err(Error::Unavailable)
            }
        }
    }

    /// How the database's shape stands to this program's.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away.
    pub fn standing(&self) -> Result<Standing> {
        self.write(migrations::standing)
    }

    fn write<T>(&self, work: impl FnOnce(&mut PgConnection) -> Result<T>) -> Result<T> {
        transaction::run(|| self.database.lobby(), Mode::ReadWrite, work)
    }

    /// As [`Self::write`], for what somebody does with their own account: their session is looked up again, and held until it
    /// is done.
    fn write_for<T>(&self, who: &SignedIn, work: impl FnOnce(&mut PgConnection) -> Result<T>) -> Result<T> {
        self.write(|conn| {
            held_session::hold(who.person(), conn)?;
            work(conn)
        })
    }

    fn signed_in(&self, person: Arc<Person>, through: &str) -> SignedIn {
        let through = Arc::new(Through::machine(through));
        SignedIn { database: self.database.clone(), person, through, pending: None }
    }
}
