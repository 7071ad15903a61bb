//! What was done, as typed and chosen.

use school::{
    Uuid,
    attendance::{intervention::Intervention, intervention_change::NewIntervention},
    text,
    words::{InterventionKind, InterventionOutcome},
};
use serde::Deserialize;

use crate::web::{dates, form::Errors, stale, stale::Labelled};

/// The fields; every one is text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct InterventionForm {
    pub(super) seen: String,
    pub(super) back: String,
    pub(super) kind: String,
    pub(super) happened_on: String,
    pub(super) contact_id: String,
    pub(super) with_name: String,
    pub(super) outcome: String,
    pub(super) note: String,
    pub(super) look_again_on: String,
    pub(super) because: String,
}

impl InterventionForm {
    /// The form for one that is known.
    pub(super) fn of(known: &Intervention) -> Self {
        Self {
            seen: stale::written(known.updated_at),
            back: String::new(),
            kind: known.kind.word().into(),
            happened_on: dates::written(Some(known.happened_on)),
            contact_id: known.contact_id.map(|contact| contact.to_string()).unwrap_or_default(),
            with_name: known.with_name.clone().filter(|_| known.contact_id.is_none()).unwrap_or_default(),
            outcome: known.outcome.word().into(),
            note: known.note.clone().unwrap_or_default(),
            look_again_on: dates::written(Some(known.look_again_on)),
            because: String::new(),
        }
    }

    /// What the form says, or what is wrong with it, in the order of its fields.
    pub(super) fn check(&self) -> Result<NewIntervention, Errors> {
        let mut errors = Errors::default();
        let e = &mut errors;
        let kind = e.needed_word("kind", InterventionKind::named(&self.kind), InterventionKind::Called);
        let happened_on = e.needed_day("happened_on", &self.happened_on);
        let contact_id = e.choice("contact_id", &self.contact_id);
        let with_name = e.line("with_name", &self.with_name, 200);
        if contact_id.is_some() && with_name.is_some() {
            e.add("with_name", "Choose a contact or write a name, not both.");
        }
        let outcome = InterventionOutcome::named(&self.outcome);
        let outcome = e.needed_word("outcome", outcome, InterventionOutcome::Reached);
        let note = text::line(&self.note.lines().collect::<Vec<_>>().join(" "), 500);
        let note = note.unwrap_or_else(|message| {
            e.add("note", message);
            String::new()
        });
        let look_again_on = e.needed_day("look_again_on", &self.look_again_on);
        errors.or(NewIntervention {
            kind,
            happened_on,
            contact_id,
            with_name,
            outcome,
            note: Some(note).filter(|note| !note.is_empty()),
            look_again_on,
        })
    }

    /// Why it is corrected, or what is wrong with that.
    pub(super) fn reason(&self) -> Result<String, Errors> {
        let mut errors = Errors::default();
        let because = errors.needed("because", &self.because, 200);
        errors.or(because)
    }

    /// Where one goes on after.
    pub(super) fn leads(&self, student: Uuid) -> String {
        if self.back == "student" { format!("/students/{student}") } else { "/absence-follow-ups".into() }
    }

    /// The fields as people read them, to compare two versions.
    pub(super) fn labelled(&self, people: &[(Uuid, String)]) -> Labelled {
        let contact = people.iter().find(|(id, _)| id.to_string() == self.contact_id);
        let kind = InterventionKind::named(&self.kind).map(InterventionKind::label);
        let outcome = InterventionOutcome::named(&self.outcome).map(InterventionOutcome::label);
        vec![
            ("What was done", kind.unwrap_or_default().into()),
            ("Day", self.happened_on.clone()),
            ("Contact", contact.map(|(_, name)| name.clone()).unwrap_or_default()),
            ("Somebody else", self.with_name.clone()),
            ("Outcome", outcome.unwrap_or_default().into()),
            ("Note", self.note.clone()),
            ("Look again on", self.look_again_on.clone()),
        ]
    }
}
