//! What an enrollment must agree with: its class, its user, and the user's other enrollments.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{
    check::{refer, retain},
    enrollment::{Enrollment, EnrollmentRole},
    entry::Entry,
    kind::Kind,
    ledger::Ledger,
    rejected::Problem,
    user::{User, UserRole},
};

pub(super) fn enrollments(entries: &mut Vec<Entry<Enrollment>>, users: &[Entry<User>], ledger: &mut Ledger) {
    let roles: HashMap<_, _> = users.iter().map(|user| (user.sourced_id.as_str(), user.row.role)).collect();
    retain(entries, Kind::Enrollments, ledger, |entry, ledger| {
        let row = &entry.row;
        let class = refer(ledger, "classSourcedId", (Kind::Classes, &row.class));
        let user = refer(ledger, "userSourcedId", (Kind::Users, &row.user));
        let school = row.school.as_deref();
        let school = school.and_then(|id| refer(ledger, "schoolSourcedId", (Kind::Orgs, id)));
        let role = roles.get(row.user.as_str()).and_then(|role| contradiction(*role, row.role));
        [class, user, school, role].into_iter().flatten().collect()
    });
    overlaps(entries, ledger);
}

/// Once more, after users were turned away.
pub(super) fn users(entries: &mut Vec<Entry<Enrollment>>, ledger: &mut Ledger) {
    retain(entries, Kind::Enrollments, ledger, |entry, ledger| {
        let user = (Kind::Users, entry.row.user.as_str());
        refer(ledger, "userSourcedId", user).into_iter().collect()
    });
}

/// Students learn, staff teach, and a parent has no place in a class.
fn contradiction(user: UserRole, role: EnrollmentRole) -> Option<Problem> {
    let fits = match role {
        EnrollmentRole::Student => user == UserRole::Student,
        _ => user.is_staff(),
    };
    let reason = format!("users.csv says {user:?}, which does not go with {role:?}.");
    (!fits).then(|| Problem::new("role", &format!("{role:?}").to_lowercase(), reason))
}

/// Nobody is in one class twice on a day: of enrollments that overlap the earlier one counts.
fn overlaps(entries: &mut Vec<Entry<Enrollment>>, ledger: &mut Ledger) {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|place| entries.get(*place).map(sequence));
    let mut doubles: HashMap<String, Problem> = HashMap::new();
    let mut last: Option<&Entry<Enrollment>> = None;
    for entry in order.into_iter().filter_map(|place| entries.get(place)) {
        match last.filter(|last| overlap(last, entry)) {
            Some(last) => {
                let reason = format!(
                    "It overlaps the enrollment {} of the same user in the same class (line {}).",
                    last.sourced_id, last.line
                );
                let problem = Problem::new("beginDate", "", reason);
                doubles.insert(entry.sourced_id.clone(), problem);
            }
            None => last = Some(entry),
        }
    }
    retain(entries, Kind::Enrollments, ledger, |entry, _| {
        doubles.remove(&entry.sourced_id).into_iter().collect()
    });
}

fn sequence(entry: &Entry<Enrollment>) -> (String, String, NaiveDate, EnrollmentRole, String) {
    let Enrollment { class, user, starts_on, role, .. } = &entry.row;
    let starts_on = starts_on.unwrap_or(NaiveDate::MIN);
    (class.clone(), user.clone(), starts_on, *role, entry.sourced_id.clone())
}

fn overlap(earlier: &Entry<Enrollment>, later: &Entry<Enrollment>) -> bool {
    let (earlier, later) = (&earlier.row, &later.row);
    let end = earlier.ends_on.unwrap_or(NaiveDate::MAX);
    (&earlier.class, &earlier.user) == (&later.class, &later.user)
        && later.starts_on.unwrap_or(NaiveDate::MIN) <= end
}
