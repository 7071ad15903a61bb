//! Users who learn are students, users who work there are staff.

use std::collections::HashMap;

use super::{
    super::oneroster::{Bundle, Entry, Kind, Sex, User, UserRole},
    numbers::Numbers,
    records::{Staff, Student},
    run::Run,
    stays::Stays,
    sync::{Ids, Wanted, sync as sync_records},
};
use crate::{
    error::Result,
    words::{Gender, StaffStatus, StaffType, StudentStatus},
};

pub(super) fn students(bundle: &Bundle, stays: &Stays, numbers: &Numbers, run: &mut Run) -> Result<Ids> {
    let about: HashMap<_, _> =
        bundle.demographics.iter().map(|entry| (entry.sourced_id.as_str(), &entry.row)).collect();
    let users = bundle.users.iter().filter(|user| user.row.role.is_student());
    let wanted = users.filter_map(|user| {
        let stays = stays.get(&user.sourced_id).map_or(&[][..], Vec::as_slice);
        let about = about.get(user.sourced_id.as_str());
        let mut record = student(&user.row, numbers.get(&user.sourced_id)?);
        record.gender = about.and_then(|about| about.sex).map_or(Gender::Unspecified, gender);
        record.date_of_birth = about.and_then(|about| about.born_on);
        record.campus_id = stays.first().map(|stay| stay.campus_id);
        record.enrollment_date = stays.iter().map(|stay| stay.enters_on).min();
        Some(wanted(user, record))
    });
    let wanted = wanted.collect();
    sync_records(wanted, &HashMap::new(), |key, _| bundle.has_left(Kind::Users, key), run)
}

fn wanted<R>(user: &Entry<User>, record: R) -> Wanted<R> {
    Wanted { keys: vec![user.sourced_id.clone()], origin: (Kind::Users.file().into(), user.line), record }
}

fn student(user: &User, number: &str) -> Student {
    Student {
        student_number: number.to_owned(),
        first_name: user.given_name.clone(),
        middle_name: user.middle_name.clone(),
        last_name: user.family_name.clone(),
        gender: Gender::Unspecified,
        date_of_birth: None,
        status: StudentStatus::Active,
        campus_id: None,
        enrollment_date: None,
        email: user.email.clone(),
        phone: phone(user),
        deleted_at: None,
    }
}

pub(super) fn phone(user: &User) -> Option<String> {
    user.phone.clone().or_else(|| user.sms.clone())
}

fn gender(sex: Sex) -> Gender {
    match sex {
        Sex::Female => Gender::Female,
        Sex::Male => Gender::Male,
        Sex::Other => Gender::Other,
        Sex::Unspecified => Gender::Unspecified,
    }
}

pub(super) fn staff(bundle: &Bundle, campuses: &Ids, numbers: &Numbers, run: &mut Run) -> Result<Ids> {
    let users = bundle.users.iter().filter_map(|user| Some((user, staff_type(user.row.role)?)));
    let people = users.filter_map(|(user, staff_type)| {
        let row = &user.row;
        let record = Staff {
            campus_id: row.orgs.iter().find_map(|org| campuses.get(org)),
            employee_number: numbers.get(&user.sourced_id)?.clone(),
            first_name: row.given_name.clone(),
            last_name: row.family_name.clone(),
            email: row.email.clone(),
            phone: phone(row),
            staff_type,
            status: StaffStatus::Active,
            deleted_at: None,
        };
        Some(wanted(user, record))
    });
    let people = people.collect();
    sync_records(people, &HashMap::new(), |key, _| bundle.has_left(Kind::Users, key), run)
}

fn staff_type(role: UserRole) -> Option<StaffType> {
    match role {
        UserRole::Teacher => Some(StaffType::Teacher),
        UserRole::Administrator => Some(StaffType::Administrator),
        UserRole::Aide => Some(StaffType::Paraeducator),
        UserRole::Proctor => Some(StaffType::Support),
        UserRole::Student | UserRole::Guardian | UserRole::Parent | UserRole::Relative => None,
    }
}
