//! What to say when somebody else saved first.

use chrono::{DateTime, SecondsFormat, Utc};

/// A form's fields as people read them: label and text.
pub type Labelled = Vec<(&'static str, String)>;

/// Who was faster, and where the two differ.
pub struct Stale {
    /// Who, if a person was.
    pub by: Option<String>,
    /// The fields that differ.
    pub differences: Vec<Difference>,
}

/// A field in both versions.
pub struct Difference {
    /// What the field is called.
    pub label: &'static str,
    /// What stands there now.
    pub now: String,
    /// What was typed.
    pub typed: String,
}

impl Stale {
    /// Compares a form filled with what stands now with the form as typed.
    #[must_use]
    pub fn between(now: Labelled, typed: Labelled, by: Option<String>) -> Self {
        let differences = now
            .into_iter()
            .zip(typed)
            .filter(|((_, now), (_, typed))| now != typed.trim())
            .map(|((label, now), (_, typed))| Difference { label, now, typed })
            .collect();
        Self { by, differences }
    }
}

/// The moment of the last change as a form carries it, to the microsecond.
#[must_use]
pub fn written(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// The moment that a form carries; a garbled one is long past, so that the form counts as stale.
#[must_use]
pub fn read(written: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(written).map(|at| at.to_utc()).unwrap_or_default()
}
