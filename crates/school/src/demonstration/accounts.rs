//! Accounts of everybody in the demonstration, all with one password.

use std::collections::BTreeMap;

use diesel::prelude::*;
use schema::users;
use uuid::Uuid;

use super::staff::Employee;
use crate::{
    access::{email::Email, password, user::NewUser},
    error::{Error, Result},
    lobby::Lobby,
};

/// The password of everybody in the demonstration.
pub const PASSWORD: &str = "harbour bell demo";

/// The address of the platform's administrator, who belongs to no school.
pub const PLATFORM: &str = "platform@belfry.example";

/// Gives everybody an account, and answers their users by address.
pub(super) fn give(all: &[Employee], organization: Uuid, lobby: &Lobby) -> Result<BTreeMap<String, Uuid>> {
    let mut known: BTreeMap<String, Uuid> = lobby.seed(organization, |db| {
        let known: Vec<(String, Uuid)> = users::table
            .filter(users::organization_id.eq(db.organization()))
            .select((users::email, users::id))
            .load(db.conn())?;
        Ok(known.into_iter().collect())
    })?;
    let missing: Vec<_> = all.iter().filter(|person| !known.contains_key(&person.email)).collect();
    if missing.is_empty() {
        return Ok(known);
    }
    let hash = password::hash(PASSWORD)?;
    for person in missing {
        let email = Email::read(&person.email).map_err(Error::internal)?;
        let new = NewUser {
            email,
            first_name: person.first_name.clone(),
            last_name: person.last_name.clone(),
            password_hash: Some(hash.clone()),
        };
        let id = lobby.create_user(&new, person.role, Some(organization))?;
        known.insert(person.email.clone(), id);
    }
    Ok(known)
}

/// The platform's administrator.
pub(super) fn give_platform(lobby: &Lobby) -> Result<()> {
    let new = NewUser {
        email: Email::read(PLATFORM).map_err(Error::internal)?,
        first_name: "Platform".into(),
        last_name: "Administrator".into(),
        password_hash: Some(password::hash(PASSWORD)?),
    };
    match lobby.create_user(&new, "platform", None) {
        Err(Error::Invalid { field: "email", .. }) | Ok(_) => Ok(()),
        Err(other) => Err(other),
    }
}
