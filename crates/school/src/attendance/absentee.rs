//! Who is absent often or has not come for days, and whether somebody has done anything about it: a list to work off.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::{dsl::exists, prelude::*};
use schema::{
    attendance_interventions as interventions, class_enrollments, classes, school_enrollments, students,
};
use uuid::Uuid;

use super::{
    absence::{Absence, Tier},
    absence_sums::{self, Missed, Pool},
};
use crate::{
    db::Db,
    error::Result,
    people::{
        student::visible,
        student_list::{attends, narrowed, runs},
    },
    permit::{Grants, Permission, ReadAttendanceInterventions},
    slice::{Listing, PAGE, Slice},
    words::{ClassKind, InterventionKind, InterventionOutcome},
};

/// So many whole days in a row bring somebody onto the list, whatever the percentage.
pub const IN_A_ROW: i64 = 3;
/// The most of what was done that is looked through.
const MOST: i64 = 50_000;

/// Somebody to follow up.
#[derive(Clone, Debug)]
pub struct Absentee {
    /// Who.
    pub student: Uuid,
    /// The student's number.
    pub number: String,
    /// First, called and family name, and the name's language.
    pub name: (String, Option<String>, String, Option<String>),
    /// The homeroom.
    pub homeroom: Option<String>,
    /// What the days of this year add up to.
    pub absence: Absence,
    /// When somebody around the student was last reached.
    pub last_contact: Option<NaiveDate>,
    /// What was done last.
    pub last_action: Option<Action>,
    /// Off the list until then, by what was recorded last.
    pub look_again_on: Option<NaiveDate>,
}

/// Something that was done.
#[derive(Clone, Copy, Debug, Queryable)]
pub struct Action {
    /// What.
    pub kind: InterventionKind,
    /// On which day.
    pub happened_on: NaiveDate,
    /// What came of it.
    pub outcome: InterventionOutcome,
    look_again_on: NaiveDate,
}

impl Absentee {
    /// The name that is called, and the family name.
    #[must_use]
    pub fn called(&self) -> String {
        let (first, preferred, last, _) = &self.name;
        format!("{} {last}", preferred.as_ref().unwrap_or(first))
    }

    /// Whether somebody has acted and looks again later.
    #[must_use]
    pub fn is_waiting(&self, today: NaiveDate) -> bool {
        self.look_again_on.is_some_and(|day| day > today)
    }

    /// Everybody who needs a look, in order: filters `campus`, `grade`, `tier` (a tier's word), `run` (days in a row
    /// at least) and `state` (empty: to do, `waiting`, `all`); sorts by percentage, `run`, `contact` and `name`.
    ///
    /// # Errors
    /// [`crate::Error::Unavailable`] when the database is away.
    pub fn listed(
        listing: &Listing,
        db: &mut Db<'_, impl Grants<ReadAttendanceInterventions>>,
    ) -> Result<Vec<Self>> {
        let (today, span) = (db.today(), absence_sums::this_year(db)?);
        let missed = absence_sums::missed(pool(listing, db), span, db)?;
        let a_day = |missed: &Missed| missed.possible - missed.attended >= 2;
        let often: Vec<Uuid> =
            missed.iter().filter(|(_, one)| a_day(one)).map(|(student, _)| *student).collect();
        let mut absences = absence_sums::of(&often, &missed, span, db)?;
        absences.retain(|_, absence| absence.tier().is_some() || absence.in_a_row() >= IN_A_ROW);
        let students: Vec<Uuid> = absences.keys().copied().collect();
        let actions = actions(&students, db)?;
        let mut all: Vec<Self> = people(&students, db)?
            .into_iter()
            .map(|person| Self::of(person, &absences, &actions))
            .filter(|one| one.is_meant(listing, today))
            .collect();
        all.sort_by_cached_key(|one| one.place(&listing.sort));
        Ok(all)
    }

    fn of(
        (student, number, name, homeroom): Found,
        absences: &HashMap<Uuid, Absence>,
        actions: &HashMap<Uuid, Vec<Action>>,
    ) -> Self {
        let theirs = actions.get(&student).map(Vec::as_slice).unwrap_or_default();
        let reached = theirs.iter().filter(|action| action.outcome == InterventionOutcome::Reached);
        Self {
            student,
            number,
            name,
            homeroom,
            absence: absences.get(&student).copied().unwrap_or_default(),
            last_contact: reached.map(|action| action.happened_on).max(),
            last_action: theirs.iter().rev().max_by_key(|action| action.happened_on).copied(),
            look_again_on: theirs.first().map(|action| action.look_again_on),
        }
    }

    fn is_meant(&self, listing: &Listing, today: NaiveDate) -> bool {
        let tier = listing.filter("tier").and_then(|word| Tier::ALL.iter().find(|tier| tier.word() == word));
        let run = listing.filter("run").and_then(|days| days.parse().ok()).unwrap_or(0_i64);
        let in_state = match listing.filter("state") {
            Some("all") => true,
            Some("waiting") => self.is_waiting(today),
            _ => !self.is_waiting(today),
        };
        in_state
            && tier.is_none_or(|tier| self.absence.tier() == Some(*tier))
            && self.absence.in_a_row() >= run
    }

    /// Where it stands in an order: a number of which the smaller comes first, the name, the id.
    fn place(&self, sort: &str) -> (i64, String, Uuid) {
        let first = match sort {
            "run" => -self.absence.in_a_row(),
            "contact" => self.last_contact.map_or(i64::MIN, |day| (day - NaiveDate::default()).num_days()),
            "name" => 0,
            _ => -self.absence.thousandths(),
        };
        (first, format!("{}\t{}", self.name.2, self.name.0).to_lowercase(), self.student)
    }

    /// What the next page goes on after, in the order of `sort`.
    #[must_use]
    pub fn written_place(&self, sort: &str) -> String {
        let (first, name, _) = self.place(sort);
        format!("{first}\t{name}")
    }
}

/// The part of the whole list that a page shows: from the row after the last one shown, even if that has left the list.
#[must_use]
pub fn page(all: Vec<Absentee>, listing: &Listing) -> Slice<Absentee> {
    let after = listing.after.as_ref().map(|(place, id)| {
        let (first, name) = place.split_once('\t').unwrap_or(("", place));
        (first.parse().unwrap_or(i64::MIN), name.to_owned(), *id)
    });
    let rest = all
        .into_iter()
        .skip_while(|one| after.as_ref().is_some_and(|after| one.place(&listing.sort) <= *after));
    Slice::of(rest.take(PAGE + 1).collect())
}

/// The enrolled students who are looked at.
fn pool<P: Permission>(listing: &Listing, db: &Db<'_, P>) -> Pool {
    let enrolled =
        Listing { filters: listing.filters.clone(), search: listing.search.clone(), ..Listing::default() };
    let mut enrolled = enrolled;
    enrolled.filters.remove("status");
    let mut query = narrowed(visible(db), &enrolled);
    if let Some(grade) = listing.filter("grade").and_then(|grade| Uuid::parse_str(grade).ok()) {
        let there = school_enrollments::table.filter(runs(db.today()));
        query = query.filter(exists(there.filter(school_enrollments::grade_id.eq(grade))));
    }
    query.select(students::id)
}

type Found = (Uuid, String, (String, Option<String>, String, Option<String>), Option<String>);

fn people<P: Permission>(of: &[Uuid], db: &mut Db<'_, P>) -> Result<Vec<Found>> {
    let homeroom = class_enrollments::table
        .inner_join(
            classes::table.on(classes::organization_id
                .eq(class_enrollments::organization_id)
                .and(classes::id.eq(class_enrollments::class_id))),
        )
        .filter(attends(db.today()))
        .filter(classes::kind.eq(ClassKind::Homeroom))
        .order(class_enrollments::enrolled_on.desc())
        .limit(1)
        .select(classes::name);
    Ok(students::table
        .filter(students::organization_id.eq(db.organization()))
        .filter(students::id.eq_any(of))
        .select((
            students::id,
            students::student_number,
            (students::first_name, students::preferred_name, students::last_name, students::name_language),
            homeroom.single_value(),
        ))
        .load(db.conn())?)
}

/// What was done for some students, what was recorded last first; without what was withdrawn.
fn actions<P: Permission>(of: &[Uuid], db: &mut Db<'_, P>) -> Result<HashMap<Uuid, Vec<Action>>> {
    let found: Vec<(Uuid, Action)> = interventions::table
        .filter(interventions::organization_id.eq(db.organization()))
        .filter(interventions::student_id.eq_any(of))
        .filter(interventions::withdrawn_because.is_null())
        .filter(interventions::deleted_at.is_null())
        .select((
            interventions::student_id,
            (
                interventions::kind,
                interventions::happened_on,
                interventions::outcome,
                interventions::look_again_on,
            ),
        ))
        .order(interventions::id.desc())
        .limit(MOST)
        .load(db.conn())?;
    let mut actions: HashMap<Uuid, Vec<Action>> = HashMap::new();
    for (student, action) in found {
        actions.entry(student).or_default().push(action);
    }
    Ok(actions)
}
