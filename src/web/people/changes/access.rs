//! Changes of accounts, roles and rights, in words.

use school::{people::history::Change, permit::Entry, words::UserScope};

use super::{line, readable};

/// What happened to an account or a role; none where the change is of something else.
pub(super) fn lines(change: &Change) -> Option<Vec<String>> {
    match change.entity.as_str() {
        "users" if change.is_new => Some(came(change)),
        "users" => Some(of_account(change)),
        "roles" if change.is_new => Some(vec!["Copied".into()]),
        "role_permissions" | "user_custom_permissions" => Some(of_right(change)),
        _ => None,
    }
}

/// How there came to be an account.
fn came(change: &Change) -> Vec<String> {
    if !change.parts.iter().any(|part| part.column == "sign_on") {
        return vec!["Invited".into()];
    }
    let email = change.parts.iter().filter(|part| part.column == "email").map(line);
    [String::from("Came by the school’s account for the first time")].into_iter().chain(email).collect()
}

fn of_account(change: &Change) -> Vec<String> {
    let ended = |column: &str| {
        let part = change.parts.iter().find(|part| part.column == column)?;
        Some(part.after.is_some())
    };
    let happened = [
        ended("deleted_at").map(|gone| if gone { "Deleted" } else { "Restored" }),
        ended("second_factor_at").filter(|gone| !gone).map(|_| "Second factor taken away"),
        ended("sign_on_at").filter(|gone| !gone).map(|_| "Untied from the school’s account"),
        ended("disabled_at").map(|closed| if closed { "Disabled" } else { "Enabled" }),
        ended("unlocked").map(|_| "Wrong guesses forgotten"),
        ended("link_sent").map(|_| "A link for a new password was sent"),
        ended("invited_again").map(|_| "Invited again"),
    ];
    let mut lines: Vec<String> = happened.into_iter().flatten().map(Into::into).collect();
    let happens = [
        "deleted_at",
        "disabled_at",
        "second_factor_at",
        "sign_on_at",
        "epoch",
        "unlocked",
        "link_sent",
        "invited_again",
    ];
    let told = |column: &str| !happens.contains(&column);
    lines.extend(change.parts.iter().filter(|part| told(&part.column)).map(line));
    if lines.is_empty() {
        lines.push("Signed out everywhere".into());
    }
    lines
}

fn of_right(change: &Change) -> Vec<String> {
    let value = |column: &str| {
        let part = change.parts.iter().find(|part| part.column == column)?;
        part.after.clone()
    };
    let scope =
        |word: &str| UserScope::named(word).map_or(word.to_owned(), |scope| scope.label().to_lowercase());
    let name = value("permission").unwrap_or_default();
    let sentence = Entry::called(&name).map_or(name.as_str(), |entry| entry.sentence);
    let place = value("campus_ids").map(|places| format!(" ({})", readable(&places))).unwrap_or_default();
    let reach = change.parts.iter().find(|part| part.column == "scope");
    let sentence = sentence.trim_end_matches('.');
    let line = match reach {
        _ if change.is_removed => format!("Taken away: {sentence}"),
        Some(part) => {
            let after = part.after.as_deref().map(scope).unwrap_or_default();
            match part.before.as_deref() {
                Some(before) => format!("{sentence}: {} → {after}{place}", scope(before)),
                None => format!("Given: {sentence}, {after}{place}"),
            }
        }
        None => format!("{sentence}: other campuses{place}"),
    };
    vec![line]
}
