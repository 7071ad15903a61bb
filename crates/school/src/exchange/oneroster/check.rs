//! What rows say about one another: a row that refers to nothing, or to a row that was rejected, is
//! rejected with the cause in its reason.

use std::collections::HashMap;

use super::{
    academic_session::AcademicSession,
    class::Class,
    course::Course,
    demographics::Demographics,
    entry::Entry,
    kind::Kind,
    ledger::Ledger,
    org::{Org, OrgKind},
    rejected::Problem,
    user::User,
};

/// Keep the entries that `check` finds no problem with.
pub(super) fn retain<T>(
    entries: &mut Vec<Entry<T>>,
    kind: Kind,
    ledger: &mut Ledger,
    mut check: impl FnMut(&mut Entry<T>, &mut Ledger) -> Vec<Problem>,
) {
    entries.retain_mut(|entry| {
        let problems = check(entry, ledger);
        let good = problems.is_empty();
        if !good {
            ledger.withdraw(kind, &entry.sourced_id, entry.line);
            ledger.reject(kind, entry.line, problems);
        }
        good
    });
}

/// A reference in `column` to `id`, as a problem where it leads nowhere.
pub(super) fn refer(ledger: &Ledger, column: &'static str, (kind, id): (Kind, &str)) -> Option<Problem> {
    let reason = ledger.why_not(kind, id)?;
    Some(Problem::new(column, id, reason))
}

/// A dangling parent is common and harmless: nothing but the name of the source hangs on it.
pub(super) fn orgs(entries: &mut [Entry<Org>], ledger: &mut Ledger) {
    for entry in entries {
        drop_parent(Kind::Orgs, entry.line, &mut entry.row.parent, ledger);
    }
}

/// Likewise here: `schoolYear` says to which year a session belongs.
pub(super) fn academic_sessions(entries: &mut [Entry<AcademicSession>], ledger: &mut Ledger) {
    for entry in entries {
        drop_parent(Kind::AcademicSessions, entry.line, &mut entry.row.parent, ledger);
    }
}

fn drop_parent(kind: Kind, line: u64, parent: &mut Option<String>, ledger: &mut Ledger) {
    let Some(reason) = parent.as_ref().and_then(|id| ledger.why_not(kind, id)) else {
        return;
    };
    *parent = None;
    ledger.remark(kind, Some(line), format!("{reason} It was taken without a parent."));
}

pub(super) fn courses(entries: &mut Vec<Entry<Course>>, ledger: &mut Ledger) {
    retain(entries, Kind::Courses, ledger, |entry, ledger| {
        let org = entry.row.org.as_deref();
        org.and_then(|id| refer(ledger, "orgSourcedId", (Kind::Orgs, id))).into_iter().collect()
    });
}

pub(super) fn classes(entries: &mut Vec<Entry<Class>>, orgs: &[Entry<Org>], ledger: &mut Ledger) {
    let kinds: HashMap<_, _> = orgs.iter().map(|org| (org.sourced_id.as_str(), org.row.kind)).collect();
    retain(entries, Kind::Classes, ledger, |entry, ledger| {
        let class = &mut entry.row;
        if !ledger.provides(Kind::Courses) {
            class.course = None;
        }
        let course = class.course.as_deref();
        let course = course.and_then(|id| refer(ledger, "courseSourcedId", (Kind::Courses, id)));
        let terms = class.terms.iter();
        let terms = terms.filter_map(|id| refer(ledger, "termSourcedIds", (Kind::AcademicSessions, id)));
        terms.chain(course).chain(school(&class.school, &kinds, ledger)).collect()
    });
}

fn school(id: &str, kinds: &HashMap<&str, OrgKind>, ledger: &Ledger) -> Option<Problem> {
    refer(ledger, "schoolSourcedId", (Kind::Orgs, id)).or_else(|| {
        let elsewhere = kinds.get(id).is_some_and(|kind| *kind != OrgKind::School);
        let reason = "A class belongs to an org of type school, and this one is of another type.";
        elsewhere.then(|| Problem::new("schoolSourcedId", id, reason))
    })
}

/// One org is enough to know where somebody belongs; agents may be left out of an export.
pub(super) fn users(entries: &mut Vec<Entry<User>>, ledger: &mut Ledger) {
    retain(entries, Kind::Users, ledger, |entry, ledger| {
        let orgs = entry.row.orgs.iter();
        let problems: Vec<_> =
            orgs.filter_map(|id| refer(ledger, "orgSourcedIds", (Kind::Orgs, id))).collect();
        if problems.len() == entry.row.orgs.len() {
            return problems;
        }
        drop_ids(entry.line, &mut entry.row.orgs, Kind::Orgs, ledger);
        Vec::new()
    });
    for entry in entries {
        drop_ids(entry.line, &mut entry.row.agents, Kind::Users, ledger);
    }
}

/// Take the ids out of a list that lead nowhere, with a remark for each.
fn drop_ids(line: u64, ids: &mut Vec<String>, kind: Kind, ledger: &mut Ledger) {
    ids.retain(|id| match ledger.why_not(kind, id) {
        None => true,
        Some(reason) => {
            ledger.remark(Kind::Users, Some(line), format!("{reason} The user was taken without it."));
            false
        }
    });
}

pub(super) fn demographics(entries: &mut Vec<Entry<Demographics>>, ledger: &mut Ledger) {
    retain(entries, Kind::Demographics, ledger, |entry, ledger| {
        let user = (Kind::Users, entry.sourced_id.as_str());
        refer(ledger, "sourcedId", user).into_iter().collect()
    });
}
