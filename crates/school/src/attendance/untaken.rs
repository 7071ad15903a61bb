//! Which due registers of a span of days were never submitted, or late: by register, class, teacher and campus.
//!
//! When a register is due is the rule of `due`: a homeroom in use, on a school day of its campus, in the slots of
//! the campus's policy. Here it is asked for many days at once, from six statements.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use super::{
    policy::{CalendarEntry, DayEntry, Policy, SchoolDay, SlotName, with_hours},
    untaken_count::{By, Count},
    untaken_sources::{Homeroom, Sources, Taken},
};
use crate::{
    clock::local,
    db::Db,
    error::Result,
    permit::{Grants, ReadCampusAttendance},
    slice::{Listing, PAGE, Slice},
};

/// The longest span that is looked over, in days.
pub const LONGEST: u64 = 92;

/// What became of a register that was due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Submitted when it was due, or taken in another system.
    InTime,
    /// Submitted so many minutes late.
    Late(i64),
    /// Begun and never submitted.
    Begun,
    /// Never taken.
    Untaken,
}

/// A register that was due.
#[derive(Clone, Debug)]
pub struct Overdue {
    /// The class.
    pub class: Uuid,
    /// What it is called.
    pub class_name: String,
    /// The campus.
    pub campus_id: Uuid,
    /// Its name.
    pub campus: String,
    /// Who looks after the class.
    pub teacher: Option<String>,
    teacher_id: Option<Uuid>,
    /// The day.
    pub day: NaiveDate,
    /// The slot.
    pub slot: SlotName,
    /// What became of it.
    pub fate: Fate,
    /// Who submitted it, if somebody did.
    pub by: Option<String>,
}

/// Every register that was due in a span of days.
#[derive(Clone, Debug)]
pub struct Dues {
    all: Vec<Overdue>,
}

impl Dues {
    /// Those from the first to the last day as far as the reader sees; filters `campus` and `class`. A register of today
    /// is among them once it is due. The span ends today and is cut at 92 days.
    ///
    /// # Errors
    /// [`crate::Error::Unavailable`] when the database is away.
    pub fn of(
        (first, last): (NaiveDate, NaiveDate),
        listing: &Listing,
        db: &mut Db<'_, impl Grants<ReadCampusAttendance>>,
    ) -> Result<Self> {
        let last = last.min(db.today());
        let first = first.max(last.checked_sub_days(Days::new(LONGEST - 1)).unwrap_or(last));
        let (now, sources) = (db.now(), Sources::between((first, last), listing, db)?);
        let days = || first.iter_days().take_while(|day| *day <= last);
        let all = sources.homerooms.iter().flat_map(|room| {
            let sources = &sources;
            days().flat_map(move |day| room.dues(day, now, sources))
        });
        let mut all: Vec<Overdue> = all.collect();
        all.sort_by_cached_key(Overdue::place);
        Ok(Self { all })
    }

    /// Those that were not submitted when they were due, latest day first.
    pub fn overdue(&self) -> impl Iterator<Item = &Overdue> {
        self.all.iter().filter(|one| one.fate != Fate::InTime)
    }

    /// The part of [`Dues::overdue`] that a page shows.
    #[must_use]
    pub fn page(&self, listing: &Listing) -> Slice<Overdue> {
        let after = listing.after.as_ref();
        let is_shown = |one: &&Overdue| {
            after.is_some_and(|(place, id)| (one.written_place(), one.class) <= (place.clone(), *id))
        };
        Slice::of(self.overdue().skip_while(is_shown).take(PAGE + 1).cloned().collect())
    }

    /// All of them, counted.
    #[must_use]
    pub fn count(&self) -> Count {
        self.all.iter().fold(Count::default(), Count::and)
    }

    /// The same for each class, teacher or campus, whoever is missing most first; where two are called the same, each with
    /// its campus. At most 500.
    #[must_use]
    pub fn counts(&self, by: By) -> Vec<(String, Count)> {
        let mut counts: BTreeMap<(&str, Option<Uuid>), (&str, Count)> = BTreeMap::new();
        for one in &self.all {
            let key = match by {
                By::Class => (&*one.class_name, Some(one.class)),
                By::Campus => (&*one.campus, Some(one.campus_id)),
                By::Teacher => (one.teacher.as_deref().unwrap_or("Nobody"), one.teacher_id),
            };
            let (_, count) = counts.entry(key).or_insert((&one.campus, Count::default()));
            *count = count.and(one);
        }
        let named = |name: &str| counts.keys().filter(|(other, _)| *other == name).count();
        let told = |((name, _), (campus, count)): (&(&str, _), &(&str, Count))| match named(name) {
            1 => ((*name).to_owned(), *count),
            _ => (format!("{name}, {campus}"), *count),
        };
        let mut counts: Vec<_> = counts.iter().map(told).collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse((count.missing, count.late)));
        counts.truncate(500);
        counts
    }

    /// The same for each campus's day.
    #[must_use]
    pub fn by_day(&self) -> BTreeMap<(Uuid, NaiveDate), Count> {
        let mut counts: BTreeMap<_, Count> = BTreeMap::new();
        for one in &self.all {
            let count = counts.entry((one.campus_id, one.day)).or_default();
            *count = count.and(one);
        }
        counts
    }
}

impl Overdue {
    /// Latest day first, then by class and slot.
    fn place(&self) -> (String, Uuid) {
        (self.written_place(), self.class)
    }

    /// What the next page goes on after.
    #[must_use]
    pub fn written_place(&self) -> String {
        let ago = (NaiveDate::MAX - self.day).num_days();
        format!("{ago:09}\t{}\t{}", self.class_name, self.slot)
    }
}

impl Homeroom {
    /// The registers of this homeroom that were due on a day by now.
    fn dues(&self, day: NaiveDate, now: DateTime<Utc>, sources: &Sources) -> Vec<Overdue> {
        let said: Option<DayEntry> = sources.exceptions.get(&(self.campus_id, day)).cloned();
        let entry = CalendarEntry {
            year: (self.year.0, self.year.1),
            weekdays: self.year.2.iter().copied().flatten().collect(),
            exception: said.map(|said| with_hours(said, sources.begins(self, day))),
        };
        let school_day = entry.of(day);
        let policy = sources.policy(self, day).on(&school_day);
        if matches!(school_day, SchoolDay::No(_)) || policy.kept_at.is_some() {
            return Vec::new();
        }
        let has_roll = sources.has_roll(self.class, day);
        let zone: Tz = self.time_zone.as_ref().unwrap_or(&self.zone).parse().unwrap_or(Tz::UTC);
        let due = |slot: SlotName| {
            let policy = policy.clone().in_slot(&slot);
            let taken =
                sources.taken.get(&(self.class, day)).and_then(|all| all.iter().find(|one| slot == one.slot));
            let is_called = has_roll && (self.is_in_use || taken.is_some());
            let is_due = is_called && local(now, zone) > (day, policy.due_time);
            is_due
                .then(|| self.overdue(day, slot, taken.map(|taken| (taken, taken.fate(day, &policy, zone)))))
        };
        policy.slots(&school_day).into_iter().filter_map(due).collect()
    }

    fn overdue(&self, day: NaiveDate, slot: SlotName, taken: Option<(&Taken, Fate)>) -> Overdue {
        let name = |(first, last): &(String, String)| format!("{first} {last}");
        Overdue {
            class: self.class,
            class_name: self.class_name.clone(),
            campus_id: self.campus_id,
            campus: self.campus.clone(),
            teacher: self.teacher.as_ref().map(name),
            teacher_id: self.teacher_id,
            day,
            slot,
            fate: taken.map_or(Fate::Untaken, |(_, fate)| fate),
            by: taken.and_then(|(taken, _)| taken.by.as_ref().map(name)),
        }
    }
}

impl Taken {
    fn fate(&self, day: NaiveDate, policy: &Policy, zone: Tz) -> Fate {
        let Some(at) = self.submitted_at else { return Fate::Begun };
        let (on, time) = local(at, zone);
        let late = (on.and_time(time) - day.and_time(policy.due_time)).num_minutes();
        if late > 0 && !self.is_imported { Fate::Late(late) } else { Fate::InTime }
    }
}

impl Sources {
    /// When the day of a homeroom's campus began on a day.
    fn begins(&self, room: &Homeroom, day: NaiveDate) -> NaiveTime {
        self.past_hours.began(room.campus_id, day).unwrap_or(room.day_starts_at)
    }

    fn policy(&self, room: &Homeroom, day: NaiveDate) -> Policy {
        let said =
            self.policies.get(&room.campus_id).and_then(|all| all.iter().find(|(from, _)| *from <= day));
        said.map_or_else(|| Policy::usual(self.begins(room, day)), |(_, policy)| policy.clone())
    }
}
