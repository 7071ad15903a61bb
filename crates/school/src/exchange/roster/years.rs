//! School years, read from the academic sessions of each.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, NaiveDate, TimeDelta};
use diesel::prelude::*;
use uuid::Uuid;

use super::{
    super::oneroster::{AcademicSession, Bundle, Class, Entry, Kind, SessionKind},
    records::AcademicYear,
    run::Run,
    sync::{Ids, Wanted, sync as sync_records},
};
use crate::error::Result;

/// Terms within terms, at most.
const DEPTH: usize = 10;
/// Characters of a year's name.
const NAME: usize = 60;
/// Days in the longest school year that is kept.
const LONGEST: TimeDelta = TimeDelta::days(799);

/// A stretch of days of one school year.
#[derive(Clone, Copy)]
pub(super) struct Stretch {
    pub(super) year: i32,
    pub(super) year_id: Uuid,
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
}

/// The years by the calendar year in which they end, and every session's stretch by its id.
pub(super) struct Years {
    pub(super) by_number: BTreeMap<i32, Stretch>,
    pub(super) sessions: HashMap<String, Stretch>,
}

impl Years {
    /// When a class is held: from the first day of its terms to the last.
    pub(super) fn of(&self, class: &Class) -> Option<Stretch> {
        let terms = class.terms.iter().filter_map(|id| self.sessions.get(id).copied());
        terms.reduce(|one, other| {
            let earlier = if one.first <= other.first { one } else { other };
            Stretch { first: earlier.first, last: one.last.max(other.last), ..earlier }
        })
    }

    /// The year that runs on a day, else the next to come, else the last.
    pub(super) fn at(&self, day: NaiveDate) -> Option<Stretch> {
        let mut years = self.by_number.values();
        years.find(|year| day <= year.last).or(self.by_number.values().last()).copied()
    }
}

pub(super) fn sync(bundle: &Bundle, run: &mut Run) -> Result<Years> {
    let numbers = numbers(&bundle.academic_sessions);
    let groups = group(&bundle.academic_sessions, &numbers);
    let any_current = any_current(run)?;
    let wanted = groups.iter().map(|(number, group)| Wanted {
        keys: vec![number.to_string()],
        origin: (Kind::AcademicSessions.file().into(), group.line),
        record: AcademicYear {
            name: group.name(*number),
            start_date: group.first.max(group.last - LONGEST),
            end_date: group.last.max(group.first + TimeDelta::days(1)),
            current: !any_current && group.first <= run.at.today && run.at.today <= group.last,
            deleted_at: None,
        },
    });
    let wanted = wanted.collect();
    let leaves = |key: &str, _: &AcademicYear| bundle.has_left(Kind::AcademicSessions, key);
    let ids = sync_records(wanted, &HashMap::new(), leaves, run)?;
    let years = stretches(&groups, &bundle.academic_sessions, &numbers, &ids);
    Ok(years)
}

/// What the school year sessions of one calendar year say together.
struct Group {
    line: u64,
    title: Option<String>,
    first: NaiveDate,
    last: NaiveDate,
}

impl Group {
    /// The title where all sessions agree on one, else the years.
    fn name(&self, number: i32) -> String {
        let plain =
            if self.first.year() < number { format!("{}-{number}", number - 1) } else { number.to_string() };
        self.title.clone().filter(|title| title.chars().count() <= NAME).unwrap_or(plain)
    }

    fn meet(&mut self, session: &Entry<AcademicSession>) {
        self.line = self.line.min(session.line);
        self.title.take_if(|title| *title != session.row.title);
        self.first = self.first.min(session.row.starts_on);
        self.last = self.last.max(session.row.ends_on);
    }
}

/// The school year of every session, by the year in which it ends: its own or its parents', else the one whose
/// days it lies in, else the one that it names.
fn numbers(sessions: &[Entry<AcademicSession>]) -> HashMap<&str, i32> {
    let by_id: HashMap<_, _> =
        sessions.iter().map(|session| (session.sourced_id.as_str(), &session.row)).collect();
    let years: Vec<_> = sessions
        .iter()
        .map(|session| &session.row)
        .filter(|row| row.kind == SessionKind::SchoolYear)
        .collect();
    let number = |session: &AcademicSession| {
        let line = std::iter::successors(Some(session), |row| by_id.get(row.parent.as_deref()?).copied());
        let around = |year: &&&AcademicSession| (year.starts_on..=year.ends_on).contains(&session.starts_on);
        let year = line.take(DEPTH).find(|row| row.kind == SessionKind::SchoolYear);
        let year = year.or_else(|| years.iter().find(around).copied());
        year.map_or(session.school_year, |year| year.ends_on.year())
    };
    sessions.iter().map(|session| (session.sourced_id.as_str(), number(&session.row))).collect()
}

/// Terms count only where no school year session says when their year begins and ends.
fn group(sessions: &[Entry<AcademicSession>], numbers: &HashMap<&str, i32>) -> BTreeMap<i32, Group> {
    let mut groups: BTreeMap<i32, Group> = BTreeMap::new();
    let own: Vec<i32> = sessions
        .iter()
        .filter(|session| session.row.kind == SessionKind::SchoolYear)
        .filter_map(|session| numbers.get(session.sourced_id.as_str()).copied())
        .collect();
    for session in sessions {
        let Some(number) = numbers.get(session.sourced_id.as_str()).copied() else {
            continue;
        };
        let is_year = session.row.kind == SessionKind::SchoolYear;
        if is_year || !own.contains(&number) {
            let group = groups.entry(number).or_insert_with(|| Group {
                line: session.line,
                title: is_year.then(|| session.row.title.clone()),
                first: session.row.starts_on,
                last: session.row.ends_on,
            });
            group.meet(session);
        }
    }
    groups
}

fn stretches(
    groups: &BTreeMap<i32, Group>,
    sessions: &[Entry<AcademicSession>],
    numbers: &HashMap<&str, i32>,
    ids: &Ids,
) -> Years {
    let by_number: BTreeMap<i32, Stretch> = groups
        .iter()
        .filter_map(|(year, group)| {
            let year_id = ids.get(&year.to_string())?;
            Some((*year, Stretch { year: *year, year_id, first: group.first, last: group.last }))
        })
        .collect();
    let sessions = sessions.iter().filter_map(|session| {
        let year = by_number.get(numbers.get(session.sourced_id.as_str())?)?;
        let (first, last) = (session.row.starts_on, session.row.ends_on);
        Some((session.sourced_id.clone(), Stretch { first, last, ..*year }))
    });
    Years { sessions: sessions.collect(), by_number }
}

fn any_current(run: &mut Run) -> Result<bool> {
    use schema::academic_years;
    let current = academic_years::table
        .filter(academic_years::organization_id.eq(run.db.organization()))
        .filter(academic_years::deleted_at.is_null())
        .filter(academic_years::current);
    Ok(diesel::select(diesel::dsl::exists(current)).get_result(run.db.conn())?)
}
