//! What stands above a register's roll, in words.

use chrono::{NaiveDateTime, SecondsFormat, TimeZone};
use school::attendance::{policy::SchoolDay, register::Register};

use crate::web::dates;

/// The heading and what the scripts need to know of the time.
pub(super) struct Heading {
    pub(super) class_name: String,
    pub(super) context: String,
    pub(super) submitted: Option<String>,
    pub(super) undo_is_over: bool,
    pub(super) no_school: Option<String>,
    pub(super) starts: String,
    pub(super) now: String,
}

impl Heading {
    pub(super) fn of(register: &Register) -> Self {
        let head = &register.head;
        let slot = named(&head.key.slot).map(|slot| format!(" · {slot}")).unwrap_or_default();
        let room = head.room.as_ref().map(|room| format!(" · {room}")).unwrap_or_default();
        let at = head.session.as_ref().and_then(|session| session.submitted_at);
        let submitted = at.map(|at| {
            let by = head.submitted_by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
            let for_whom = register.taking.words();
            format!("Submitted {}{by}{for_whom}", at.with_timezone(&head.zone).format("%H:%M"))
        });
        let instant = |time| {
            let at = head.zone.from_local_datetime(&NaiveDateTime::new(head.key.day, time)).earliest();
            at.map(|at| at.to_utc().to_rfc3339_opts(SecondsFormat::Secs, true)).unwrap_or_default()
        };
        let now = head.zone.from_local_datetime(&NaiveDateTime::new(head.now.0, head.now.1)).earliest();
        Self {
            class_name: head.class_name.clone(),
            context: format!(
                "{}{slot} · due {}{room}",
                dates::long(&head.key.day),
                dates::time(&head.policy.due_time)
            ),
            submitted,
            undo_is_over: at.is_some_and(|at| (head.instant - at).num_seconds() > 10),
            no_school: match &head.school_day {
                SchoolDay::No(why) => Some(why.clone()),
                SchoolDay::Yes | SchoolDay::Half(_) => None,
            },
            starts: instant(head.policy.late_after),
            now: now.map(|now| now.to_utc().to_rfc3339_opts(SecondsFormat::Secs, true)).unwrap_or_default(),
        }
    }
}

/// What a register is called beside its class; nothing where it is the day's.
pub(in crate::web) fn named(slot: &str) -> Option<String> {
    match slot {
        "day" => None,
        "am" => Some("morning".into()),
        "pm" => Some("afternoon".into()),
        lesson => Some(format!("lesson at {lesson}")),
    }
}

/// When that was.
pub(super) fn when(slot: &str) -> String {
    match slot {
        "am" => "in the morning".into(),
        "pm" => "in the afternoon".into(),
        "day" => "earlier today".into(),
        lesson => format!("at {lesson}"),
    }
}
