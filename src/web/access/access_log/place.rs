//! Through which part of Belfry somebody looked, in the words of the navigation.

use crate::web::page::ENTRIES;

/// What has no entry of its own there, by how its address begins.
const BESIDE: [(&str, &str); 18] = [
    ("/account", "Own account"),
    ("/arrival", "Signing in to work"),
    ("/attendance-codes", "Attendance codes"),
    ("/closures", "Closing school"),
    ("/email-confirmation", "Confirming an address"),
    ("/erasures", "Erasures"),
    ("/letter-templates", "Letter templates"),
    ("/letters", "Letters"),
    ("/live", "An open page, looking again"),
    ("/organizations", "Organizations"),
    ("/password-reset", "A new password"),
    ("/permissions", "Who may"),
    ("/registers", "Register"),
    ("/session", "Signing out"),
    ("/sign-in", "Sign-in"),
    ("/students/{id}/files", "Complete file"),
    ("/visit", "Visits"),
    ("/years", "Years and terms"),
];

/// The part of Belfry that an address belongs to; the address where it is known by no name.
pub(super) fn place(page: &str) -> &str {
    let known = ENTRIES.iter().map(|entry| (entry.path, entry.label)).chain(BESIDE);
    let ours = known.filter(|(path, _)| leads(path, page));
    ours.max_by_key(|(path, _)| path.len()).map_or(page, |(_, name)| name)
}

/// Whether a page is this one or beneath it.
fn leads(path: &str, page: &str) -> bool {
    page.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.']))
}
