//! The record of access: what a look at children's records is, and how it is kept.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use diesel::{PgConnection, prelude::*};
use schema::{access_event_subjects as subjects, access_events as events};
use uuid::Uuid;

use crate::{clock::new_id, words::AccessAction};

/// What of a child was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Names with class, grade or number.
    Names,
    /// Particulars, places and changes of them.
    Student,
    /// Marks, days and what they add up to.
    Attendance,
    /// Whom to call, and their numbers.
    Guardians,
    /// Who is kept from a child.
    Restrictions,
    /// What was done about absence.
    FollowUp,
    /// Rows of a roster that another system sent.
    Import,
    /// This record itself.
    Log,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Names,
        Self::Student,
        Self::Attendance,
        Self::Guardians,
        Self::Restrictions,
        Self::FollowUp,
        Self::Import,
        Self::Log,
    ];

    /// The word in the database and in addresses.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Student => "student",
            Self::Attendance => "attendance",
            Self::Guardians => "guardians",
            Self::Restrictions => "restrictions",
            Self::FollowUp => "follow_up",
            Self::Import => "import",
            Self::Log => "log",
        }
    }

    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Names => "Names and classes",
            Self::Student => "Particulars",
            Self::Attendance => "Attendance",
            Self::Guardians => "Guardians and numbers",
            Self::Restrictions => "Who is kept away",
            Self::FollowUp => "Absence follow-up",
            Self::Import => "Rows of an import",
            Self::Log => "This record",
        }
    }

    /// The kind that a word names.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// How much it tells of a child: 0 nothing, 1 names and classes, 2 records, 3 family and what is barred.
    #[must_use]
    pub fn class(self) -> i16 {
        match self {
            Self::Log => 0,
            Self::Names => 1,
            Self::Student | Self::Attendance => 2,
            Self::Guardians | Self::Restrictions | Self::FollowUp | Self::Import => 3,
        }
    }
}

/// Through what somebody works: the page that was asked for, from where.
#[derive(Clone, Debug)]
pub struct Through {
    /// The route as the program knows it, or the command.
    pub page: String,
    /// What asking for it is, when it shows something.
    pub action: AccessAction,
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
        Self { page, action: AccessAction::View, resource: None, address: String::new(), request: new_id() }
    }
}

/// Who works, and through what.
#[derive(Clone, Copy)]
pub(crate) struct Actor<'a> {
    pub(crate) organization: Uuid,
    pub(crate) user: Option<Uuid>,
    pub(crate) session: Option<Uuid>,
    pub(crate) through: &'a Through,
}

/// What was looked at in one transaction, by kind and by the permission that opened it.
#[derive(Debug, Default)]
pub(crate) struct Looks(pub(crate) BTreeMap<(Kind, &'static str), BTreeSet<Uuid>>);

impl Looks {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The most rows that one statement keeps.
const AT_ONCE: usize = 5_000;

/// Keeps what was looked at: one event for each kind, and one row for each child.
pub(crate) fn keep(
    looks: &Looks,
    actor: Actor<'_>,
    now: DateTime<Utc>,
    conn: &mut PgConnection,
) -> QueryResult<()> {
    for ((kind, permission), students) in &looks.0 {
        let one = students.first().filter(|_| students.len() == 1);
        let action = match actor.through.action {
            AccessAction::View if one.is_none() && *kind != Kind::Log => AccessAction::List,
            action => action,
        };
        let event = Event { action, kind: kind.word(), class: kind.class(), permission };
        let id = note(event, one.copied(), students.len(), actor, now, conn)?;
        let rows: Vec<_> = students
            .iter()
            .map(|student| {
                (
                    subjects::organization_id.eq(actor.organization),
                    subjects::student_id.eq(*student),
                    subjects::event_id.eq(id),
                )
            })
            .collect();
        for rows in rows.chunks(AT_ONCE) {
            diesel::insert_into(subjects::table).values(rows.to_vec()).execute(conn)?;
        }
    }
    Ok(())
}

/// What happened, in the words of the record.
#[derive(Clone, Copy)]
pub(crate) struct Event<'a> {
    pub(crate) action: AccessAction,
    pub(crate) kind: &'a str,
    pub(crate) class: i16,
    pub(crate) permission: &'a str,
}

/// Keeps one event and answers its id.
pub(crate) fn note(
    event: Event<'_>,
    resource: Option<Uuid>,
    shown: usize,
    actor: Actor<'_>,
    now: DateTime<Utc>,
    conn: &mut PgConnection,
) -> QueryResult<Uuid> {
    let id = new_id();
    diesel::insert_into(events::table)
        .values((
            events::organization_id.eq(actor.organization),
            events::id.eq(id),
            events::at.eq(now),
            events::user_id.eq(actor.user),
            events::session_id.eq(actor.session),
            events::ip_address.eq(&actor.through.address),
            events::request_id.eq(actor.through.request),
            events::page.eq(&actor.through.page),
            events::permission.eq(event.permission),
            events::action.eq(event.action),
            events::kind.eq(event.kind),
            events::data_class.eq(event.class),
            events::resource_id.eq(resource),
            events::shown.eq(i32::try_from(shown).unwrap_or(i32::MAX)),
        ))
        .execute(conn)?;
    Ok(id)
}
