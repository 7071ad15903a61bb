//! Which board an address asks for.

use chrono::NaiveDate;
use school::Uuid;
use serde::Deserialize;

use super::shared::View;
use crate::web::dates;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    day: String,
    #[serde(default)]
    campus: String,
}

impl Asked {
    /// The day, today at the latest, and the campus where one was chosen.
    pub(super) fn view(&self, today: NaiveDate) -> View {
        let day = dates::read_day(&self.day).unwrap_or(today).min(today);
        (day, Uuid::parse_str(&self.campus).ok())
    }
}
