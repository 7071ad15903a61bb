//! The record of access: what a look at children's records is, and how it is kept.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use diesel::{PgConnection, prelude::*};
use serde::Serialize;
use uuid::Uuid;

pub use super::kind::Kind;
use crate::{clock::new_id, sql::keep_looks, words::AccessAction};

/// Through what somebody works: the page that was asked for, from where.
#[derive(Clone, Debug)]
pub struct Through {
    /// The route as the program knows it, or the command.
    pub page: String,
    /// What asking for it is, when it shows something.
    pub action: AccessAction,
    /// Whether an open page looks again by itself.
    pub is_refresh: bool,
    /// The first id in its address, if there is one.
    pub resource: Option<Uuid>,
    /// The network address that the request came from.
    pub address: String,
    /// The request's id, the same as in the program's log.
    pub request: Uuid,
}

impl Through {
    /// A command at this machine, or a job.
    pub(crate) fn machine(word: &str) -> Self {
        let page = word.to_owned();
        let (action, address) = (AccessAction::View, String::new());
        Self { page, action, is_refresh: false, resource: None, address, request: new_id() }
    }
}

/// Who works, and through what.
#[derive(Clone, Copy)]
pub(crate) struct Actor<'a> {
    pub(crate) user: Option<Uuid>,
    pub(crate) session: Option<Uuid>,
    /// The visit that they are on.
    pub(crate) visit: Option<Uuid>,
    pub(crate) through: &'a Through,
}

impl Actor<'_> {
    /// By what looks are told apart: the same person on another visit looks again.
    pub(crate) fn apart(&self) -> Uuid {
        self.visit.or(self.user).unwrap_or_default()
    }

    /// Something that they did, of these students.
    pub(crate) fn did(
        &self,
        action: AccessAction,
        kind: Option<Kind>,
        (permission, students): (&str, Vec<Uuid>),
        now: DateTime<Utc>,
    ) -> Event {
        Event {
            id: new_id(),
            at: now,
            user_id: self.user,
            session_id: self.session,
            ip_address: self.through.address.clone(),
            request_id: self.through.request,
            page: self.through.page.clone(),
            permission: permission.to_owned(),
            action: action.word(),
            kind: kind.map_or("", Kind::word),
            data_class: kind.map_or(0, Kind::class),
            resource_id: self.through.resource,
            visit_id: self.visit,
            students,
        }
    }
}

/// What was looked at in one transaction, by kind and by the permission that opened it.
#[derive(Debug, Default)]
pub(crate) struct Looks(pub(crate) BTreeMap<(Kind, &'static str), BTreeSet<Uuid>>);

impl Looks {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes in what else was looked at.
    pub(crate) fn join(&mut self, others: Self) {
        for (what, students) in others.0 {
            self.0.entry(what).or_default().extend(students);
        }
    }

    /// One event for each kind.
    pub(crate) fn events(&self, actor: Actor<'_>, now: DateTime<Utc>) -> Vec<Event> {
        let event = |((kind, permission), students): (&(Kind, &'static str), &BTreeSet<Uuid>)| {
            let action = match actor.through.action {
                _ if *kind == Kind::File => AccessAction::Disclose,
                AccessAction::View if students.len() > 1 => AccessAction::List,
                action => action,
            };
            actor.did(action, Some(*kind), (permission, students.iter().copied().collect()), now)
        };
        self.0.iter().map(event).collect()
    }
}

/// A row of the record, as it is kept.
#[derive(Serialize)]
pub(crate) struct Event {
    id: Uuid,
    at: DateTime<Utc>,
    user_id: Option<Uuid>,
    session_id: Option<Uuid>,
    ip_address: String,
    request_id: Uuid,
    page: String,
    permission: String,
    action: &'static str,
    kind: &'static str,
    data_class: i16,
    resource_id: Option<Uuid>,
    visit_id: Option<Uuid>,
    students: Vec<Uuid>,
}

/// Keeps events with whom each was of, in one statement.
pub(crate) fn keep(events: &[Event], organization: Uuid, conn: &mut PgConnection) -> QueryResult<()> {
    let events = serde_json::to_value(events)
        .map_err(|error| diesel::result::Error::SerializationError(Box::new(error)))?;
    diesel::select(keep_looks(organization, events)).execute(conn).map(|_| ())
}
