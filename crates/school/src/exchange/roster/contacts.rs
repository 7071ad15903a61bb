//! Parents, guardians and relatives are contacts; `agentSourcedIds`, on either side, links them to students.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use uuid::Uuid;

use super::{
    super::oneroster::{Bundle, Entry, Kind, Sex, User, UserRole},
    barred,
    external_id::joined,
    people::phone,
    records::{Contact, Guardian},
    run::Run,
    sync::{Ids, Wanted, sync as sync_records},
};
use crate::{error::Result, words::Relationship};

/// Characters of a contact's name; both parts at their longest are one more.
const NAME: usize = 200;
/// Places in the order of whom to call.
const POSITIONS: i16 = 20;

pub(super) fn sync(bundle: &Bundle, students: &Ids, run: &mut Run) -> Result<()> {
    let users: HashMap<_, _> = bundle.users.iter().map(|user| (user.sourced_id.as_str(), user)).collect();
    let links = links(bundle, &users);
    let linked = |user: &Entry<User>| links.keys().any(|(_, contact)| *contact == user.sourced_id);
    let people = bundle.users.iter().filter(|user| user.row.role.is_contact() || linked(user));
    let wanted = people.map(|user| Wanted {
        keys: vec![user.sourced_id.clone()],
        origin: (Kind::Users.file().into(), user.line),
        record: Contact {
            full_name: full_name(&user.row),
            phone: phone(&user.row),
            email: user.row.email.clone(),
            deleted_at: None,
        },
    });
    let wanted = wanted.collect();
    let leaves = |key: &str, _: &Contact| bundle.has_left(Kind::Users, key);
    let contacts = sync_records(wanted, &HashMap::new(), leaves, run)?;
    sync_links(bundle, &links, (students, &contacts), run)
}

fn full_name(user: &User) -> String {
    let name = format!("{} {}", user.given_name, user.family_name);
    name.chars().take(NAME).collect()
}

type Links<'b> = BTreeMap<(&'b str, &'b str), (u64, i16, Relationship)>;

/// Student and contact, with where it says so, the place in the student's list, and what they are.
fn links<'b>(bundle: &'b Bundle, users: &HashMap<&str, &'b Entry<User>>) -> Links<'b> {
    let sexes: HashMap<_, _> =
        bundle.demographics.iter().map(|row| (row.sourced_id.as_str(), row.row.sex)).collect();
    let mut links = Links::new();
    for user in &bundle.users {
        for (position, agent) in (1..=POSITIONS).zip(&user.row.agents) {
            let Some(agent) = users.get(agent.as_str()) else {
                continue;
            };
            let (student, contact) = match (user.row.role.is_student(), agent.row.role.is_student()) {
                (true, false) => (user, *agent),
                (false, true) => (*agent, user),
                // Two children, or two adults, say nothing about whom to call.
                _ => continue,
            };
            let sex = sexes.get(contact.sourced_id.as_str()).copied().flatten();
            let link = (user.line, position, relationship(contact.row.role, sex));
            let key = (student.sourced_id.as_str(), contact.sourced_id.as_str());
            let found = links.entry(key).or_insert(link);
            if user.sourced_id == student.sourced_id {
                *found = link;
            }
        }
    }
    links
}

fn relationship(role: UserRole, sex: Option<Sex>) -> Relationship {
    match (role, sex) {
        (UserRole::Parent, Some(Sex::Female)) => Relationship::Mother,
        (UserRole::Parent, Some(Sex::Male)) => Relationship::Father,
        (UserRole::Parent | UserRole::Guardian, _) => Relationship::Guardian,
        _ => Relationship::Other,
    }
}

fn sync_links(
    bundle: &Bundle,
    links: &Links,
    (students, contacts): (&Ids, &Ids),
    run: &mut Run,
) -> Result<()> {
    let mut wanted = Vec::new();
    let mut pairs = HashMap::new();
    for ((student, contact), (line, position, relationship)) in links {
        let found = students.get(student).zip(contacts.get(contact));
        let Some((student_id, contact_id)) = found else {
            continue;
        };
        let key = joined(&[student, contact]);
        pairs.insert((student_id, contact_id), key.clone());
        let record = Guardian {
            student_id,
            contact_id,
            relationship: *relationship,
            position: *position,
            deleted_at: None,
        };
        wanted.push(Wanted { keys: vec![key], origin: (Kind::Users.file().into(), *line), record });
    }
    let adopted = made_by_hand(&pairs, run)?;
    let knows = |ids: &Ids, id: Uuid| ids.name(id).is_some_and(|user| !bundle.is_rejected(Kind::Users, user));
    let leaves = |_: &str, link: &Guardian| {
        bundle.is_complete(Kind::Users)
            && knows(students, link.student_id)
            && knows(contacts, link.contact_id)
    };
    let ties =
        wanted.iter().map(|tie| (tie.record.student_id, tie.record.contact_id, tie.origin.clone())).collect();
    sync_records(wanted, &adopted, leaves, run)?;
    barred::remark(ties, run)
}

/// Links between the same two people that somebody entered here.
fn made_by_hand(pairs: &HashMap<(Uuid, Uuid), String>, run: &mut Run) -> Result<HashMap<String, Uuid>> {
    use schema::guardians;
    let students: Vec<_> = pairs.keys().map(|(student, _)| *student).collect();
    let here: Vec<(Uuid, Uuid, Uuid)> = guardians::table
        .filter(guardians::organization_id.eq(run.db.organization()))
        .filter(guardians::deleted_at.is_null())
        .filter(guardians::student_id.eq_any(students))
        .select((guardians::student_id, guardians::contact_id, guardians::id))
        .load(run.db.conn())?;
    let found = here
        .into_iter()
        .filter_map(|(student, contact, id)| Some((pairs.get(&(student, contact))?.clone(), id)));
    Ok(found.collect())
}
