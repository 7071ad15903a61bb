//! A member of staff as typed.

use school::{
    academics::campus::Campus,
    people::{staff::NewStaff, staff_member::Member},
    words::{StaffStatus, StaffType},
};
use serde::Deserialize;

use crate::web::{dates, form::Errors, stale, stale::Labelled};

/// The fields; every one is text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct StaffForm {
    pub(super) seen: String,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) employee_number: String,
    pub(super) staff_type: String,
    pub(super) status: String,
    pub(super) job_title: String,
    pub(super) campus_id: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) hire_date: String,
}

impl StaffForm {
    /// The form for somebody who is known.
    pub(super) fn of(member: &Member) -> Self {
        let or_blank = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            seen: stale::written(member.updated_at),
            first_name: member.first_name.clone(),
            last_name: member.last_name.clone(),
            employee_number: member.employee_number.clone(),
            staff_type: member.staff_type.word().into(),
            status: member.status.word().into(),
            job_title: or_blank(&member.job_title),
            campus_id: member.campus_id.map(|campus| campus.to_string()).unwrap_or_default(),
            email: or_blank(&member.email),
            phone: or_blank(&member.phone),
            hire_date: dates::written(member.hire_date),
        }
    }

    /// What the form says, or what is wrong with it.
    pub(super) fn check(&self) -> Result<NewStaff, Errors> {
        let mut errors = Errors::default();
        let e = &mut errors;
        let member = NewStaff {
            first_name: e.needed("first_name", &self.first_name, 100),
            last_name: e.needed("last_name", &self.last_name, 100),
            email: e.email("email", &self.email),
            phone: e.line("phone", &self.phone, 40),
            employee_number: e.needed("employee_number", &self.employee_number, 40),
            staff_type: e.needed_word("staff_type", StaffType::named(&self.staff_type), StaffType::Teacher),
            status: e.needed_word("status", StaffStatus::named(&self.status), StaffStatus::Active),
            job_title: e.line("job_title", &self.job_title, 120),
            campus_id: e.choice("campus_id", &self.campus_id),
            hire_date: e.day("hire_date", &self.hire_date),
        };
        errors.or(member)
    }

    /// The fields as people read them, to compare two versions.
    pub(super) fn labelled(&self, campuses: &[Campus]) -> Labelled {
        let campus = campuses.iter().find(|campus| campus.id.to_string() == self.campus_id);
        let kind = StaffType::named(&self.staff_type).map_or("", StaffType::label);
        let status = StaffStatus::named(&self.status).map_or("", StaffStatus::label);
        vec![
            ("Given names", self.first_name.clone()),
            ("Family name", self.last_name.clone()),
            ("Number", self.employee_number.clone()),
            ("Works as", kind.into()),
            ("Status", status.into()),
            ("Job title", self.job_title.clone()),
            ("Campus", campus.map(|campus| campus.name.clone()).unwrap_or_default()),
            ("E-mail", self.email.clone()),
            ("Telephone", self.phone.clone()),
            ("Works here since", self.hire_date.clone()),
        ]
    }
}
