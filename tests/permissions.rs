//! The list of permissions holds together, and what is written about it is what it says.

use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path};

use school::{
    permit::{ALL, BuiltInRole, Entry, ROLES},
    words::UserScope,
};

use crate::support::routes;

fn entry(name: &str) -> &'static Entry {
    ALL.iter().find(|entry| entry.name == name).unwrap_or_else(|| panic!("no permission is called {name}"))
}

fn held(role: &BuiltInRole, name: &str) -> Option<UserScope> {
    role.permissions.iter().find(|(held, _)| *held == name).map(|(_, scope)| *scope)
}

#[test]
fn every_permission_names_all_that_it_includes() {
    for strong in ALL {
        for weaker in strong.grants {
            for weakest in entry(weaker).grants {
                assert!(
                    strong.grants.contains(weakest),
                    "{} includes {weaker}, which includes {weakest}: name that too",
                    strong.name
                );
            }
            assert_ne!(*weaker, strong.name, "{weaker} includes itself");
        }
    }
}

#[test]
fn an_administrator_may_do_everything_in_the_whole_organization() {
    let administrator = ROLES.iter().find(|role| role.slug == "administrator").unwrap();
    for entry in ALL {
        assert_eq!(held(administrator, entry.name), Some(UserScope::Organization), "{}", entry.name);
    }
    assert_eq!(administrator.permissions.len(), ALL.len());
}

#[test]
fn every_permission_is_named_once_and_reaches_somewhere() {
    let names: BTreeSet<_> = ALL.iter().map(|entry| entry.name).collect();
    assert_eq!(names.len(), ALL.len());

    for entry in ALL {
        assert!(["READ", "CREATE", "UPDATE", "DELETE"].contains(&entry.action()), "{}", entry.name);
        assert!(!entry.scopes.is_empty() && entry.scopes.is_sorted(), "{}: narrowest first", entry.name);
        assert!(entry.sentence.ends_with('.') && entry.sentence.len() < 120, "{}", entry.name);
        assert!(
            !entry.scopes.contains(&UserScope::Global),
            "{}: nobody reaches every organization",
            entry.name
        );
    }
}

#[test]
fn every_role_also_holds_what_its_permissions_include() {
    for role in ROLES {
        for (name, scope) in role.permissions {
            for weaker in entry(name).grants {
                let reaches = held(role, weaker);
                assert!(
                    reaches >= Some(*scope),
                    "{} holds {name} ({scope:?}) and {weaker} only {reaches:?}",
                    role.slug
                );
            }
        }
    }
}

#[test]
fn every_role_holds_each_permission_once_and_as_far_as_it_can_reach() {
    for role in ROLES {
        let names: BTreeSet<_> = role.permissions.iter().map(|(name, _)| name).collect();
        assert_eq!(names.len(), role.permissions.len(), "{} holds something twice", role.slug);
        for (name, scope) in role.permissions {
            assert!(entry(name).scopes.contains(scope), "{}: {name} does not reach {scope:?}", role.slug);
        }
        let looks = role.permissions.iter().all(|(name, _)| entry(name).action() == "READ");
        assert!(!role.global_access || looks, "{} works for the platform and changes a school", role.slug);
    }
}

#[test]
fn every_permission_that_a_handler_asks_for_is_on_the_list() {
    for route in routes::all() {
        if let Some(asked) = route.permission {
            let listed = ALL.iter().any(|entry| camel(entry.name) == asked);
            assert!(listed, "{} asks for {asked}", route.file);
        }
    }
}

/// `ReadStudents` of `READ_STUDENTS`.
fn camel(name: &str) -> String {
    name.split('_').map(|word| format!("{}{}", &word[..1], word[1..].to_lowercase())).collect()
}

/// Ways around the door that only seeding, the command line and jobs have a reason for.
const WAYS_AROUND: [&str; 4] = [".seed(", ".act_as(", "permit::Seed", "school::migrations"];

#[test]
fn no_page_goes_around_the_door() {
    look_through(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/web")));
}

fn look_through(folder: &Path) {
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() {
            look_through(&path);
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        for way in WAYS_AROUND {
            assert!(!source.contains(way), "{} has {way}: pages go through May", path.display());
        }
    }
}

#[test]
fn what_is_written_about_permissions_is_what_they_are() {
    let written = include_str!("../docs/permissions.md");
    let now = document();

    if written != now {
        let fresh = Path::new(env!("CARGO_TARGET_TMPDIR")).join("permissions.md");
        fs::write(&fresh, now).unwrap();
        panic!(
            "docs/permissions.md is not what permit.rs says. Read the new one, then: cp {} docs/permissions.md",
            fresh.display()
        );
    }
}

fn document() -> String {
    let mut text = String::from(
        "# Permissions\n\nWritten from `crates/school/src/permit.rs` and `permit/roles.rs` by a test; change it there.\n\n\
         A permission opens one kind of thing as far as it reaches: *assigned* is the classes one stands in front of today\n\
         and students one was granted; *campuses* and the whole *organization* say themselves. Whoever holds a permission by\n\
         role and directly has both together. A role that is given for campuses only opens no other campus whole; what is\n\
         assigned to somebody stays theirs wherever it is, and what only the whole organization can be given is then not held.\n\n\
         | permission | lets somebody | may reach | includes |\n|---|---|---|---|\n",
    );
    for entry in ALL {
        let reach: Vec<_> = entry.scopes.iter().map(|scope| scope.word()).collect();
        writeln!(
            text,
            "| `{}` | {} | {} | {} |",
            entry.name,
            entry.sentence,
            reach.join(", "),
            coded(entry.grants)
        )
        .unwrap();
    }
    roles(&mut text);
    text
}

/// The built-in roles, and what each holds and how far.
fn roles(text: &mut String) {
    text.push_str("\n## Built-in roles\n\n");
    for role in ROLES {
        writeln!(text, "- **{}** (`{}`): {}", role.name, role.slug, role.description).unwrap();
    }
    text.push_str("\n| |");
    for role in ROLES {
        write!(text, " {} |", role.slug).unwrap();
    }
    write!(text, "\n|---|{}\n", "---|".repeat(ROLES.len())).unwrap();
    for entry in ALL {
        write!(text, "| `{}` |", entry.name).unwrap();
        for role in ROLES {
            write!(text, " {} |", held(role, entry.name).map_or("", UserScope::word)).unwrap();
        }
        text.push('\n');
    }
}

fn coded(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
