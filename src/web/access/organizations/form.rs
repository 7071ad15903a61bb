//! An organization as typed.

use chrono_tz::Tz;
use school::{
    access::{
        email::Email,
        organization::{NO_SLUG, NO_ZONE, NewOrganization, is_slug},
        organization_change::Organization,
    },
    lobby::Founding,
};
use serde::Deserialize;

use crate::web::{form::Errors, stale, stale::Labelled};

/// On which days a week may begin.
pub(super) const WEEK_STARTS: [(i16, &str); 3] = [(1, "Monday"), (0, "Sunday"), (6, "Saturday")];

/// The fields; every one is text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct OrganizationForm {
    pub(super) seen: String,
    pub(super) name: String,
    pub(super) slug: String,
    pub(super) time_zone: String,
    pub(super) locale: String,
    pub(super) currency: String,
    pub(super) week_start: String,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) email: String,
}

impl OrganizationForm {
    /// The form for a new one.
    pub(super) fn blank() -> Self {
        let NewOrganization { locale, currency, week_start, .. } = NewOrganization::usual();
        Self { locale, currency, week_start: week_start.to_string(), ..Self::default() }
    }

    /// The form for one that is known.
    pub(super) fn of(known: &Organization) -> Self {
        Self {
            seen: stale::written(known.updated_at),
            name: known.name.clone(),
            slug: known.slug.clone(),
            time_zone: known.time_zone.clone(),
            locale: known.locale.clone(),
            currency: known.currency.clone(),
            week_start: known.week_start.to_string(),
            ..Self::default()
        }
    }

    /// What the form says, or what is wrong with it.
    pub(super) fn check(&self) -> Result<NewOrganization, Errors> {
        let mut errors = Errors::default();
        let e = &mut errors;
        let name = e.needed("name", &self.name, 200);
        let slug = self.slug.trim().to_owned();
        let slug = e.required("slug", Some(slug).filter(|slug| is_slug(slug)), NO_SLUG);
        let zone = self.time_zone.trim().parse::<Tz>().ok();
        let zone = e.required("time_zone", zone, NO_ZONE);
        let locale = e.language("locale", &self.locale);
        let locale = e.required("locale", locale, "Write a language tag, such as en-GB.");
        let currency = self.currency.trim().to_uppercase();
        let is_code = currency.len() == 3 && currency.bytes().all(|letter| letter.is_ascii_uppercase());
        let currency = e.required("currency", is_code.then_some(currency), "Three letters, such as EUR.");
        let week_start = WEEK_STARTS.into_iter().find(|(day, _)| day.to_string() == self.week_start);
        let week_start = e.needed_word("week_start", week_start.map(|(day, _)| day), 1);
        errors.or(NewOrganization {
            slug: slug.unwrap_or_default(),
            name,
            time_zone: zone.map(|zone| zone.name().to_owned()).unwrap_or_default(),
            locale: locale.unwrap_or_default(),
            currency: currency.unwrap_or_default(),
            week_start,
        })
    }

    /// The same with whoever looks after it first.
    pub(super) fn founding(&self) -> Result<Founding, Errors> {
        let organization = self.check();
        let mut errors = Errors::default();
        let e = &mut errors;
        let first_name = e.needed("first_name", &self.first_name, 100);
        let last_name = e.needed("last_name", &self.last_name, 100);
        let email = Email::read(&self.email).map_err(|message| e.add("email", message)).ok();
        match (organization, email, errors.is_empty()) {
            (Ok(organization), Some(email), true) => {
                Ok(Founding { organization, email, first_name, last_name })
            }
            (organization, ..) => {
                let mut all = organization.err().unwrap_or_default();
                all.join(errors);
                Err(all)
            }
        }
    }

    /// The fields as people read them, to compare two versions.
    pub(super) fn labelled(&self) -> Labelled {
        let day = WEEK_STARTS.iter().find(|(day, _)| day.to_string() == self.week_start);
        vec![
            ("Name", self.name.clone()),
            ("Short name", self.slug.clone()),
            ("Time zone", self.time_zone.clone()),
            ("Language", self.locale.clone()),
            ("Currency", self.currency.clone()),
            ("First day of the week", day.map_or("", |(_, name)| name).to_owned()),
        ]
    }
}
