//! What becomes of a student on a day. It hangs on student and day alone, so a day made later falls as it would have.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

use super::chance::Chance;

/// What became of a student on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Present,
    /// Minutes after the bell.
    Late(u32),
    /// The day of the illness, from 0.
    Ill(u32),
    /// At home for a reason that the family tells.
    Away,
    /// Nobody tells why.
    Missing,
    /// Minutes before the end of the day.
    LeftEarly(u32),
}

/// What a student is like, in a thousand days.
struct Habits {
    away: u32,
    missing: u32,
    late: u32,
}

/// A number for a person, from what the school knows them by.
pub(super) fn number_of(known_by: &str) -> u64 {
    known_by
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// What becomes of somebody on a day.
pub(super) fn fate(person: u64, day: NaiveDate) -> Fate {
    if let Some(since) = ill_since(person, day) {
        return Fate::Ill(since);
    }
    let habits = habits(person);
    let mut chance = Chance::of_day(person, day.num_days_from_ce().into());
    // Mondays are worse, and Fridays a little.
    let weigh = |usual: u32| match day.weekday() {
        Weekday::Mon => usual * 17 / 10,
        Weekday::Fri => usual * 12 / 10,
        _ => usual,
    };
    if chance.falls(weigh(habits.away)) {
        Fate::Away
    } else if chance.falls(weigh(habits.missing)) {
        Fate::Missing
    } else if chance.falls(weigh(habits.late)) {
        let usually = chance.between(1, 14);
        Fate::Late(if chance.falls(150) { usually + 25 } else { usually })
    } else if chance.falls(5) {
        Fate::LeftEarly(chance.between(30, 200))
    } else {
        Fate::Present
    }
}

/// One in twenty is away all too often, one in twelve late all too often.
fn habits(person: u64) -> Habits {
    let mut chance = Chance::of(person);
    let is_chronic = chance.falls(50);
    Habits {
        away: if is_chronic { chance.between(40, 120) } else { chance.between(5, 18) },
        missing: if is_chronic { chance.between(40, 140) } else { chance.between(0, 8) },
        late: if chance.falls(80) { chance.between(100, 250) } else { chance.between(5, 30) },
    }
}

/// The day of an illness, if one that began in the last days still lasts.
fn ill_since(person: u64, day: NaiveDate) -> Option<u32> {
    (0..4).find(|since| {
        let began = day - TimeDelta::days(i64::from(*since));
        let mut chance = Chance::of_day(!person, began.num_days_from_ce().into());
        chance.falls(13) && chance.between(1, 4) > *since
    })
}

/// Whether a class is out of the house for the day: about once in sixty days.
pub(super) fn is_trip(class: u64, day: NaiveDate) -> bool {
    Chance::of_day(class, day.num_days_from_ce().into()).falls(14)
}
