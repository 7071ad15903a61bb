//! Who stands in for whom on a day, beside the list of its registers.

use serde::Deserialize;
use uuid::Uuid;

use super::day::Call;

/// Somebody who covers a class that day.
#[derive(Clone, Debug, Deserialize)]
pub struct Substitute {
    class: Uuid,
    /// The duty's id.
    pub duty: Uuid,
    /// Who.
    pub staff: Uuid,
    /// Their name.
    pub name: String,
    /// Whether they can sign in; without an account their roll is on paper.
    pub has_account: bool,
    /// Whether they are recorded as absent themselves.
    pub is_absent: bool,
}

/// A register that somebody took for another.
#[derive(Deserialize)]
struct Taking {
    session: Uuid,
    taken_by: Option<String>,
    on_behalf: Option<String>,
}

/// What the database says of a day.
#[derive(Default, Deserialize)]
pub(super) struct StandIns {
    covers: Vec<Substitute>,
    takings: Vec<Taking>,
}

impl StandIns {
    /// What stands beside the registers; nothing where there are none.
    pub(super) fn read(said: Option<&serde_json::Value>) -> Self {
        said.and_then(|said| Self::deserialize(said).ok()).unwrap_or_default()
    }

    /// A register with whoever stands in there.
    pub(super) fn on(&self, call: Call, session: Option<Uuid>) -> Call {
        let taking = self.takings.iter().find(|taking| Some(taking.session) == session);
        Call {
            substitutes: self.covers.iter().filter(|cover| cover.class == call.class).cloned().collect(),
            taken_by: taking.and_then(|taking| taking.taken_by.clone()),
            on_behalf: taking.and_then(|taking| taking.on_behalf.clone()),
            ..call
        }
    }
}
