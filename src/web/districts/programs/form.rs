//! A program as typed.

use school::{
    districts::{district::District, program::Program, program_change::Written},
    text,
};
use serde::Deserialize;

use crate::web::{form::Errors, stale, stale::Labelled};

/// The most characters of a description.
pub(super) const LONGEST: usize = 2000;

/// The fields; every one is text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ProgramForm {
    pub(super) seen: String,
    pub(super) name: String,
    pub(super) code: String,
    pub(super) school_district_id: String,
    pub(super) description: String,
}

impl ProgramForm {
    /// The form for one that is known.
    pub(super) fn of(known: &Program) -> Self {
        let or_blank = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            seen: stale::written(known.updated_at),
            name: known.name.clone(),
            code: or_blank(&known.code),
            school_district_id: known.school_district_id.map(|id| id.to_string()).unwrap_or_default(),
            description: or_blank(&known.description),
        }
    }

    /// What the form says, or what is wrong with it.
    pub(super) fn check(&self) -> Result<Written, Errors> {
        let mut errors = Errors::default();
        let e = &mut errors;
        let name = e.needed("name", &self.name, 200);
        let code = e.line("code", &self.code, 20);
        let school_district_id = e.choice("school_district_id", &self.school_district_id);
        let description = text::lines(&self.description, LONGEST).unwrap_or_else(|message| {
            e.add("description", message);
            String::new()
        });
        let description = Some(description).filter(|text| !text.is_empty());
        errors.or(Written { school_district_id, name, code, description })
    }

    /// The fields as people read them, to compare two versions.
    pub(super) fn labelled(&self, districts: &[District]) -> Labelled {
        let district = districts.iter().find(|one| one.id.to_string() == self.school_district_id);
        vec![
            ("Name", self.name.clone()),
            ("Code", self.code.clone()),
            ("School district", district.map(|one| one.name.clone()).unwrap_or_default()),
            ("Description", self.description.replace("\r\n", "\n")),
        ]
    }
}
