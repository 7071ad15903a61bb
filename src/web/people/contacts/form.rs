//! A contact's particulars as typed.

use school::people::contact::{Contact, NewContact};
use serde::Deserialize;

use crate::web::{form::Errors, stale, stale::Labelled};

/// The fields; every one is text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::people) struct ContactForm {
    pub(in crate::web::people) seen: String,
    pub(in crate::web::people) full_name: String,
    pub(in crate::web::people) phone: String,
    pub(in crate::web::people) email: String,
    pub(in crate::web::people) address: String,
    pub(in crate::web::people) language: String,
}

impl ContactForm {
    /// The form for a contact who is known.
    pub(super) fn of(contact: &Contact) -> Self {
        let or_blank = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            seen: stale::written(contact.updated_at),
            full_name: contact.full_name.clone(),
            phone: or_blank(&contact.phone),
            email: or_blank(&contact.email),
            address: or_blank(&contact.address),
            language: or_blank(&contact.language),
        }
    }

    /// What the form says, or what is wrong with it.
    pub(in crate::web::people) fn check(&self) -> Result<NewContact, Errors> {
        let mut errors = Errors::default();
        let contact = NewContact {
            full_name: errors.needed("full_name", &self.full_name, 200),
            phone: errors.line("phone", &self.phone, 40),
            email: errors.email("email", &self.email),
            address: errors.line("address", &self.address, 300),
            language: errors.language("language", &self.language),
        };
        errors.or(contact)
    }

    /// The fields as people read them, to compare two versions.
    pub(super) fn labelled(&self) -> Labelled {
        vec![
            ("Name", self.full_name.clone()),
            ("Telephone", self.phone.clone()),
            ("E-mail", self.email.clone()),
            ("Address", self.address.clone()),
            ("Language", self.language.clone()),
        ]
    }
}
