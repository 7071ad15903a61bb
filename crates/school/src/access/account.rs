//! Accounts as administrators see them: who signs in, as what, and whether they can.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{pg::Pg, prelude::*};
use schema::{staff, users};
use uuid::Uuid;

use crate::{
    db::Db,
    error::{Error, Result},
    permit::{Grants, Permission, ReadUsers},
    reach::Reach,
};

/// As many wrong guesses within a day are worth a word.
pub(super) const GUESSES: i32 = 3;
/// For how long.
pub(super) const LATELY: TimeDelta = TimeDelta::days(1);

/// Where an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Its owner signs in.
    Active,
    /// Its owner has not chosen a password yet.
    Invited,
    /// Somebody guesses at its password.
    Guessed,
    /// Its owner has left the school.
    Left,
    /// An administrator closed it.
    Disabled,
    /// It is gone, and can be restored.
    Deleted,
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Active, Self::Invited, Self::Guessed, Self::Left, Self::Disabled, Self::Deleted];

    /// As forms and addresses say it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Invited => "invited",
            Self::Guessed => "guessed",
            Self::Left => "left",
            Self::Disabled => "disabled",
            Self::Deleted => "deleted",
        }
    }

    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Invited => "Invited",
            Self::Guessed => "Wrong guesses",
            Self::Left => "Left the school",
            Self::Disabled => "Disabled",
            Self::Deleted => "Deleted",
        }
    }

    /// The one that `word` names, if any.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// Somebody's account.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = users)]
pub struct Account {
    /// Its id.
    pub id: Uuid,
    /// The role, if they have one.
    pub role_id: Option<Uuid>,
    role_campus_ids: Vec<Option<Uuid>>,
    /// First name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// The address that they sign in with, as typed.
    pub email: String,
    /// Telephone.
    pub phone_number: Option<String>,
    /// BCP 47 tag of their language.
    pub locale: Option<String>,
    has_password: bool,
    disabled_at: Option<DateTime<Utc>>,
    left_at: Option<DateTime<Utc>>,
    /// When they last signed in.
    pub last_seen_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Since when sign-in asks for a code, too.
    pub second_factor_at: Option<DateTime<Utc>>,
    /// When an account at the organization's provider was tied to this one.
    pub sign_on_at: Option<DateTime<Utc>>,
    deleted_at: Option<DateTime<Utc>>,
    /// Wrong guesses since the last right one.
    pub failed_login_attempts: i32,
    locked_until: Option<DateTime<Utc>>,
    /// When this was last changed; an edit carries it.
    pub updated_at: DateTime<Utc>,
    pub(super) updated_by_id: Option<Uuid>,
}

impl Account {
    /// First and family name.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    /// The letters that stand in for a picture.
    #[must_use]
    pub fn initials(&self) -> String {
        crate::text::initials(&self.first_name, &self.last_name)
    }

    /// The campuses to which their role is bound; none: as far as the role says.
    #[must_use]
    pub fn campuses(&self) -> Vec<Uuid> {
        self.role_campus_ids.iter().copied().flatten().collect()
    }

    /// Where it stands at an instant.
    #[must_use]
    pub fn standing(&self, now: DateTime<Utc>) -> Standing {
        let guessed = self.failed_login_attempts >= GUESSES
            && self.locked_until.is_some_and(|until| until > now - LATELY);
        if self.deleted_at.is_some() {
            Standing::Deleted
        } else if self.disabled_at.is_some() {
            Standing::Disabled
        } else if self.left_at.is_some() {
            Standing::Left
        } else if self.is_invited() {
            Standing::Invited
        } else if guessed {
            Standing::Guessed
        } else {
            Standing::Active
        }
    }

    /// Whether an administrator closed it.
    #[must_use]
    pub fn is_disabled(&self) -> bool {
        self.disabled_at.is_some()
    }

    /// Whether its owner has left the school, by the staff record that it belongs to.
    #[must_use]
    pub fn has_left(&self) -> bool {
        self.left_at.is_some()
    }

    /// Refuses to send a link that would open nothing.
    pub(super) fn may_be_sent_a_link(&self) -> Result<()> {
        if self.is_disabled() {
            return Err(Error::Conflict("The account is disabled. Enable it first.".into()));
        }
        if self.has_left() {
            return Err(Error::Conflict(format!(
                "{} has left, by their staff record. Whoever works here again comes in once it says so.",
                self.name()
            )));
        }
        Ok(())
    }

    /// Whether its owner has never come in.
    #[must_use]
    pub fn is_invited(&self) -> bool {
        !self.has_password && self.last_seen_at.is_none()
    }

    /// The account with `id`, if the reader may see one.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] when there is none, none in reach, or none any more.
    pub fn of(id: Uuid, db: &mut Db<'_, impl Grants<ReadUsers>>) -> Result<Self> {
        Ok(visible(db)
            .filter(users::deleted_at.is_null())
            .filter(users::id.eq(id))
            .select(Self::as_select())
            .first(db.conn())?)
    }
}

/// Accounts as far as the reader sees, deleted ones among them: those of a campus are those of its staff.
pub(crate) fn visible<P: Permission>(db: &Db<'_, P>) -> users::BoxedQuery<'static, Pg> {
    let organization = db.organization();
    let all = users::table.filter(users::organization_id.eq(organization)).into_boxed();
    match db.reach() {
        Reach::Organization => all,
        Reach::Campuses(campuses) | Reach::AssignedAndCampuses(campuses) => {
            let of_theirs = staff::table
                .filter(staff::organization_id.eq(organization))
                .filter(staff::deleted_at.is_null())
                .filter(staff::campus_id.eq_any(campuses))
                .select(staff::user_id);
            all.filter(users::id.nullable().eq_any(of_theirs))
        }
        Reach::Assigned | Reach::Own => all.filter(users::id.nullable().eq(None::<Uuid>)),
    }
}
