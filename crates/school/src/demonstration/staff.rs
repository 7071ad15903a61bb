//! The staff: posts, names and accounts.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::prelude::*;
use schema::staff;
use uuid::Uuid;

use super::{
    chance::Chance,
    ground::Ground,
    names::{self, Language},
    plan::SchoolPlan,
    rows::insert_all,
};
use crate::{
    clock::new_id,
    db::Db,
    error::Result,
    permit::Seed,
    words::{Gender, StaffStatus, StaffType},
};

/// Somebody who works here.
#[derive(Clone, Debug)]
pub(super) struct Employee {
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) email: String,
    /// The built-in role of the account.
    pub(super) role: &'static str,
    pub(super) post: StaffType,
    pub(super) title: String,
    /// Which of the plan's campuses.
    pub(super) campus: usize,
    /// Their homeroom, by its place in the plan.
    pub(super) homeroom: Option<usize>,
}

#[derive(Insertable)]
#[diesel(table_name = staff)]
struct StaffRow<'a> {
    organization_id: Uuid,
    id: Uuid,
    user_id: Option<Uuid>,
    campus_id: Uuid,
    employee_number: String,
    first_name: &'a str,
    last_name: &'a str,
    email: &'a str,
    phone: String,
    job_title: &'a str,
    staff_type: StaffType,
    status: StaffStatus,
    hire_date: NaiveDate,
}

/// A post to be filled.
struct Post {
    role: &'static str,
    post: StaffType,
    title: String,
    campus: usize,
    homeroom: Option<usize>,
}

/// What teachers without a homeroom do.
const SPECIALTIES: [&str; 5] = ["Physical education", "Music", "Art", "Learning support", "Substitute"];
/// At every campus: role, kind of staff, title.
const EVERYWHERE: [(&str, StaffType, &str); 2] =
    [("director", StaffType::Director, "Head of campus"), ("office", StaffType::Support, "Front desk")];
/// As many of each as the plan says.
const BESIDE: [(&str, StaffType, &str); 2] = [
    ("counselor", StaffType::Counselor, "School counselor"),
    ("paraeducator", StaffType::Paraeducator, "Classroom aide"),
];
/// Once.
const ONCE: [(&str, StaffType, &str); 3] = [
    ("administrator", StaffType::Administrator, "Registrar"),
    ("finance", StaffType::Finance, "Bursar"),
    ("supervisor", StaffType::Support, "School inspector"),
];

/// Everybody, homeroom teachers first and in the order of the homerooms.
pub(super) fn roster(plan: &SchoolPlan) -> Vec<Employee> {
    let mut chance = Chance::of(plan.seed);
    let languages: Vec<_> = names::languages().into_iter().filter(|language| language.is_latin()).collect();
    let mut taken = BTreeSet::new();
    let mut all: Vec<_> = posts(plan).into_iter().map(|post| employ(post, &languages, &mut chance)).collect();
    let homerooms = plan.homerooms();
    for person in &mut all {
        let welcomes = person.homeroom.is_some_and(|room| homerooms[room].name == plan.welcome);
        if welcomes {
            (person.first_name, person.last_name) = (plan.teacher.0.into(), plan.teacher.1.into());
            taken.insert("teacher");
        }
        let is_known_by_role = welcomes || (person.role != "teacher" && taken.insert(person.role));
        let name = if is_known_by_role {
            person.role.to_owned()
        } else {
            format!("{}.{}", names::for_address(&person.first_name), names::for_address(&person.last_name))
        };
        person.email = format!("{name}@{}", plan.domain);
    }
    tell_apart(&mut all);
    all
}

fn posts(plan: &SchoolPlan) -> Vec<Post> {
    let teacher =
        |title, campus, homeroom| Post { role: "teacher", post: StaffType::Teacher, title, campus, homeroom };
    let other = |(role, post, title): (&'static str, StaffType, &str), campus| Post {
        role,
        post,
        title: title.to_owned(),
        campus,
        homeroom: None,
    };
    let campuses = plan.campuses.len();
    let mut all: Vec<_> = (0..)
        .zip(plan.homerooms())
        .map(|(room, plan)| teacher(format!("Teacher, {}", plan.name), plan.campus, Some(room)))
        .collect();
    let specialties = SPECIALTIES.iter().cycle().take(plan.specialists);
    all.extend(
        (0..).zip(specialties).map(|(index, title)| teacher((*title).to_owned(), index % campuses, None)),
    );
    for campus in 0..campuses {
        all.extend(EVERYWHERE.map(|post| other(post, campus)));
    }
    for campus in 0..plan.counselors {
        all.extend(BESIDE.map(|post| other(post, campus)));
    }
    all.extend(ONCE.map(|post| other(post, 0)));
    all
}

fn employ(post: Post, languages: &[&Language], chance: &mut Chance) -> Employee {
    let language = chance.pick(languages);
    let gender = if chance.falls(650) { Gender::Female } else { Gender::Male };
    let family = language.family(chance);
    Employee {
        first_name: language.given(gender, chance).written,
        last_name: language.family_name(family, gender).written,
        email: String::new(),
        role: post.role,
        post: post.post,
        title: post.title,
        campus: post.campus,
        homeroom: post.homeroom,
    }
}

/// Two people with one name get two addresses.
fn tell_apart(all: &mut [Employee]) {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for person in all {
        let before = seen.entry(person.email.clone()).or_default();
        *before += 1;
        if *before > 1 {
            person.email = person.email.replace('@', &format!("{before}@"));
        }
    }
}

/// Hires everybody and answers their ids in the same order. One teacher is on leave.
pub(super) fn hire(
    all: &[Employee],
    users: &BTreeMap<String, Uuid>,
    ground: &Ground,
    db: &mut Db<'_, Seed>,
) -> Result<Vec<Uuid>> {
    let organization_id = db.organization();
    let rows: Vec<_> = (0_u32..)
        .zip(all)
        .map(|(index, person)| StaffRow {
            organization_id,
            id: new_id(),
            user_id: users.get(&person.email).copied(),
            campus_id: ground.campuses[person.campus],
            employee_number: format!("E{:03}", index + 1),
            first_name: &person.first_name,
            last_name: &person.last_name,
            email: &person.email,
            phone: format!("+44 7700 900{index:03}"),
            job_title: &person.title,
            staff_type: person.post,
            status: if person.homeroom == Some(ON_LEAVE) {
                StaffStatus::OnLeave
            } else {
                StaffStatus::Active
            },
            hire_date: ground.first_day - chrono::Days::new(u64::from(index) * 71 % 4000 + 30),
        })
        .collect();
    insert_all!(staff::table, rows, db);
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// The homeroom, by its place in the plan, whose teacher is on leave.
pub(super) const ON_LEAVE: usize = 1;
