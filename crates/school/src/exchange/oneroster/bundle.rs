//! A whole export, typed and checked.

use std::{collections::HashMap, path::Path};

use super::{
    academic_session::AcademicSession,
    check, check_enrollments,
    class::Class,
    course::Course,
    demographics::Demographics,
    enrollment::Enrollment,
    entry::Entry,
    gather::{Read, gather},
    kind::Kind,
    ledger::{Fate, Ledger},
    look_alike::LookAlike,
    manifest::Manifest,
    org::{Org, OrgKind},
    package::Package,
    refusal::Refusal,
    rejected::{Problem, Rejected, Remark},
    tables::Tables,
    user::User,
};

/// What a OneRoster 1.1 export says, each list in the order of its ids. The order of rows, line ends,
/// a byte order mark and columns that nobody asked for make no difference.
#[derive(Debug)]
pub struct Bundle {
    /// The system that the ids come from: the manifest's code or name, else the root org's id.
    pub source: String,
    pub orgs: Vec<Entry<Org>>,
    pub academic_sessions: Vec<Entry<AcademicSession>>,
    pub courses: Vec<Entry<Course>>,
    pub classes: Vec<Entry<Class>>,
    pub users: Vec<Entry<User>>,
    pub enrollments: Vec<Entry<Enrollment>>,
    /// Under the user's id.
    pub demographics: Vec<Entry<Demographics>>,
    ledger: Ledger,
}

impl Bundle {
    /// Read the zip file or folder at `path`.
    ///
    /// # Errors
    /// A [`Refusal`] when it is no OneRoster 1.1 bulk export or not safe to read. Rows that cannot be
    /// taken are no error: they stand in [`Bundle::rejected`].
    pub fn open(path: &Path) -> Result<Self, Refusal> {
        Self::of(&Package::open(path)?)
    }

    /// Read the zip file that is called `name`.
    ///
    /// # Errors
    /// As [`Bundle::open`].
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, Refusal> {
        Self::of(&Package::read(name, bytes)?)
    }

    fn of(package: &Package) -> Result<Self, Refusal> {
        if let Some(look_alike) = LookAlike::recognise(package) {
            return Err(Refusal::LookAlike(look_alike));
        }
        let manifest = Manifest::of(package)?;
        let mut ledger = Ledger::default();
        let tables = Tables::read(package, &manifest, &mut ledger)?;
        let mut bundle = Self::gather(&tables, ledger);
        bundle.check();
        bundle.source = manifest.system().map_or_else(|| bundle.root_org(), str::to_owned);
        Ok(bundle)
    }

    /// Rows not taken, by file and line; a row with two faults is there twice.
    pub fn rejected(&self) -> &[Rejected] {
        &self.ledger.rejected
    }

    /// What is worth knowing about rows and files that were taken.
    pub fn remarks(&self) -> &[Remark] {
        &self.ledger.remarks
    }

    /// What became of `sourced_id`; `None` when the bundle does not mention it.
    pub fn fate(&self, kind: Kind, sourced_id: &str) -> Option<Fate> {
        self.ledger.fate(kind, sourced_id)
    }

    /// Whether what this file does not mention has left the school: only when the file is there, has
    /// rows, and each of them could be told by its id.
    pub fn is_complete(&self, kind: Kind) -> bool {
        self.ledger.was_read_whole(kind)
    }

    /// Whether what an earlier export held under `sourced_id` has left: it is marked as deleted, or missing
    /// from a file that was read whole, or no longer what it was.
    pub fn has_left(&self, kind: Kind, sourced_id: &str) -> bool {
        match self.fate(kind, sourced_id) {
            None => self.is_complete(kind),
            Some(Fate::Rejected(_)) => false,
            Some(Fate::Gone(_) | Fate::Taken) => true,
        }
    }

    pub fn is_rejected(&self, kind: Kind, sourced_id: &str) -> bool {
        matches!(self.fate(kind, sourced_id), Some(Fate::Rejected(_)))
    }

    /// Rejects users for reasons that the bundle cannot know, and what hangs from them.
    pub fn turn_away(&mut self, users: &HashMap<String, Problem>) {
        let ledger = &mut self.ledger;
        check::retain(&mut self.users, Kind::Users, ledger, |user, _| {
            users.get(&user.sourced_id).cloned().into_iter().collect()
        });
        check_enrollments::users(&mut self.enrollments, ledger);
        check::demographics(&mut self.demographics, ledger);
        ledger.rejected.sort();
    }

    fn gather(tables: &Tables, mut ledger: Ledger) -> Self {
        Self {
            source: String::new(),
            orgs: list(tables, Kind::Orgs, Org::read, &mut ledger),
            academic_sessions: list(tables, Kind::AcademicSessions, AcademicSession::read, &mut ledger),
            courses: list(tables, Kind::Courses, Course::read, &mut ledger),
            classes: list(tables, Kind::Classes, Class::read, &mut ledger),
            users: list(tables, Kind::Users, User::read, &mut ledger),
            enrollments: list(tables, Kind::Enrollments, Enrollment::read, &mut ledger),
            demographics: list(tables, Kind::Demographics, Demographics::read, &mut ledger),
            ledger,
        }
    }

    /// In the order in which rows depend on one another, so that a rejection goes all the way down.
    fn check(&mut self) {
        let ledger = &mut self.ledger;
        check::orgs(&mut self.orgs, ledger);
        check::academic_sessions(&mut self.academic_sessions, ledger);
        check::courses(&mut self.courses, ledger);
        check::classes(&mut self.classes, &self.orgs, ledger);
        check::users(&mut self.users, ledger);
        check_enrollments::enrollments(&mut self.enrollments, &self.users, ledger);
        check::demographics(&mut self.demographics, ledger);
        ledger.rejected.sort();
        ledger.remarks.sort();
    }

    /// The org above all others, the first by id where there are several; never a school if it can be
    /// helped, since the next export may hold one school more.
    fn root_org(&self) -> String {
        let root = self
            .orgs
            .iter()
            .min_by_key(|org| (org.row.parent.is_some(), org.row.kind == OrgKind::School, &org.sourced_id));
        root.map(|org| org.sourced_id.clone()).unwrap_or_default()
    }
}

fn list<T>(tables: &Tables, kind: Kind, read: Read<T>, ledger: &mut Ledger) -> Vec<Entry<T>> {
    tables.get(kind).map(|table| gather(table, read, ledger)).unwrap_or_default()
}
