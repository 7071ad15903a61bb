//! The staff: posts, names and accounts.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::prelude::*;
use schema::{staff, users};
use uuid::Uuid;

use super::{
    chance::Chance,
    ground::Ground,
    names::{self, Language},
    plan::SchoolPlan,
    rows::insert_all,
};
use crate::{
    access::{email::Email, password, user::NewUser},
    clock::new_id,
    db::Db,
    error::Result,
    lobby::Lobby,
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

/// A post to be filled: role, kind of staff, title, campus, homeroom.
type Post = (&'static str, StaffType, String, usize, Option<usize>);

/// Everybody, homeroom teachers first and in the order of the homerooms.
pub(super) fn roster(plan: &SchoolPlan) -> Vec<Employee> {
    let mut chance = Chance::of(plan.seed);
    let languages: Vec<_> = names::languages()
        .into_iter()
        .filter(|language| language.is_latin())
        .collect();
    let mut taken = BTreeSet::new();
    let mut all: Vec<_> = posts(plan)
        .into_iter()
        .map(|post| employ(post, &languages, &mut chance))
        .collect();
    let homerooms = plan.homerooms();
    for person in &mut all {
        let welcomes = person
            .homeroom
            .is_some_and(|room| homerooms[room].name == plan.welcome);
        if welcomes {
            (person.first_name, person.last_name) = (plan.teacher.0.into(), plan.teacher.1.into());
            taken.insert("teacher");
        }
        let is_known_by_role = welcomes || (person.role != "teacher" && taken.insert(person.role));
        let name = if is_known_by_role {
            person.role.to_owned()
        } else {
            format!(
                "{}.{}",
                names::for_address(&person.first_name),
                names::for_address(&person.last_name)
            )
        };
        person.email = format!("{name}@{}", plan.domain);
    }
    tell_apart(&mut all);
    all
}

fn posts(plan: &SchoolPlan) -> Vec<Post> {
    let mut all: Vec<Post> = Vec::new();
    for (room, homeroom) in plan.homerooms().into_iter().enumerate() {
        all.push((
            "teacher",
            StaffType::Teacher,
            format!("Teacher, {}", homeroom.name),
            homeroom.campus,
            Some(room),
        ));
    }
    let campuses = plan.campuses.len();
    let specialties = [
        "Physical education",
        "Music",
        "Art",
        "Learning support",
        "Substitute",
    ];
    for (index, specialty) in specialties
        .iter()
        .cycle()
        .take(plan.specialists)
        .enumerate()
    {
        all.push((
            "teacher",
            StaffType::Teacher,
            (*specialty).into(),
            index % campuses,
            None,
        ));
    }
    for campus in 0..campuses {
        all.push((
            "director",
            StaffType::Director,
            "Head of campus".into(),
            campus,
            None,
        ));
        all.push((
            "office",
            StaffType::Support,
            "Front desk".into(),
            campus,
            None,
        ));
    }
    for campus in (0..campuses).take(plan.counselors) {
        all.push((
            "counselor",
            StaffType::Counselor,
            "School counselor".into(),
            campus,
            None,
        ));
        all.push((
            "paraeducator",
            StaffType::Paraeducator,
            "Classroom aide".into(),
            campus,
            None,
        ));
    }
    all.push((
        "administrator",
        StaffType::Administrator,
        "Registrar".into(),
        0,
        None,
    ));
    all.push(("finance", StaffType::Finance, "Bursar".into(), 0, None));
    all.push((
        "supervisor",
        StaffType::Support,
        "School inspector".into(),
        0,
        None,
    ));
    all
}

fn employ(post: Post, languages: &[&Language], chance: &mut Chance) -> Employee {
    let (role, post, title, campus, homeroom) = post;
    let language = chance.pick(languages);
    let gender = if chance.falls(650) {
        Gender::Female
    } else {
        Gender::Male
    };
    let family = language.family(chance);
    Employee {
        first_name: language.given(gender, chance).written,
        last_name: language.family_name(family, gender).written,
        email: String::new(),
        role,
        post,
        title,
        campus,
        homeroom,
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

/// Gives everybody an account, all with one password, and answers their users by address.
pub(super) fn give_accounts(
    all: &[Employee],
    organization: Uuid,
    password: &str,
    lobby: &Lobby,
) -> Result<BTreeMap<String, Uuid>> {
    let mut known: BTreeMap<String, Uuid> = lobby.seed(organization, |db| {
        let known: Vec<(String, Uuid)> = users::table
            .filter(users::organization_id.eq(db.organization()))
            .select((users::email, users::id))
            .load(db.conn())?;
        Ok(known.into_iter().collect())
    })?;
    let missing: Vec<_> = all
        .iter()
        .filter(|person| !known.contains_key(&person.email))
        .collect();
    if missing.is_empty() {
        return Ok(known);
    }
    let hash = password::hash(password)?;
    for person in missing {
        let email = Email::read(&person.email).map_err(crate::Error::internal)?;
        let new = NewUser {
            email,
            first_name: person.first_name.clone(),
            last_name: person.last_name.clone(),
            password_hash: Some(hash.clone()),
        };
        let id = lobby.create_user(&new, person.role, Some(organization))?;
        known.insert(person.email.clone(), id);
    }
    Ok(known)
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
