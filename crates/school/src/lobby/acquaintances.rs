//! Whom the program knows already by their session, so that the database says only whether they are who they were.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use diesel::prelude::*;
use serde::Deserialize;

use super::Lobby;
use crate::{
    access::{person::Person, session::Token},
    db::{SignedIn, transaction},
    error::{Error, Result},
    sql::resume_session,
};

/// More than are signed in on a school's morning. Beyond it everybody is met anew.
const MANY: usize = 5_000;

/// Somebody, and the versions of the rows that said so.
struct Acquaintance {
    versions: String,
    person: Arc<Person>,
}

/// What `resume_session` answers about somebody.
#[derive(Deserialize)]
struct Versions {
    #[serde(default)]
    is_known: bool,
    versions: Option<String>,
}

#[derive(Clone, Default)]
pub(super) struct Acquaintances(Arc<Mutex<HashMap<Vec<u8>, Arc<Acquaintance>>>>);

impl Acquaintances {
    /// Who is known by a session's hashed token.
    fn by(&self, token: &[u8]) -> Option<Arc<Acquaintance>> {
        self.people().get(token).cloned()
    }

    /// Whom an answer means: the one that was known, or somebody to know from now on.
    fn meet(
        &self,
        token: Vec<u8>,
        known: Option<Arc<Acquaintance>>,
        answer: serde_json::Value,
    ) -> Result<Arc<Person>> {
        let Versions { is_known, versions } = Versions::deserialize(&answer).map_err(Error::internal)?;
        if let Some(known) = known.filter(|_| is_known) {
            return Ok(Arc::clone(&known.person));
        }
        let person = person_of(answer)?;
        if let Some(versions) = versions {
            let mut people = self.people();
            if people.len() >= MANY {
                people.clear();
            }
            let person = Arc::clone(&person);
            people.insert(token, Arc::new(Acquaintance { versions, person }));
        }
        Ok(person)
    }

    /// Nobody comes by this token any more.
    fn forget(&self, token: &[u8]) {
        self.people().remove(token);
    }

    fn people(&self) -> MutexGuard<'_, HashMap<Vec<u8>, Arc<Acquaintance>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lobby {
    /// Who holds a session's token, if the session still runs.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when it does not, [`Error::Unavailable`] when the database is away.
    pub fn resume(&self, token: &Token) -> Result<SignedIn> {
        let hash = token.hash();
        let known = self.acquaintances.by(&hash);
        let versions = known.as_ref().map(|known| &*known.versions);
        let answer: Option<serde_json::Value> = transaction::once(
            || self.database.lobby(),
            |conn| diesel::select(resume_session(&hash, self.limits.idle, versions)).get_result(conn),
        )?;
        let Some(answer) = answer else {
            self.acquaintances.forget(&hash);
            return Err(Error::SignedOut);
        };
        Ok(self.signed_in(self.acquaintances.meet(hash, known, answer)?, "session"))
    }
}

/// Somebody as the database describes them.
pub(super) fn person_of(answer: serde_json::Value) -> Result<Arc<Person>> {
    serde_json::from_value(answer).map(Arc::new).map_err(Error::internal)
}
