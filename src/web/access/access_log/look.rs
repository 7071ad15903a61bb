//! One line of the record, in words.

use chrono_tz::Tz;
use school::{access::record::Entry, clock::local, permit, words::AccessAction};

use super::place::place;
use crate::web::dates;

/// A look, a refusal or a way in, as a page tells it.
pub(super) struct Look {
    pub(super) entry: Entry,
    /// Day and time where the reader is, short.
    pub(super) at: String,
    /// The same in full.
    pub(super) moment: String,
}

impl Look {
    /// One.
    pub(super) fn of(entry: Entry, zone: Tz) -> Self {
        let (day, time) = local(entry.at, zone);
        Self {
            at: format!("{} {}", day.format("%-d %b"), dates::time(&time)),
            moment: format!("{} {}", dates::weekday(&day), time.format("%H:%M:%S")),
            entry,
        }
    }

    /// Several.
    pub(super) fn all(entries: Vec<Entry>, zone: Tz) -> Vec<Self> {
        entries.into_iter().map(|entry| Self::of(entry, zone)).collect()
    }

    /// What they did; whoever sent something in saw it while working on it.
    pub(super) fn did(&self) -> &'static str {
        match self.entry.action {
            AccessAction::View | AccessAction::List if self.sent_in() => "Worked on",
            action => action.label(),
        }
    }

    fn sent_in(&self) -> bool {
        self.entry.page.split_once(' ').is_some_and(|(verb, _)| verb != "GET")
    }

    /// What stands for what was done.
    pub(super) fn icon(&self) -> &'static str {
        match self.entry.action {
            AccessAction::View | AccessAction::List if self.sent_in() => "pencil",
            AccessAction::View | AccessAction::List => "eye",
            AccessAction::Search => "search",
            AccessAction::Export | AccessAction::Disclose => "download",
            AccessAction::Print => "printer",
            AccessAction::Denied => "ban",
            AccessAction::NotFound => "circle-dashed",
            AccessAction::SignIn => "door-enter",
            AccessAction::SignInRefused => "alert-triangle",
            AccessAction::SignOut => "logout",
            AccessAction::Credential => "key",
            AccessAction::Asked => "mail",
        }
    }

    /// How loudly.
    pub(super) fn tone(&self) -> &'static str {
        match self.entry.action {
            AccessAction::Denied | AccessAction::SignInRefused => "is-bad",
            AccessAction::NotFound => "is-late",
            _ => "",
        }
    }

    /// Who, in words.
    pub(super) fn by(&self) -> &str {
        match (&self.entry.by, self.entry.user) {
            (Some(name), _) => name,
            (None, Some(_)) => "Somebody of the platform",
            (None, None) if self.entry.action == AccessAction::SignInRefused => {
                "Somebody with no account here"
            }
            (None, None) => "Belfry itself",
        }
    }

    /// Why somebody of the platform was here, if that was it.
    pub(super) fn because(&self) -> Option<String> {
        self.entry.because.as_ref().map(|because| format!("On a visit of the platform: {because}"))
    }

    /// By which right, in words.
    pub(super) fn right(&self) -> &str {
        let entry = permit::Entry::called(&self.entry.permission);
        entry.map_or(&*self.entry.permission, |entry| entry.sentence)
    }

    /// The page's address as the program knows it, without its verb where that only looks.
    pub(super) fn page(&self) -> &str {
        self.entry.page.strip_prefix("GET ").unwrap_or(&self.entry.page)
    }

    /// The part of Belfry that it belongs to; nothing for what is no page, such as a sign-in.
    pub(super) fn place(&self) -> &str {
        match self.entry.page.find('/') {
            Some(start) => place(self.entry.page.get(start..).unwrap_or_default()),
            None if self.entry.kind.is_some_and(|kind| kind.class() == 0) => "",
            None => &self.entry.page,
        }
    }

    /// Of how many, where they are not named.
    pub(super) fn others(&self) -> Option<String> {
        let named = self.entry.students.len();
        match usize::try_from(self.entry.shown).unwrap_or_default().saturating_sub(named) {
            0 => None,
            1 if named == 0 => Some("1 student".into()),
            more if named == 0 => Some(format!("{more} students")),
            more => Some(format!("and {more} no longer here")),
        }
    }
}
