//! A student comes into another homeroom: the one before ends the day before, and what has been stays.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::{
    super::roster::{
        external_id::{Known, known},
        homerooms::{Held, Homerooms},
        record::{Moment, Stored},
        records::ClassEnrollment,
        run::Run,
    },
    cells::Rows,
    enrollments::{Place, key},
};
use crate::{error::Result, words::ClassEnrollmentStatus};

/// The first and last day of a place, its class and its line.
type Taken = (NaiveDate, NaiveDate, Uuid, u64);

/// The homerooms that the students of a table leave by it.
pub(super) struct Moves {
    homerooms: Homerooms,
    known: HashMap<String, Known>,
    /// By student and class: the first day on which they are no longer there.
    ends: HashMap<(Uuid, Uuid), NaiveDate>,
    /// Those that this source did not bring.
    others: Vec<(Held, NaiveDate)>,
}

impl Moves {
    pub(super) fn before(run: &mut Run) -> Result<Self> {
        let (homerooms, known) = (Homerooms::all(run)?, known(ClassEnrollment::ENTITY, run)?);
        Ok(Self { homerooms, known, ends: HashMap::new(), others: Vec::new() })
    }

    /// Says of each place when it begins, and which one ends with it. What cannot be told is rejected.
    pub(super) fn settle(&mut self, places: Vec<Place>, rows: &Rows, run: &mut Run) -> Vec<Place> {
        let at = run.at;
        let mut reject = |place: &Place, reason: String| {
            let name = rows.value(place.line, "class");
            run.report.rejected.push(rows.rejected(place.line, ("class", name), reason));
        };
        let mut times: HashMap<(Uuid, Uuid), usize> = HashMap::new();
        for place in &places {
            *times.entry((place.student, place.class)).or_default() += 1;
        }
        let mut kept = Vec::with_capacity(places.len());
        for place in self.one_at_a_time(places, &mut reject) {
            let listed = |class: Uuid| times.contains_key(&(place.student, class));
            let is_single = times.get(&(place.student, place.class)) == Some(&1);
            match self.begin(&place, (is_single, &listed), at) {
                Ok((first, key)) => kept.push(Place { key, days: (first, place.days.1), ..place }),
                Err(reason) => reject(&place, reason),
            }
        }
        kept
    }

    /// Of two homerooms of the table on one day the first counts.
    fn one_at_a_time(&self, places: Vec<Place>, reject: &mut impl FnMut(&Place, String)) -> Vec<Place> {
        let mut until: BTreeMap<(Uuid, Uuid), Vec<Taken>> = BTreeMap::new();
        let mut places = places;
        places.sort_by_key(|place| (place.days, place.line));
        places.retain(|place| {
            let Some(year) = self.homerooms.year(place.class) else { return true };
            let taken = until.entry((place.student, year)).or_default();
            let overlaps = |(first, last, class, _): &&Taken| {
                *class != place.class && *first <= place.days.1 && place.days.0 <= *last
            };
            if let Some((_, last, class, line)) = taken.iter().find(overlaps) {
                let name = self.homerooms.name(*class);
                reject(place, format!("The student is in {name} until {last} (line {line}). Say from when they are in this class."));
                return false;
            }
            taken.push((place.days.0, place.days.1, place.class, place.line));
            true
        });
        places
    }

    /// The first day of a place, and what it is remembered by.
    fn begin(
        &mut self,
        place: &Place,
        (is_single, listed): (bool, &dyn Fn(Uuid) -> bool),
        at: Moment,
    ) -> Result<(NaiveDate, String), String> {
        let beside = self.homerooms.beside(place.student, place.class);
        let beside: Vec<Held> = beside.filter(|held| !listed(held.class)).cloned().collect();
        if beside.is_empty() {
            return Ok((place.days.0, place.key.clone()));
        }
        let (time, standing) = self.last_time(place);
        let name = |time| if is_single { key(&place.number, place.class, time) } else { place.key.clone() };
        if let Some(said) = standing.filter(|known| !known.is_gone) {
            let began = day(said, "enrolled_on").filter(|_| place.from.is_none());
            let came_from = |began: &NaiveDate| {
                beside.iter().any(|held| held.first < *began && held.runs_until(place.days.0))
            };
            return Ok((began.filter(came_from).unwrap_or(place.days.0).max(place.days.0), name(time)));
        }
        let (first, ends) = self.after(place, &beside, at)?;
        let was_over = standing.is_some_and(|known| {
            known.imported.get("deleted_at").is_some_and(|at| !at.is_null())
                || day(known, "ended_on").is_some_and(|last| last < first)
        });
        for held in ends {
            self.end(place.student, held, place.from.unwrap_or(at.today).max(place.days.0));
        }
        Ok((first, name(if was_over { time + 1 } else { time })))
    }

    /// The last time in this class that the source spoke of.
    fn last_time(&self, place: &Place) -> (usize, Option<&Known>) {
        let known = |time| self.known.get(&key(&place.number, place.class, time));
        let time = (1..).take_while(|time| known(*time).is_some()).last().unwrap_or(1);
        (time, known(time))
    }

    /// The first day after other homerooms, and those that end the day before.
    fn after(&self, place: &Place, beside: &[Held], at: Moment) -> Result<(NaiveDate, Vec<Held>), String> {
        let from = place.from.unwrap_or(at.today).max(place.days.0);
        let overlap =
            beside.iter().filter(|held| held.first <= place.days.1 && held.runs_until(place.days.0));
        let is_clear =
            |held: &&Held| place.days.1 >= at.today && (held.runs_until(at.today) || !held.runs_until(from));
        let told = |held: &Held| {
            let until = held.last.map(|last| format!(" until {last}")).unwrap_or_default();
            let name = self.homerooms.name(held.class);
            format!(
                "By what is here the student is in {name}{until}. Say from when to when they are in this class."
            )
        };
        if let Some(held) = overlap.clone().find(|held| !is_clear(held)) {
            return Err(told(held));
        }
        let ends: Vec<Held> = overlap.clone().filter(|held| held.runs_until(from)).cloned().collect();
        let was_elsewhere = ends.iter().any(|held| held.first < from).then_some(from);
        let before = overlap.filter(|held| !held.runs_until(from)).filter_map(|held| held.last?.succ_opt());
        let after = before.chain(was_elsewhere).max();
        Ok((after.map_or(place.days.0, |day| day.max(place.days.0)), ends))
    }

    fn end(&mut self, student: Uuid, held: Held, from: NaiveDate) {
        let is_ours = self.known.values().any(|known| !known.is_gone && known.entity_id == held.id);
        if is_ours && held.is_active() {
            self.ends.insert((student, held.class), from);
        } else {
            self.others.push((held, from));
        }
    }

    /// When a place that runs ends because of another one.
    pub(super) fn leaves(&self, stay: &ClassEnrollment, at: Moment) -> Option<Moment> {
        let from = *self.ends.get(&(stay.student_id, stay.class_id))?;
        // Whoever came on that very day or later was never there.
        let today = if stay.enrolled_on >= from { stay.enrolled_on.pred_opt()? } else { from };
        Some(Moment { today, ..at })
    }

    /// Ends those that somebody entered here, or that came from elsewhere. Answers how many.
    pub(super) fn end_others(&self, run: &mut Run) -> Result<usize> {
        use schema::class_enrollments as stays;
        let ids: HashSet<Uuid> = self.others.iter().map(|(held, _)| held.id).collect();
        for (held, from) in &self.others {
            let row = diesel::update(stays::table.find((run.db.organization(), held.id)));
            let eve = from.pred_opt().filter(|eve| *eve >= held.first);
            match eve {
                Some(eve) => row
                    .set((stays::ended_on.eq(eve), stays::status.eq(ClassEnrollmentStatus::Transferred)))
                    .execute(run.db.conn())?,
                None => row.set(stays::deleted_at.eq(run.at.now)).execute(run.db.conn())?,
            };
        }
        Ok(ids.len())
    }
}

/// A day that the source said of a record the last time.
fn day(known: &Known, field: &str) -> Option<NaiveDate> {
    known.imported.get(field)?.as_str()?.parse().ok()
}
