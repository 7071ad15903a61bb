//! Somebody's account as typed.

use school::{
    Uuid,
    access::{
        account::Account, account_change::Particulars, account_staff::Employee, email::Email,
        given_role::GivenRole, invitation::Invitation,
    },
};
use serde::Deserialize;

use crate::web::{form::Errors, stale, stale::Labelled};

/// The fields; every one is text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AccountForm {
    pub(super) seen: String,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) email: String,
    pub(super) phone_number: String,
    pub(super) locale: String,
    pub(super) role_id: String,
    #[serde(rename = "campus[]")]
    pub(super) campus: String,
    pub(super) staff_id: String,
}

impl AccountForm {
    /// The form for an account that is there.
    pub(super) fn of(account: &Account) -> Self {
        let or_blank = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            seen: stale::written(account.updated_at),
            first_name: account.first_name.clone(),
            last_name: account.last_name.clone(),
            email: account.email.clone(),
            phone_number: or_blank(&account.phone_number),
            locale: or_blank(&account.locale),
            ..Self::default()
        }
    }

    /// The form for a member of staff who is to have an account.
    pub(super) fn of_employee(person: &Employee) -> Self {
        Self {
            first_name: person.first_name.clone(),
            last_name: person.last_name.clone(),
            email: person.email.clone().unwrap_or_default(),
            phone_number: person.phone.clone().unwrap_or_default(),
            staff_id: person.id.to_string(),
            ..Self::default()
        }
    }

    /// What the form says of the person, or what is wrong with it.
    pub(super) fn check(&self) -> Result<Particulars, Errors> {
        let mut errors = Errors::default();
        let e = &mut errors;
        let first_name = e.needed("first_name", &self.first_name, 100);
        let last_name = e.needed("last_name", &self.last_name, 100);
        let email = Email::read(&self.email).map_err(|message| e.add("email", message)).ok();
        let phone_number = e.line("phone_number", &self.phone_number, 40);
        let locale = e.language("locale", &self.locale);
        match email {
            Some(email) => errors.or(Particulars { first_name, last_name, email, phone_number, locale }),
            None => Err(errors),
        }
    }

    /// The same of somebody who is to be invited: with a role, and a staff record where there is one.
    pub(super) fn check_invitation(&self) -> Result<Invitation, Errors> {
        let mut errors = Errors::default();
        let person = self.check();
        let given = given(&self.role_id, &self.campus, &mut errors);
        let staff = errors.choice("staff_id", &self.staff_id);
        match person {
            Ok(Particulars { first_name, last_name, email, phone_number, locale }) => {
                errors.or(Invitation { email, first_name, last_name, phone_number, locale, given, staff })
            }
            Err(mut person) => {
                person.join(errors);
                Err(person)
            }
        }
    }

    /// The fields as people read them, to compare two versions.
    pub(super) fn labelled(&self) -> Labelled {
        vec![
            ("Given names", self.first_name.clone()),
            ("Family name", self.last_name.clone()),
            ("E-mail", self.email.clone()),
            ("Telephone", self.phone_number.clone()),
            ("Language", self.locale.clone()),
        ]
    }
}

/// A role, or none, and the campuses that were ticked.
pub(super) fn given(role: &str, campuses: &str, errors: &mut Errors) -> GivenRole {
    GivenRole { role: errors.choice("role_id", role), campuses: ticked(campuses, errors) }
}

/// The campuses that were ticked, if any.
pub(super) fn ticked(campuses: &str, errors: &mut Errors) -> Vec<Uuid> {
    if campuses.trim().is_empty() { Vec::new() } else { errors.needed_choices("campus", campuses) }
}
