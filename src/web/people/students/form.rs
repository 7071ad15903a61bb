//! A student's particulars as typed.

use chrono::NaiveDate;
use school::{
    districts::program::Program,
    people::{
        particulars::{Amendment, Background, Particulars},
        student::NewStudent,
    },
    words::{Gender, StudentStatus},
};
use serde::Deserialize;

use crate::web::{dates, form::Errors, stale, stale::Labelled};

/// The fields about the student; every one is text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct StudentForm {
    pub(super) seen: String,
    pub(super) student_number: String,
    pub(super) first_name: String,
    pub(super) middle_name: String,
    pub(super) last_name: String,
    pub(super) preferred_name: String,
    pub(super) other_script_name: String,
    pub(super) name_language: String,
    pub(super) birth_first_name: String,
    pub(super) birth_last_name: String,
    pub(super) identifier: String,
    pub(super) program_id: String,
    pub(super) program_year: String,
    pub(super) expected_grad: String,
    pub(super) next_review_on: String,
    pub(super) gender: String,
    pub(super) date_of_birth: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) address: String,
    pub(super) alert: String,
    pub(super) on_leave: String,
}

impl StudentForm {
    /// The form for a student who is known.
    pub(super) fn of(known: &Particulars) -> Self {
        let student = known.student.clone();
        let or_blank = |text: &Option<String>| text.clone().unwrap_or_default();
        let on_leave = student.status == StudentStatus::OnLeave;
        Self {
            seen: stale::written(known.updated_at),
            middle_name: or_blank(&known.middle_name),
            preferred_name: or_blank(&student.preferred_name),
            other_script_name: or_blank(&student.other_script_name),
            name_language: or_blank(&student.name_language),
            birth_first_name: or_blank(&known.birth_first_name),
            birth_last_name: or_blank(&known.birth_last_name),
            identifier: or_blank(&known.identifier),
            program_id: known.program_id.map(|id| id.to_string()).unwrap_or_default(),
            program_year: known.program_year.map(|year| year.to_string()).unwrap_or_default(),
            expected_grad: dates::written(known.expected_grad),
            next_review_on: dates::written(known.next_review_on),
            gender: known.gender.word().into(),
            date_of_birth: dates::written(student.date_of_birth),
            email: or_blank(&known.email),
            phone: or_blank(&known.phone),
            address: or_blank(&known.address),
            alert: or_blank(&student.alert),
            on_leave: if on_leave { "yes" } else { "" }.into(),
            student_number: student.student_number,
            first_name: student.first_name,
            last_name: student.last_name,
        }
    }

    /// What the form says, or what is wrong with it.
    pub(super) fn check(&self, today: NaiveDate) -> Result<(NewStudent, Background), Errors> {
        let mut errors = Errors::default();
        let e = &mut errors;
        let student = NewStudent {
            first_name: e.needed("first_name", &self.first_name, 100),
            last_name: e.needed("last_name", &self.last_name, 100),
            middle_name: e.line("middle_name", &self.middle_name, 100),
            preferred_name: e.line("preferred_name", &self.preferred_name, 100),
            other_script_name: e.line("other_script_name", &self.other_script_name, 200),
            name_language: e.language("name_language", &self.name_language),
            student_number: e.needed("student_number", &self.student_number, 40),
            gender: e.needed_word("gender", self.gender(), Gender::Unspecified),
            date_of_birth: e.past_day("date_of_birth", &self.date_of_birth, today),
            email: e.email("email", &self.email),
            phone: e.line("phone", &self.phone, 40),
            address: e.line("address", &self.address, 300),
            alert: e.line("alert", &self.alert, 120),
        };
        let background = Background {
            birth_first_name: e.line("birth_first_name", &self.birth_first_name, 100),
            birth_last_name: e.line("birth_last_name", &self.birth_last_name, 100),
            identifier: e.line("identifier", &self.identifier, 60),
            program_id: e.choice("program_id", &self.program_id),
            program_year: e.count("program_year", &self.program_year, 1..=20),
            expected_grad: e.day("expected_grad", &self.expected_grad),
            next_review_on: e.day("next_review_on", &self.next_review_on),
        };
        errors.or((student, background))
    }

    /// The gender chosen; whoever says none is recorded as not specified.
    fn gender(&self) -> Option<Gender> {
        if self.gender.is_empty() { Some(Gender::Unspecified) } else { Gender::named(&self.gender) }
    }

    /// The same as a change of somebody known.
    pub(super) fn amendment(&self, today: NaiveDate) -> Result<Amendment, Errors> {
        let (student, background) = self.check(today)?;
        Ok(Amendment { student, background, on_leave: self.on_leave == "yes", seen: stale::read(&self.seen) })
    }

    /// The fields as people read them, to compare two versions.
    pub(super) fn labelled(&self, programs: &[Program]) -> Labelled {
        let program = programs.iter().find(|one| one.id.to_string() == self.program_id);
        let gender = self.gender().map_or("", Gender::label);
        let on_leave = if self.on_leave == "yes" { "Yes" } else { "No" };
        vec![
            ("Given names", self.first_name.clone()),
            ("Middle name", self.middle_name.clone()),
            ("Family name", self.last_name.clone()),
            ("Goes by", self.preferred_name.clone()),
            ("In another script", self.other_script_name.clone()),
            ("Language of the name", self.name_language.clone()),
            ("Given names at birth", self.birth_first_name.clone()),
            ("Family name at birth", self.birth_last_name.clone()),
            ("Student number", self.student_number.clone()),
            ("District number", self.identifier.clone()),
            ("Program", program.map(|one| one.name.clone()).unwrap_or_default()),
            ("Year of the program", self.program_year.clone()),
            ("Expected graduation", self.expected_grad.clone()),
            ("Next review", self.next_review_on.clone()),
            ("Date of birth", self.date_of_birth.clone()),
            ("Gender", gender.into()),
            ("E-mail", self.email.clone()),
            ("Telephone", self.phone.clone()),
            ("Address", self.address.clone()),
            ("Alert line", self.alert.clone()),
            ("On leave", on_leave.into()),
        ]
    }
}
