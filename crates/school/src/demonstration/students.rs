//! Students, their places, the people to call for them and those who are barred.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use schema::{school_enrollments, students, user_students};
use uuid::Uuid;

use super::{
    families::{Child, Family},
    ground::Ground,
    plan::SchoolPlan,
    rows::insert_all,
};
use crate::{
    clock::new_id,
    db::Db,
    error::Result,
    permit::Seed,
    words::{AccessLevel, Gender, StudentStatus},
};

/// A student who was enrolled.
pub(super) struct Enrolled {
    pub(super) id: Uuid,
    /// Which of the plan's homerooms.
    pub(super) homeroom: usize,
    pub(super) from: NaiveDate,
    /// The last day, of one who has left.
    pub(super) until: Option<NaiveDate>,
}

#[derive(Insertable)]
#[diesel(table_name = students)]
struct StudentRow<'a> {
    organization_id: Uuid,
    id: Uuid,
    student_number: String,
    first_name: &'a str,
    last_name: &'a str,
    preferred_name: Option<&'a str>,
    other_script_name: Option<&'a str>,
    name_language: &'a str,
    gender: Gender,
    date_of_birth: NaiveDate,
    status: StudentStatus,
    campus_id: Uuid,
    enrollment_date: NaiveDate,
    address: &'a str,
    alert: Option<&'a str>,
}

#[derive(Insertable)]
#[diesel(table_name = school_enrollments)]
struct PlaceRow {
    organization_id: Uuid,
    id: Uuid,
    student_id: Uuid,
    campus_id: Uuid,
    academic_year_id: Uuid,
    grade_id: Uuid,
    enters_on: NaiveDate,
    leaves_on: Option<NaiveDate>,
    exit_reason: Option<&'static str>,
}

#[derive(Insertable)]
#[diesel(table_name = user_students)]
struct GrantRow {
    organization_id: Uuid,
    id: Uuid,
    user_id: Uuid,
    student_id: Uuid,
    access_level: AccessLevel,
    is_primary: bool,
    starts_on: NaiveDate,
    reason: &'static str,
}

/// Enrolls every child and answers them family by family.
pub(super) fn enroll(
    plan: &SchoolPlan,
    families: &[Family],
    ground: &Ground,
    db: &mut Db<'_, Seed>,
) -> Result<Vec<Enrolled>> {
    let homerooms = plan.homerooms();
    let (mut enrolled, mut rows, mut places) = (Vec::new(), Vec::new(), Vec::new());
    for (family, child) in
        families.iter().flat_map(|family| family.children.iter().map(move |child| (family, child)))
    {
        let stay = stay(child, enrolled.len(), ground.first_day);
        let room = &homerooms[child.homeroom];
        let campus = ground.campuses[room.campus];
        let number = format!("{}", 10_001 + enrolled.len());
        rows.push(student(db.organization(), &stay, number, (family, child), campus));
        places.push(place(
            db.organization(),
            &stay,
            campus,
            ground.grades[usize::from(room.grade)],
            ground.year,
        ));
        enrolled.push(stay);
    }
    insert_all!(students::table, rows, db);
    insert_all!(school_enrollments::table, places, db);
    Ok(enrolled)
}

/// Most stay from the first day on; some come later, a few leave.
fn stay(child: &Child, index: usize, first_day: NaiveDate) -> Enrolled {
    let from = if index % 41 == 7 { first_day + Days::new(29) } else { first_day };
    let until = (index % 97 == 11).then(|| first_day + Days::new(53));
    Enrolled { id: new_id(), homeroom: child.homeroom, from, until }
}

fn student<'a>(
    organization_id: Uuid,
    stay: &Enrolled,
    student_number: String,
    (family, child): (&'a Family, &'a Child),
    campus_id: Uuid,
) -> StudentRow<'a> {
    StudentRow {
        organization_id,
        id: stay.id,
        student_number,
        first_name: &child.given.written,
        last_name: &child.family.written,
        preferred_name: child.called.as_deref(),
        other_script_name: child.romanized.as_deref(),
        name_language: family.language,
        gender: child.gender,
        date_of_birth: child.born,
        status: if stay.until.is_some() { StudentStatus::Withdrawn } else { StudentStatus::Active },
        campus_id,
        enrollment_date: stay.from,
        address: &family.address,
        alert: child.alert,
    }
}

fn place(organization_id: Uuid, stay: &Enrolled, campus_id: Uuid, grade_id: Uuid, year: Uuid) -> PlaceRow {
    PlaceRow {
        organization_id,
        id: new_id(),
        student_id: stay.id,
        campus_id,
        academic_year_id: year,
        grade_id,
        enters_on: stay.from,
        leaves_on: stay.until,
        exit_reason: stay.until.map(|_| "Moved away"),
    }
}

/// Grants every so manieth student to somebody without classes: the counselor's and the aide's caseload.
pub(super) fn grant(
    user: Uuid,
    every: usize,
    access_level: AccessLevel,
    all: &[Enrolled],
    db: &mut Db<'_, Seed>,
) -> Result<()> {
    let rows: Vec<_> = all
        .iter()
        .step_by(every)
        .map(|student| GrantRow {
            organization_id: db.organization(),
            id: new_id(),
            user_id: user,
            student_id: student.id,
            access_level,
            is_primary: access_level == AccessLevel::Manage,
            starts_on: student.from,
            reason: "On the caseload since the start of the year",
        })
        .collect();
    insert_all!(user_students::table, rows, db);
    Ok(())
}
