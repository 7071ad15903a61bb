//! The programs of an account.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use schema::{programs, user_programs};
use uuid::Uuid;

use crate::{
    db::Db,
    error::Result,
    permit::{Grants, ReadUsers},
    words::UserProgramStatus,
};

/// A program of somebody's.
#[derive(Clone, Debug, Queryable)]
pub struct Membership {
    /// The program.
    pub program: Uuid,
    /// What it is called.
    pub name: String,
    /// Whether it is the first of theirs.
    pub is_primary: bool,
    /// Whether they still work in it.
    pub status: UserProgramStatus,
    /// Since when.
    pub joined_at: DateTime<Utc>,
}

impl Membership {
    /// The programs of an account, those that they still work in first. At most 100.
    pub fn of_account(user: Uuid, db: &mut Db<'_, impl Grants<ReadUsers>>) -> Result<Vec<Self>> {
        Ok(user_programs::table
            .inner_join(
                programs::table.on(programs::organization_id
                    .eq(user_programs::organization_id)
                    .and(programs::id.eq(user_programs::program_id))),
            )
            .filter(user_programs::organization_id.eq(db.organization()))
            .filter(user_programs::user_id.eq(user))
            .filter(user_programs::deleted_at.is_null())
            .filter(programs::deleted_at.is_null())
            .select((
                programs::id,
                programs::name,
                user_programs::is_primary,
                user_programs::status,
                user_programs::joined_at,
            ))
            .order((user_programs::status, user_programs::is_primary.desc(), programs::name, programs::id))
            .limit(100)
            .load(db.conn())?)
    }

    /// Whether they still work in it.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.status == UserProgramStatus::Active
    }
}
