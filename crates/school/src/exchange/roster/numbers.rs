//! The number that the school knows each person by: students' and employees', each unique in an organization.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use super::{
    super::oneroster::{Bundle, Entry, Problem, User},
    external_id::{Known, hash, known},
    record::Stored,
    records::{Staff, Student},
    run::Run,
};
use crate::error::Result;

/// Characters of a number.
const LONGEST: usize = 40;

/// Numbers by the users' ids in the source.
pub(super) type Numbers = HashMap<String, String>;

/// Gives every student and member of staff a number, and turns away who has a number that belongs to somebody
/// else here: they may be the same person, and that is for a person to say.
pub(super) fn assign(bundle: &mut Bundle, run: &mut Run) -> Result<Numbers> {
    let students: Vec<_> = bundle.users.iter().filter(|user| user.row.role.is_student()).collect();
    let staff: Vec<_> = bundle.users.iter().filter(|user| user.row.role.is_staff()).collect();
    let mut numbers = numbered(&students, Student::ENTITY, run);
    let mut strangers =
        taken(&numbers, students_with(&numbers, run)?, Side::of::<Student>("student_number", run)?);
    let employees = numbered(&staff, Staff::ENTITY, run);
    strangers.extend(taken(
        &employees,
        staff_with(&employees, run)?,
        Side::of::<Staff>("employee_number", run)?,
    ));
    numbers.extend(employees);
    bundle.turn_away(&strangers);
    Ok(numbers)
}

/// The identifier, where it is nobody else's in the export; else the source's own id, else a part of the hash.
fn numbered(users: &[&Entry<User>], kind: &str, run: &Run) -> Numbers {
    let mut count: HashMap<&str, usize> = HashMap::new();
    for identifier in users.iter().filter_map(|user| user.row.identifier.as_deref()) {
        *count.entry(identifier).or_default() += 1;
    }
    let own = |user: &Entry<User>| {
        user.row.identifier.clone().filter(|number| count.get(number.as_str()) == Some(&1))
    };
    let mut taken: HashSet<String> = users.iter().filter_map(|user| own(user)).collect();
    let mut numbers = Numbers::new();
    for user in users {
        let number = own(user).unwrap_or_else(|| {
            let id = Some(user.sourced_id.clone()).filter(|id| id.chars().count() <= LONGEST);
            id.filter(|id| taken.insert(id.clone())).unwrap_or_else(|| hashed(user, kind, run))
        });
        numbers.insert(user.sourced_id.clone(), number);
    }
    numbers
}

fn hashed(user: &Entry<User>, kind: &str, run: &Run) -> String {
    hash(kind, &user.sourced_id, run).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// What is known of one side, students or staff.
struct Side {
    column: &'static str,
    known: HashMap<String, Known>,
}

impl Side {
    fn of<R: Stored>(column: &'static str, run: &mut Run) -> Result<Self> {
        Ok(Self { column, known: known(R::ENTITY, run)? })
    }
}

/// Users whose number somebody else has. A number that did not change at the source is not looked at again.
fn taken(numbers: &Numbers, here: Vec<(String, Uuid)>, side: Side) -> HashMap<String, Problem> {
    let owners: HashMap<String, Uuid> = here.into_iter().collect();
    let mut taken = HashMap::new();
    for (user, number) in numbers {
        let known = side.known.get(user);
        let last = known.and_then(|known| known.imported.get(side.column)).and_then(Value::as_str);
        let owner = owners.get(number);
        let other = owner.is_some_and(|owner| known.is_none_or(|known| known.entity_id != *owner));
        if other && last != Some(number) {
            let reason = format!(
                "Somebody else here has the number {number}. If it is the same person, give one of the two \
                 another number first."
            );
            taken.insert(user.clone(), Problem::new("identifier", number, reason));
        }
    }
    taken
}

fn students_with(numbers: &Numbers, run: &mut Run) -> Result<Vec<(String, Uuid)>> {
    use schema::students;
    Ok(students::table
        .filter(students::organization_id.eq(run.db.organization()))
        .filter(students::deleted_at.is_null())
        .filter(students::student_number.eq_any(numbers.values()))
        .select((students::student_number, students::id))
        .load(run.db.conn())?)
}

fn staff_with(numbers: &Numbers, run: &mut Run) -> Result<Vec<(String, Uuid)>> {
    use schema::staff;
    Ok(staff::table
        .filter(staff::organization_id.eq(run.db.organization()))
        .filter(staff::deleted_at.is_null())
        .filter(staff::employee_number.eq_any(numbers.values()))
        .select((staff::employee_number, staff::id))
        .load(run.db.conn())?)
}
