//! A school district as typed.

use school::districts::district::{District, Written};
use serde::Deserialize;

use crate::web::{form::Errors, stale, stale::Labelled};

/// The fields; every one is text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct DistrictForm {
    pub(super) seen: String,
    pub(super) name: String,
    pub(super) contact_name: String,
    pub(super) contact_email: String,
    pub(super) contact_phone: String,
}

impl DistrictForm {
    /// The form for one that is known.
    pub(super) fn of(known: &District) -> Self {
        let or_blank = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            seen: stale::written(known.updated_at),
            name: known.name.clone(),
            contact_name: or_blank(&known.contact_name),
            contact_email: or_blank(&known.contact_email),
            contact_phone: or_blank(&known.contact_phone),
        }
    }

    /// What the form says, or what is wrong with it.
    pub(super) fn check(&self) -> Result<Written, Errors> {
        let mut errors = Errors::default();
        let e = &mut errors;
        let written = Written {
            name: e.needed("name", &self.name, 200),
            contact_name: e.line("contact_name", &self.contact_name, 200),
            contact_email: e.email("contact_email", &self.contact_email),
            contact_phone: e.line("contact_phone", &self.contact_phone, 40),
        };
        errors.or(written)
    }

    /// The fields as people read them, to compare two versions.
    pub(super) fn labelled(&self) -> Labelled {
        vec![
            ("Name", self.name.clone()),
            ("Whom to ask", self.contact_name.clone()),
            ("E-mail", self.contact_email.clone()),
            ("Telephone", self.contact_phone.clone()),
        ]
    }
}
