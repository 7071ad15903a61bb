//! The demonstration: two schools that do not exist, with families, staff, a calendar and some sixty days of registers.
//!
//! Everything falls by a seeded chance, so that two machines on one day show the same people. What is drawn up stands
//! in `plan`; [`raise`] builds it once, and on a later day only lets the schools go on.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use uuid::Uuid;

use self::{ground::Ground, plan::SchoolPlan, staff::Employee, timetable::Timetable};
use crate::{
    access::organization::NewOrganization,
    clock::local,
    db::Db,
    error::{Error, Result},
    lobby::Lobby,
    permit::Seed,
    words::AccessLevel,
};

mod accounts;
mod calendar;
mod chance;
mod classes;
mod contacts;
mod families;
mod fate;
mod follow_up;
mod ground;
mod homeroom;
mod house;
mod marks;
mod names;
mod plan;
mod planned;
mod programs;
mod registers;
mod rows;
mod staff;
mod staff_days;
mod students;
mod taking;
mod timetable;
mod today;
mod year;

pub use accounts::{PASSWORD, PLATFORM};

/// A school that was raised.
#[derive(Clone, Debug)]
pub struct Demonstration {
    /// What people read.
    pub name: String,
    /// Its short name.
    pub slug: String,
    /// One person for each role, to sign in as with [`PASSWORD`].
    pub people: Vec<SignIn>,
}

/// Somebody to sign in as.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// The role as the command line names it.
    pub role: &'static str,
    /// Their address.
    pub email: String,
    /// First and last name.
    pub name: String,
}

/// Raises the demonstration's schools, or brings them up to date; what people changed in them is kept.
///
/// # Errors
/// [`Error::Unavailable`] when the database is away.
pub fn raise(lobby: &Lobby) -> Result<Vec<Demonstration>> {
    let mut raised = Vec::new();
    for plan in &plan::SCHOOLS {
        raised.push(raise_school(plan, lobby)?);
    }
    accounts::give_platform(lobby)?;
    Ok(raised)
}

fn raise_school(plan: &SchoolPlan, lobby: &Lobby) -> Result<Demonstration> {
    let organization = match lobby.organization(plan.slug) {
        Err(Error::Invalid { .. }) => {
            lobby.found(&NewOrganization::read(plan.slug, plan.name, plan.zone)?)?
        }
        known => known?,
    };
    let roster = staff::roster(plan);
    let users = accounts::give(&roster, organization, lobby)?;
    lobby.seed(organization, |db| {
        if !ground::is_laid(db)? {
            found(plan, &roster, &users, db)?;
        }
        registers::go_on(plan, db)
    })?;
    Ok(Demonstration {
        name: plan.name.into(),
        slug: plan.slug.into(),
        people: one_of_each(&roster, plan.domain),
    })
}

/// Everything of a new school but its registers.
fn found(
    plan: &SchoolPlan,
    roster: &[Employee],
    users: &BTreeMap<String, Uuid>,
    db: &mut Db<'_, Seed>,
) -> Result<()> {
    let zone: Tz = plan.zone.parse().map_err(Error::internal)?;
    let today = local(db.now(), zone).0;
    let ground = Ground::lay(plan, today, db)?;
    let staff = staff::hire(roster, users, &ground, db)?;
    let families = families::families(plan, ground.first_day);
    let students = students::enroll(plan, &families, &ground, db)?;
    contacts::introduce(&families, &students, db)?;
    let timetable = Timetable::of(plan, &ground, (roster, &staff), db.organization(), today);
    timetable.publish(&students, db)?;
    for (role, every, level) in
        [("counselor", 19, AccessLevel::Manage), ("paraeducator", 61, AccessLevel::Contribute)]
    {
        let address = format!("{role}@{}", plan.domain);
        if let Some(user) = users.get(&address) {
            students::grant(*user, every, level, &students, db)?;
        }
    }
    programs::offer(plan, users, &students, db)?;
    let welcome = plan.homerooms().iter().position(|room| room.name == plan.welcome);
    planned::tell(&students, welcome.unwrap_or_default(), today, db)
}

/// Whoever is known by their role's name.
fn one_of_each(roster: &[Employee], domain: &str) -> Vec<SignIn> {
    let known = |person: &&Employee| person.email == format!("{}@{domain}", person.role);
    let sign_in = |person: &Employee| SignIn {
        role: person.role,
        email: person.email.clone(),
        name: format!("{} {}", person.first_name, person.last_name),
    };
    roster.iter().filter(known).map(sign_in).collect()
}
