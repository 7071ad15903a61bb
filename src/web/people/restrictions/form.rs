//! What somebody is barred from, as typed and ticked.

use school::{
    Uuid,
    people::{guardian::Family, restriction::Restriction, restriction_change::NewRestriction},
};
use serde::Deserialize;

use crate::web::{dates, form::Errors, stale, stale::Labelled};

/// Somebody who can be chosen.
pub(super) struct Named {
    pub(super) id: Uuid,
    pub(super) name: String,
}

/// A student's contacts, and whoever a restriction names though they are untied since.
pub(super) fn offered(family: &Family, known: Option<&Restriction>) -> Vec<Named> {
    let contacts = family.guardians.iter().map(|one| Named {
        id: one.contact.id,
        name: format!("{}, {}", one.contact.full_name, one.rights.relationship.label().to_lowercase()),
    });
    let mut people: Vec<Named> = contacts.collect();
    let known = known.and_then(|known| Some(Named { id: known.contact_id?, name: known.name().to_owned() }));
    people.extend(known.filter(|known| !family.guardians.iter().any(|one| one.contact.id == known.id)));
    people
}

/// The fields; a ticked box says `yes`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RestrictionForm {
    pub(super) seen: String,
    pub(super) contact_id: String,
    pub(super) person_name: String,
    pub(super) bars_contact: String,
    pub(super) bars_collection: String,
    pub(super) bars_records: String,
    pub(super) bars_address: String,
    pub(super) starts_on: String,
    pub(super) ends_on: String,
    pub(super) court_paper: String,
}

impl RestrictionForm {
    /// The form for one that is known.
    pub(super) fn of(known: &Restriction) -> Self {
        let ticked = |bar: bool| String::from(if bar { "yes" } else { "" });
        Self {
            seen: stale::written(known.updated_at),
            contact_id: known.contact_id.map(|contact| contact.to_string()).unwrap_or_default(),
            person_name: known.person_name.clone().unwrap_or_default(),
            bars_contact: ticked(known.bars_contact),
            bars_collection: ticked(known.bars_collection),
            bars_records: ticked(known.bars_records),
            bars_address: ticked(known.bars_address),
            starts_on: dates::written(Some(known.starts_on)),
            ends_on: dates::written(known.ends_on),
            court_paper: known.court_paper.clone().unwrap_or_default(),
        }
    }

    /// What the form says, or what is wrong with it, in the order of its fields.
    pub(super) fn check(&self) -> Result<NewRestriction, Errors> {
        let mut errors = Errors::default();
        let e = &mut errors;
        let (contact_id, person_name) = self.whom(e);
        let [bars_contact, bars_collection, bars_records, bars_address] = self.bars(e);
        let starts_on = e.needed_day("starts_on", &self.starts_on);
        let ends_on = e.day("ends_on", &self.ends_on);
        if ends_on.is_some_and(|last| last < starts_on) {
            e.add("ends_on", "The last day lies before the first.");
        }
        let court_paper = e.line("court_paper", &self.court_paper, 200);
        errors.or(NewRestriction {
            contact_id,
            person_name,
            bars_contact,
            bars_collection,
            bars_records,
            bars_address,
            starts_on,
            ends_on,
            court_paper,
        })
    }

    /// A contact or a name: one of the two.
    fn whom(&self, errors: &mut Errors) -> (Option<Uuid>, Option<String>) {
        let contact = errors.choice("contact_id", &self.contact_id);
        let name = errors.line("person_name", &self.person_name, 200);
        match (&contact, &name) {
            (None, None) => errors.add("contact_id", "Choose a contact, or write a name beside it."),
            (Some(_), Some(_)) => errors.add("person_name", "Choose a contact or write a name, not both."),
            _ => {}
        }
        (contact, name)
    }

    fn bars(&self, errors: &mut Errors) -> [bool; 4] {
        let ticked = [&self.bars_contact, &self.bars_collection, &self.bars_records, &self.bars_address]
            .map(|typed| typed == "yes");
        if !ticked.contains(&true) {
            errors.add("barred", "Tick what is barred.");
        }
        ticked
    }

    /// The fields as people read them, to compare two versions.
    pub(super) fn labelled(&self, people: &[Named]) -> Labelled {
        let contact = people.iter().find(|one| one.id.to_string() == self.contact_id);
        let ticked = |typed: &str| String::from(if typed == "yes" { "Yes" } else { "No" });
        vec![
            ("Contact", contact.map(|one| one.name.clone()).unwrap_or_default()),
            ("Somebody else", self.person_name.clone()),
            ("No contact", ticked(&self.bars_contact)),
            ("No collection", ticked(&self.bars_collection)),
            ("No records", ticked(&self.bars_records)),
            ("No address", ticked(&self.bars_address)),
            ("First day", self.starts_on.clone()),
            ("Last day", self.ends_on.clone()),
            ("Court paper", self.court_paper.clone()),
        ]
    }
}
