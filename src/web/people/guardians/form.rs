//! What a contact is to a student and may do, as typed and ticked.

use school::{
    people::guardian::{Guardian, Rights},
    words::Relationship,
};
use serde::Deserialize;

use crate::web::{form::Errors, stale, stale::Labelled};

/// The fields; a ticked box says `yes`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RightsForm {
    pub(super) seen: String,
    pub(super) relationship: String,
    pub(super) position: String,
    pub(super) primary_contact: String,
    pub(super) lives_with: String,
    pub(super) has_custody: String,
    pub(super) may_collect: String,
    pub(super) may_see_records: String,
    pub(super) receives_mail: String,
    pub(super) emergency: String,
}

impl RightsForm {
    /// The form for a tie that is known.
    pub(super) fn of(guardian: &Guardian) -> Self {
        let rights = &guardian.rights;
        let ticked = |right: bool| String::from(if right { "yes" } else { "" });
        Self {
            seen: stale::written(guardian.updated_at),
            relationship: rights.relationship.word().into(),
            position: rights.position.to_string(),
            primary_contact: ticked(rights.primary_contact),
            lives_with: ticked(rights.lives_with),
            has_custody: ticked(rights.has_custody),
            may_collect: ticked(rights.may_collect),
            may_see_records: ticked(rights.may_see_records),
            receives_mail: ticked(rights.receives_mail),
            emergency: ticked(rights.emergency),
        }
    }

    /// What the form says, or what is wrong with it.
    pub(super) fn check(&self) -> Result<Rights, Errors> {
        let mut errors = Errors::default();
        let relationship = Relationship::named(&self.relationship);
        let rights = Rights {
            relationship: errors.needed_word("relationship", relationship, Relationship::Other),
            position: errors.count("position", &self.position, 1..=20).unwrap_or(1),
            primary_contact: self.primary_contact == "yes",
            lives_with: self.lives_with == "yes",
            has_custody: self.has_custody == "yes",
            may_collect: self.may_collect == "yes",
            may_see_records: self.may_see_records == "yes",
            receives_mail: self.receives_mail == "yes",
            emergency: self.emergency == "yes",
        };
        errors.or(rights)
    }

    /// The fields as people read them, to compare two versions.
    pub(super) fn labelled(&self) -> Labelled {
        let relationship = Relationship::named(&self.relationship);
        let ticked = |typed: &str| String::from(if typed == "yes" { "Yes" } else { "No" });
        vec![
            ("Relationship", relationship.map_or("", Relationship::label).into()),
            ("Order of calling", self.position.clone()),
            ("Is called first", ticked(&self.primary_contact)),
            ("Lives with", ticked(&self.lives_with)),
            ("Custody", ticked(&self.has_custody)),
            ("Collects", ticked(&self.may_collect)),
            ("Sees records", ticked(&self.may_see_records)),
            ("Gets mail", ticked(&self.receives_mail)),
            ("Emergency", ticked(&self.emergency)),
        ]
    }
}
