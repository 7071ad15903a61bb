//! A campus as typed.

use chrono::NaiveTime;
use chrono_tz::Tz;
use school::{
    academics::{
        campus_change::{ENDS_FIRST, Particulars, Written},
        campus_colors,
    },
    access::organization::NO_ZONE,
    text,
};
use serde::Deserialize;

use crate::web::{dates, form::Errors, stale, stale::Labelled};

/// Characters of a description.
pub(super) const LONGEST: usize = 2000;
/// The colours that the fields show until others are chosen.
const USUAL: (&str, &str) = ("#2f6f5e", "#ffffff");

/// The fields; every one is text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct CampusForm {
    pub(super) seen: String,
    pub(super) name: String,
    pub(super) code: String,
    pub(super) day_starts_at: String,
    pub(super) day_ends_at: String,
    pub(super) time_zone: String,
    pub(super) is_online: String,
    pub(super) address: String,
    pub(super) phone: String,
    pub(super) email: String,
    pub(super) mascot: String,
    pub(super) description: String,
    pub(super) has_color: String,
    pub(super) color: String,
    pub(super) text_color: String,
}

impl CampusForm {
    /// The form for a new one, with the hours of most schools.
    pub(super) fn blank() -> Self {
        Self {
            day_starts_at: "08:30".into(),
            day_ends_at: "15:30".into(),
            color: USUAL.0.into(),
            text_color: USUAL.1.into(),
            ..Self::default()
        }
    }

    /// The form for one that is known.
    pub(super) fn of(known: &Particulars) -> Self {
        let yes = |is: bool| if is { "yes".to_owned() } else { String::new() };
        let or_blank = |text: &Option<String>| text.clone().unwrap_or_default();
        let color = |color: &Option<String>, usual: &str| color.clone().unwrap_or_else(|| usual.into());
        Self {
            seen: stale::written(known.updated_at),
            name: known.name.clone(),
            code: known.code.clone(),
            day_starts_at: dates::time(&known.day_starts_at),
            day_ends_at: dates::time(&known.day_ends_at),
            time_zone: or_blank(&known.time_zone),
            is_online: yes(known.is_online),
            address: or_blank(&known.address),
            phone: or_blank(&known.phone),
            email: or_blank(&known.email),
            mascot: or_blank(&known.mascot),
            description: or_blank(&known.description),
            has_color: yes(known.color.is_some()),
            color: color(&known.color, USUAL.0),
            text_color: color(&known.text_color, USUAL.1),
        }
    }

    /// What the form says, or what is wrong with it.
    pub(super) fn check(&self) -> Result<Written, Errors> {
        let mut errors = Errors::default();
        let e = &mut errors;
        let name = e.needed("name", &self.name, 200);
        let code = self.read_code(e);
        let (day_starts_at, day_ends_at) = self.read_hours(e);
        let time_zone = self.read_zone(e);
        let address = e.line("address", &self.address, 300);
        let phone = e.line("phone", &self.phone, 40);
        let email = e.email("email", &self.email);
        let mascot = e.line("mascot", &self.mascot, 60);
        let description = text::lines(&self.description, LONGEST).unwrap_or_else(|message| {
            e.add("description", message);
            String::new()
        });
        let colors = self.read_colors(e);
        let (color, text_color) = colors.unzip();
        let description = Some(description).filter(|text| !text.is_empty());
        let is_online = self.is_online == "yes";
        errors.or(Written {
            name,
            code,
            address,
            phone,
            email,
            mascot,
            description,
            color,
            text_color,
            is_online,
            time_zone,
            day_starts_at,
            day_ends_at,
        })
    }

    fn read_code(&self, e: &mut Errors) -> String {
        let code = self.code.trim();
        let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        let is_code = (1..=20).contains(&code.len()) && code.bytes().all(is_letter);
        let wrong = "At most 20 letters, digits, dots, hyphens and underscores, such as QS.";
        e.required("code", is_code.then(|| code.to_owned()), wrong).unwrap_or_default()
    }

    fn read_hours(&self, e: &mut Errors) -> (NaiveTime, NaiveTime) {
        let starts = e.needed_time("day_starts_at", &self.day_starts_at);
        let ends = e.needed_time("day_ends_at", &self.day_ends_at);
        if e.on("day_starts_at").is_empty() && ends <= starts {
            e.add("day_ends_at", ENDS_FIRST);
        }
        (starts, ends)
    }

    fn read_zone(&self, e: &mut Errors) -> Option<String> {
        let typed = Some(self.time_zone.trim()).filter(|typed| !typed.is_empty())?;
        let zone = e.required("time_zone", typed.parse::<Tz>().ok(), NO_ZONE)?;
        Some(zone.name().to_owned())
    }

    /// The two colours, where the campus has its own.
    fn read_colors(&self, e: &mut Errors) -> Option<(String, String)> {
        if self.has_color != "yes" {
            return None;
        }
        let (color, text) = (self.color.trim().to_lowercase(), self.text_color.trim().to_lowercase());
        for (field, typed) in [("color", &color), ("text_color", &text)] {
            if campus_colors::contrast(typed, typed).is_none() {
                e.add(field, "Write a colour such as #2f6f5e.");
            }
        }
        if let Some(complaint) = campus_colors::complaint(&color, &text) {
            e.add("text_color", complaint);
        }
        Some((color, text))
    }

    /// The fields as people read them, to compare two versions.
    pub(super) fn labelled(&self) -> Labelled {
        let yes = |typed: &str| if typed == "yes" { "Yes".to_owned() } else { "No".to_owned() };
        let color = |typed: &str| if self.has_color == "yes" { typed.to_owned() } else { String::new() };
        vec![
            ("Name", self.name.clone()),
            ("Code", self.code.clone()),
            ("Day begins", self.day_starts_at.clone()),
            ("Day ends", self.day_ends_at.clone()),
            ("Time zone", self.time_zone.clone()),
            ("School is held online", yes(&self.is_online)),
            ("Address", self.address.clone()),
            ("Telephone", self.phone.clone()),
            ("E-mail", self.email.clone()),
            ("Mascot", self.mascot.clone()),
            ("Description", self.description.replace("\r\n", "\n")),
            ("Colour", color(&self.color)),
            ("Text on it", color(&self.text_color)),
        ]
    }
}
