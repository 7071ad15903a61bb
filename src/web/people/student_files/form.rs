//! For whom, on what ground and what for, as typed and ticked.

use school::{keeping::disclosure::Wanted, words::DisclosureBasis};
use serde::Deserialize;

use crate::web::form::Errors;

/// The fields; a ticked box says `yes`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct FileForm {
    pub(super) contact_id: String,
    pub(super) recipient_name: String,
    pub(super) ground: String,
    pub(super) purpose: String,
    pub(super) with_changes: String,
    pub(super) with_looks: String,
}

impl FileForm {
    /// Everything, as a family may ask for it.
    pub(super) fn usual() -> Self {
        Self { with_changes: "yes".into(), with_looks: "yes".into(), ..Self::default() }
    }

    /// What the form says, or what is wrong with it, in the order of its fields.
    pub(super) fn check(&self) -> Result<Wanted, Errors> {
        let mut errors = Errors::default();
        let e = &mut errors;
        let contact = e.choice("contact_id", &self.contact_id);
        let name = e.line("recipient_name", &self.recipient_name, 200);
        match (&contact, &name) {
            (None, None) => e.add("contact_id", "Choose a contact, or write a name beside it."),
            (Some(_), Some(_)) => e.add("recipient_name", "Choose a contact or write a name, not both."),
            _ => {}
        }
        let ground = e.needed_word("ground", DisclosureBasis::named(&self.ground), DisclosureBasis::Parent);
        let purpose = e.needed("purpose", &self.purpose, 300);
        let (with_changes, with_looks) = (self.with_changes == "yes", self.with_looks == "yes");
        errors.or(Wanted { contact, name, ground, purpose, with_changes, with_looks })
    }
}
