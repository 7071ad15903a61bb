//! A letter template as typed.

use school::{
    attendance::{
        letter_template::{LetterTemplate, NewLetterTemplate},
        letter_text,
    },
    text,
};
use serde::Deserialize;

use crate::web::{form::Errors, stale, stale::Labelled};

/// The fields; every one is text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct TemplateForm {
    pub(super) seen: String,
    pub(super) name: String,
    pub(super) language: String,
    pub(super) subject: String,
    pub(super) body: String,
}

impl TemplateForm {
    /// The form for one that is known.
    pub(super) fn of(known: &LetterTemplate) -> Self {
        Self {
            seen: stale::written(known.updated_at),
            name: known.name.clone(),
            language: known.language.clone(),
            subject: known.subject.clone(),
            body: known.body.clone(),
        }
    }

    /// What the form says, or what is wrong with it, in the order of its fields.
    pub(super) fn check(&self) -> Result<NewLetterTemplate, Errors> {
        let mut errors = Errors::default();
        let e = &mut errors;
        let name = e.needed("name", &self.name, 80);
        let language = e.language("language", &self.language);
        let language = e.required("language", language, "Say in which language, such as en or so.");
        let subject = e.needed("subject", &self.subject, 150);
        filled(e, "subject", &subject);
        let body = text::lines(&self.body, 4000).unwrap_or_else(|message| {
            e.add("body", message);
            String::new()
        });
        if body.is_empty() {
            e.add("body", "Fill this in.");
        }
        filled(e, "body", &body);
        errors.or(NewLetterTemplate { name, language: language.unwrap_or_default(), subject, body })
    }

    /// The fields as people read them, to compare two versions.
    pub(super) fn labelled(&self) -> Labelled {
        vec![
            ("Name", self.name.clone()),
            ("Language", self.language.clone()),
            ("Subject", self.subject.clone()),
            ("Text", self.body.replace("\r\n", "\n")),
        ]
    }
}

/// Notes a placeholder that is none.
fn filled(errors: &mut Errors, field: &'static str, text: &str) {
    if let Err(message) = letter_text::check(text) {
        errors.add(field, message);
    }
}
