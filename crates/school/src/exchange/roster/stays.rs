//! Where a student is enrolled: a stay for each campus and school year, read from their orgs and classes.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use uuid::Uuid;

use super::{
    super::oneroster::{Bundle, Class, EnrollmentRole, Entry, Kind, User},
    external_id::joined,
    grades::Grades,
    record::Moment,
    records::SchoolEnrollment,
    run::Run,
    sync::{Ids, Wanted, sync as sync_records},
    years::{Stretch, Years},
};
use crate::error::Result;

/// What classes and students refer to.
pub(super) struct Places<'p> {
    pub(super) campuses: &'p Ids,
    pub(super) years: &'p Years,
    pub(super) grades: &'p Grades,
}

/// A student's stay at a campus in a school year.
#[derive(Clone)]
pub(super) struct Stay {
    /// User, org and year in the source.
    key: String,
    line: u64,
    pub(super) campus_id: Uuid,
    year_id: Uuid,
    grade_id: Option<Uuid>,
    pub(super) enters_on: NaiveDate,
    leaves_on: Option<NaiveDate>,
    pub(super) is_main: bool,
}

/// The stays by the students' ids in the source, the main one first.
pub(super) type Stays = HashMap<String, Vec<Stay>>;

/// From the first day in a class there, else of the year, until the year is over.
pub(super) fn plan(bundle: &Bundle, places: &Places, at: Moment) -> Stays {
    let Some(usual) = places.years.at(at.today) else {
        return Stays::new();
    };
    let held = first_days(bundle, places);
    let students = bundle.users.iter().filter(|user| user.row.role.is_student());
    let plan = students.map(|user| {
        let mut wheres: BTreeMap<(i32, &str), (Stretch, NaiveDate)> = BTreeMap::new();
        for org in &user.row.orgs {
            wheres.insert((usual.year, org), (usual, usual.first));
        }
        for ((year, org), found) in held.get(user.sourced_id.as_str()).into_iter().flatten() {
            wheres.insert((*year, org), *found);
        }
        let stays = wheres
            .into_iter()
            .filter_map(|((_, org), (stretch, first))| stay(user, (org, stretch, first), places, usual));
        let mut stays: Vec<_> = stays.map(|stay| stay.until(at)).collect();
        stays.sort_by_key(|stay| (!stay.is_main, stay.enters_on));
        (user.sourced_id.clone(), stays)
    });
    plan.collect()
}

fn stay(
    user: &Entry<User>,
    (org, stretch, first): (&str, Stretch, NaiveDate),
    places: &Places,
    usual: Stretch,
) -> Option<Stay> {
    let now = stretch.year_id == usual.year_id;
    let grade = user.row.grades.first().filter(|_| now);
    // The first org that is a school is the main one; without any it is wherever the classes are.
    let main = user.row.orgs.iter().find(|org| places.campuses.get(org).is_some());
    Some(Stay {
        key: joined(&[&user.sourced_id, org, &stretch.year.to_string()]),
        line: user.line,
        campus_id: places.campuses.get(org)?,
        year_id: stretch.year_id,
        grade_id: grade.and_then(|grade| places.grades.get(&grade.code)).copied(),
        enters_on: first,
        leaves_on: Some(stretch.last),
        is_main: main.is_none_or(|main| main == org),
    })
}

impl Stay {
    /// While the year runs nobody has left.
    fn until(self, at: Moment) -> Self {
        let leaves_on = self.leaves_on.filter(|last| *last < at.today);
        Self { leaves_on: leaves_on.map(|last| last.max(self.enters_on)), ..self }
    }
}

type FirstDays<'b> = HashMap<&'b str, BTreeMap<(i32, &'b str), (Stretch, NaiveDate)>>;

/// The first day of every student in a class, by year and school.
fn first_days<'b>(bundle: &'b Bundle, places: &Places) -> FirstDays<'b> {
    let classes: HashMap<&str, (&'b Class, Stretch)> = bundle
        .classes
        .iter()
        .filter_map(|class| Some((class.sourced_id.as_str(), (&class.row, places.years.of(&class.row)?))))
        .collect();
    let mut days = FirstDays::new();
    for entry in bundle.enrollments.iter().filter(|entry| entry.row.role == EnrollmentRole::Student) {
        let Some((class, stretch)) = classes.get(entry.row.class.as_str()) else {
            continue;
        };
        let first = entry.row.starts_on.unwrap_or(stretch.first);
        let Some(year) = places.years.by_number.get(&stretch.year) else {
            continue;
        };
        let of_user = days.entry(entry.row.user.as_str()).or_default();
        let found = of_user.entry((stretch.year, class.school.as_str())).or_insert((*year, first));
        found.1 = found.1.min(first);
    }
    days
}

pub(super) fn sync(bundle: &Bundle, stays: Stays, students: &Ids, run: &mut Run) -> Result<()> {
    let mut wanted = Vec::new();
    for (user, stays) in stays {
        let Some(student_id) = students.get(&user) else {
            continue;
        };
        wanted.extend(stays.into_iter().map(|stay| stay.wanted(student_id)));
    }
    let leaves = |_: &str, stay: &SchoolEnrollment| {
        bundle.is_complete(Kind::Enrollments)
            && students.name(stay.student_id).is_some_and(|user| !bundle.is_rejected(Kind::Users, user))
            && bundle.is_complete(Kind::Users)
    };
    sync_records(wanted, &HashMap::new(), leaves, run)?;
    Ok(())
}

impl Stay {
    fn wanted(self, student_id: Uuid) -> Wanted<SchoolEnrollment> {
        Wanted {
            keys: vec![self.key],
            origin: (Kind::Users.file().into(), self.line),
            record: SchoolEnrollment {
                student_id,
                campus_id: self.campus_id,
                academic_year_id: self.year_id,
                grade_id: self.grade_id,
                enters_on: self.enters_on,
                leaves_on: self.leaves_on,
                is_main: self.is_main,
                deleted_at: None,
            },
        }
    }
}
