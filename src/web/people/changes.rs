//! Who changed what, in words.

mod access;

use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use school::{
    Uuid,
    clock::local,
    people::history::{Change, Part},
};

use crate::web::{dates, spoken};

/// A change as a page tells it.
pub(in crate::web) struct Told {
    /// The day, short.
    pub(in crate::web) day: String,
    /// The time.
    pub(in crate::web) time: String,
    /// Day and time in full.
    pub(in crate::web) at: String,
    /// One line each: what changed, from what, to what.
    pub(in crate::web) lines: Vec<String>,
    /// Who.
    pub(in crate::web) by: String,
}

/// The changes, latest first, in the words and the zone of whoever reads.
pub(in crate::web) fn told(changes: &[Change], zone: Tz) -> Vec<Told> {
    changes.iter().filter(|change| !lines(change).is_empty()).map(|change| told_one(change, zone)).collect()
}

/// One of them.
pub(in crate::web) fn told_one(change: &Change, zone: Tz) -> Told {
    Told {
        day: day(change.at, zone),
        time: dates::time(&local(change.at, zone).1),
        at: moment(change.at, zone),
        lines: lines(&in_words(change, zone)),
        by: change.by.clone().unwrap_or_else(|| "An import or the set-up".into()),
    }
}

fn day(at: DateTime<Utc>, zone: Tz) -> String {
    local(at, zone).0.format("%-d %b").to_string()
}

fn moment(at: DateTime<Utc>, zone: Tz) -> String {
    let (day, time) = local(at, zone);
    format!("{} {}", dates::long(&day), dates::time(&time))
}

/// The same with moments and hours as the school writes them.
fn in_words(change: &Change, zone: Tz) -> Change {
    let told = |value: &Option<String>| value.as_deref().map(|value| clock(value, zone));
    let part = |part: &Part| Part { before: told(&part.before), after: told(&part.after), ..part.clone() };
    Change { parts: change.parts.iter().map(part).collect(), ..change.clone() }
}

/// A moment or an hour in words; anything else as it is.
fn clock(value: &str, zone: Tz) -> String {
    if let Ok(at) = DateTime::parse_from_rfc3339(value) {
        let (day, time) = local(at.to_utc(), zone);
        return format!("{} {}", dates::full(&day), dates::time(&time));
    }
    NaiveTime::parse_from_str(value, "%H:%M:%S").map_or_else(|_| value.to_owned(), |time| dates::time(&time))
}

fn lines(change: &Change) -> Vec<String> {
    if let Some(lines) = access::lines(change) {
        return lines;
    }
    let all = |column: &'static str| {
        let parts = change.parts.iter().filter(move |part| part.column == column);
        parts.filter_map(|part| part.after.as_deref()).map(readable)
    };
    let removed = all("deleted_at").next().is_some();
    match (change.entity.as_str(), change.is_new) {
        ("students", true) => vec!["Added to the school".into()],
        ("programs", true) => vec!["Added".into()],
        ("user_programs", true) => all("user_id").map(|name| format!("{name} joined")).collect(),
        ("school_enrollments", true) => all("campus_id")
            .zip(all("enters_on"))
            .map(|(campus, day)| format!("Place at {campus} from {day}"))
            .collect(),
        ("guardians", true) => all("contact_id").map(|name| format!("{name} added as a contact")).collect(),
        ("restrictions", true) => {
            let names = all("contact_id").chain(all("person_name"));
            names.map(|name| format!("{name} is barred")).collect()
        }
        ("restrictions", false) if removed => vec!["A restriction taken back before it began".into()],
        ("restrictions", false) => {
            change.parts.iter().map(|part| format!("Restriction. {}", line(part))).collect()
        }
        ("school_enrollments", false) if removed => vec!["A place taken back".into()],
        ("guardians", false) if removed => {
            let name = change.about.as_deref().map_or("A contact".into(), readable);
            vec![format!("{name} removed from the contacts")]
        }
        (entity, is_new) => {
            let told = change.parts.iter().filter(|part| !follows(entity, &part.column));
            let told = told.map(if is_new { stated } else { line });
            match change.about.as_deref().map(readable) {
                Some(name) => told.map(|line| format!("{name}. {line}")).collect(),
                None => told.collect(),
            }
        }
    }
}

/// What only repeats a change of the student's place, whose it is, or whether somebody works in a program.
fn follows(entity: &str, column: &str) -> bool {
    match entity {
        "students" => matches!(column, "campus_id" | "enrollment_date"),
        "user_programs" => column == "joined_at",
        "class_enrollments" | "attendance_records" | "roll_call_entries" | "headcount_ticks" => {
            column == "student_id"
        }
        _ => false,
    }
}

/// What stands in something new.
fn stated(part: &Part) -> String {
    match &part.after {
        Some(after) if is_number(after) => format!("{} set", spoken::spoken(&part.column)),
        Some(after) if after != "changed" => format!("{}: {}", spoken::spoken(&part.column), readable(after)),
        _ => line(part),
    }
}

fn line(part: &Part) -> String {
    let words = |value: &Option<String>| value.as_deref().map_or("empty".into(), readable);
    let label = spoken::spoken(&part.column);
    match (&part.before, &part.after) {
        (None, Some(after)) if after == "changed" => format!("{label} changed"),
        (before, after) if before.iter().chain(after).any(|value| is_number(value)) => {
            format!("{label} changed")
        }
        (before, after) => format!("{label}: {} → {}", words(before), words(after)),
    }
}

/// Whether it is the program's own number of something, which says nothing to anybody.
fn is_number(value: &str) -> bool {
    value.split(' ').all(|one| one.parse::<Uuid>().is_ok())
}

/// A day in words; the database's words without their underscores; anything else as it is.
fn readable(value: &str) -> String {
    if let Some(day) = dates::read_day(value) {
        return dates::full(&day);
    }
    match value {
        "true" => "yes".into(),
        "false" => "no".into(),
        word if word.bytes().all(|letter| letter.is_ascii_lowercase() || letter == b'_') => {
            word.replace('_', " ")
        }
        // Isolated, so that between two names written from right to left the arrow still leads from old to new.
        other if !other.is_ascii() => format!("\u{2068}{other}\u{2069}"),
        other => other.to_owned(),
    }
}
