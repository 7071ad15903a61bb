//! What is typed to begin a list.

use school::{
    attendance::roll_call_change::{MOST_LINES, NewRollCall},
    words::RollCallKind,
};
use serde::Deserialize;

use crate::web::form::Errors;

/// The fields; every one is text.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct RollCallForm {
    pub(super) kind: String,
    pub(super) campus_id: String,
    pub(super) name: String,
    pub(super) moment: String,
    pub(super) held_by: String,
    #[serde(rename = "class[]")]
    pub(super) class: String,
    pub(super) who: String,
}

impl RollCallForm {
    /// What the form says, or what is wrong with it. A fire roll asks for its campus alone.
    pub(super) fn check(&self) -> Result<NewRollCall, Errors> {
        let mut errors = Errors::default();
        let e = &mut errors;
        if self.kind == RollCallKind::Fire.word() {
            let campus = e.needed_choice("campus_id", &self.campus_id);
            return errors.or(NewRollCall {
                kind: RollCallKind::Fire,
                campus,
                name: RollCallKind::Fire.label().to_owned(),
                moment: "At the assembly point".to_owned(),
                held_by: None,
                classes: Vec::new(),
                who: Vec::new(),
            });
        }
        let lines = self.who.lines().map(str::trim).filter(|line| !line.is_empty());
        let who: Vec<String> = lines.map(|line| line.chars().take(100).collect()).collect();
        if who.len() > MOST_LINES {
            e.add("who", format!("At most {MOST_LINES} lines."));
        }
        let list = NewRollCall {
            kind: RollCallKind::Trip,
            name: e.needed("name", &self.name, 100),
            campus: e.needed_choice("campus_id", &self.campus_id),
            moment: e.needed("moment", &self.moment, 60),
            held_by: e.choice("held_by", &self.held_by),
            classes: self.class.lines().map(|class| e.needed_choice("class", class)).collect(),
            who,
        };
        errors.or(list)
    }
}
