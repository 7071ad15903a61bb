//! Who works in a program: since when, whether still, and which program is somebody's first.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use schema::{user_programs, users};
use uuid::Uuid;

use super::program_change::joinable;
use crate::{
    clock::new_id,
    db::Db,
    error::{Error, Result},
    people::{
        history::{self, Change},
        staff::Named,
    },
    permit::{Grants, ReadPrograms, UpdatePrograms},
    words::UserProgramStatus,
};

/// The most people of a program that are shown.
pub const MOST: usize = 200;

/// Somebody in a program.
#[derive(Clone, Debug, Queryable)]
pub struct Member {
    /// Their account.
    pub user: Uuid,
    /// First name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Whether it is the first of theirs.
    pub is_primary: bool,
    /// Whether they still work in it.
    pub status: UserProgramStatus,
    /// Since when.
    pub joined_at: DateTime<Utc>,
}

impl Member {
    /// First and family name.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    /// Whether they still work in it.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.status == UserProgramStatus::Active
    }

    /// Everybody of a program, who still works in it first, by family name. At most [`MOST`].
    pub fn of_program(program: Uuid, db: &mut Db<'_, impl Grants<ReadPrograms>>) -> Result<Vec<Self>> {
        Ok(user_programs::table
            .inner_join(
                users::table.on(users::organization_id
                    .eq(user_programs::organization_id.nullable())
                    .and(users::id.eq(user_programs::user_id))),
            )
            .filter(user_programs::organization_id.eq(db.organization()))
            .filter(user_programs::program_id.eq(program))
            .filter(user_programs::deleted_at.is_null())
            .filter(users::deleted_at.is_null())
            .select((
                users::id,
                users::first_name,
                users::last_name,
                user_programs::is_primary,
                user_programs::status,
                user_programs::joined_at,
            ))
            .order((user_programs::status, users::last_name, users::first_name, users::id))
            .limit(i64::try_from(MOST).unwrap_or(i64::MAX))
            .load(db.conn())?)
    }

    /// Everybody with an account who does not work in a program now, by family name, for a form to offer. At most 1,000.
    pub fn offered(program: Uuid, db: &mut Db<'_, UpdatePrograms>) -> Result<Vec<Named>> {
        let within = user_programs::table
            .filter(user_programs::organization_id.eq(db.organization()))
            .filter(user_programs::program_id.eq(program))
            .filter(user_programs::status.eq(UserProgramStatus::Active))
            .filter(user_programs::deleted_at.is_null())
            .select(user_programs::user_id);
        let people: Vec<(Uuid, String, String)> = users::table
            .filter(users::organization_id.eq(db.organization()))
            .filter(users::deleted_at.is_null())
            .filter(users::disabled_at.is_null())
            .filter(users::left_at.is_null())
            .filter(users::id.ne_all(within))
            .select((users::id, users::last_name, users::first_name))
            .order((users::last_name, users::first_name, users::id))
            .limit(1000)
            .load(db.conn())?;
        let named =
            |(id, last, first): (Uuid, String, String)| Named { id, name: format!("{last}, {first}") };
        Ok(people.into_iter().map(named).collect())
    }

    /// Puts somebody into a program, or back into one that they left. The first program of theirs that they still work in
    /// is their primary one.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such program; [`Error::Invalid`] for `user_id` when nobody here has that account.
    pub fn add(program: Uuid, user: Uuid, db: &mut Db<'_, UpdatePrograms>) -> Result<()> {
        let organization = db.organization();
        super::program::Program::of(program, db)?;
        joinable(program, db)?;
        has_account(user, db)?;
        let is_primary = primary_of(user, db)?.is_none();
        let again = (
            user_programs::status.eq(UserProgramStatus::Active),
            user_programs::is_primary.eq(is_primary),
            user_programs::joined_at.eq(db.now()),
        );
        let left = diesel::update(place(organization, program, user))
            .filter(user_programs::status.eq(UserProgramStatus::Inactive))
            .set(again)
            .execute(db.conn())
            .map_err(refused)?;
        if left == 0 {
            diesel::insert_into(user_programs::table)
                .values((
                    user_programs::organization_id.eq(db.organization()),
                    user_programs::id.eq(new_id()),
                    user_programs::user_id.eq(user),
                    user_programs::program_id.eq(program),
                    again,
                ))
                .execute(db.conn())
                .map_err(refused)?;
        }
        Ok(())
    }

    /// Ends somebody's work in a program; that they were in it stays.
    ///
    /// # Errors
    /// [`Error::NotFound`] when they do not work in it.
    pub fn end(program: Uuid, user: Uuid, db: &mut Db<'_, UpdatePrograms>) -> Result<()> {
        are_there(program, user, db)?;
        let organization = db.organization();
        let ended = diesel::update(place(organization, program, user))
            .filter(user_programs::status.eq(UserProgramStatus::Active))
            .set((user_programs::status.eq(UserProgramStatus::Inactive), user_programs::is_primary.eq(false)))
            .execute(db.conn())?;
        if ended == 1 { Ok(()) } else { Err(Error::NotFound) }
    }

    /// Makes a program the first of somebody's, instead of the one before.
    ///
    /// # Errors
    /// [`Error::NotFound`] when they do not work in it.
    pub fn put_first(program: Uuid, user: Uuid, db: &mut Db<'_, UpdatePrograms>) -> Result<()> {
        are_there(program, user, db)?;
        let organization = db.organization();
        if let Some(before) = primary_of(user, db)?.filter(|before| *before != program) {
            diesel::update(place(organization, before, user))
                .set(user_programs::is_primary.eq(false))
                .execute(db.conn())?;
        }
        let first = diesel::update(place(organization, program, user))
            .filter(user_programs::status.eq(UserProgramStatus::Active))
            .set(user_programs::is_primary.eq(true))
            .execute(db.conn())
            .map_err(|error| refused(error).in_a_sentence())?;
        if first == 1 { Ok(()) } else { Err(Error::NotFound) }
    }
}

impl Change {
    /// Changes of a program and of who works in it, latest first.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub fn of_program(program: Uuid, db: &mut Db<'_, impl Grants<ReadPrograms>>) -> Result<Vec<Self>> {
        super::program::Program::of(program, db)?;
        history::of(program, &["programs", "user_programs"], None, db)
    }
}

/// Somebody's place in a program.
#[diesel::dsl::auto_type(no_type_alias)]
fn place(organization: Uuid, program: Uuid, user: Uuid) -> _ {
    user_programs::table
        .filter(user_programs::organization_id.eq(organization))
        .filter(user_programs::program_id.eq(program))
        .filter(user_programs::user_id.eq(user))
        .filter(user_programs::deleted_at.is_null())
}

/// Whether somebody has an account here.
fn has_account(user: Uuid, db: &mut Db<'_, UpdatePrograms>) -> Result<()> {
    let known: Option<Uuid> = users::table
        .filter(users::organization_id.eq(db.organization()))
        .filter(users::deleted_at.is_null())
        .filter(users::id.eq(user))
        .select(users::id)
        .first(db.conn())
        .optional()?;
    known.map(|_| ()).ok_or_else(|| Error::invalid("user_id", "Choose one from the list."))
}

/// Neither the program nor the account is deleted.
fn are_there(program: Uuid, user: Uuid, db: &mut Db<'_, UpdatePrograms>) -> Result<()> {
    joinable(program, db).and_then(|()| has_account(user, db)).map_err(|error| match error {
        Error::Invalid { .. } => Error::NotFound,
        other => other,
    })
}

/// The program that is somebody's first.
fn primary_of(user: Uuid, db: &mut Db<'_, UpdatePrograms>) -> Result<Option<Uuid>> {
    Ok(user_programs::table
        .filter(user_programs::organization_id.eq(db.organization()))
        .filter(user_programs::user_id.eq(user))
        .filter(user_programs::is_primary)
        .filter(user_programs::deleted_at.is_null())
        .select(user_programs::program_id)
        .first(db.conn())
        .optional()?)
}

/// Two at once do not both put a program first.
fn refused(error: diesel::result::Error) -> Error {
    let said = "Somebody else changed their programs just now. Try again.";
    let error = Error::from(error).taken("user_programs_primary", "user_id", said);
    error.taken("user_programs_once", "user_id", "They are in it already.")
}
