//! A table of who is in which class, from when and until when.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::{
    super::{
        oneroster::Rejected,
        roster::{
            external_id::joined,
            record::Moment,
            records::ClassEnrollment,
            rolls::Rolls,
            run::Run,
            sync::{Said, Wanted, sync_ending},
        },
    },
    cells::{Cells, Entry, Rows},
    gather::{Keyed, gather},
    ground::{self, Classes},
    mapping::Mapping,
    moves::Moves,
    student_rows::NUMBER,
};
use crate::{error::Result, words::ClassEnrollmentStatus};

#[derive(Clone, Debug, PartialEq)]
struct EnrollmentRow {
    student: String,
    class: String,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

impl Keyed for EnrollmentRow {
    fn key(&self) -> String {
        let from = self.from.map(|day| day.to_string()).unwrap_or_default();
        joined(&[&self.student, &self.class, &from])
    }

    fn shown(&self) -> (&'static str, &str) {
        ("student", &self.student)
    }

    fn key_in(_: &Cells) -> Option<String> {
        None
    }
}

impl EnrollmentRow {
    fn read(mut cells: Cells) -> Result<Entry<Self>, Vec<Rejected>> {
        let read = Self {
            student: cells.needed("student", NUMBER),
            class: cells.needed("class", 255),
            from: cells.day("from"),
            to: cells.day("to"),
        };
        if read.from.zip(read.to).is_some_and(|(from, to)| to < from) {
            cells.refuse("to", "The last day lies before the first one.");
        }
        cells.done(read)
    }
}

/// A student's time in a class.
pub(super) struct Place {
    pub(super) key: String,
    /// The student's number.
    pub(super) number: String,
    pub(super) line: u64,
    pub(super) student: Uuid,
    pub(super) class: Uuid,
    /// The first and the last day.
    pub(super) days: (NaiveDate, NaiveDate),
    /// The first one, where the row says it.
    pub(super) from: Option<NaiveDate>,
}

/// What the `time`th time of a student in a class is remembered by.
pub(super) fn key(number: &str, class: Uuid, time: usize) -> String {
    let class = class.to_string();
    if time == 1 { joined(&[number, &class]) } else { joined(&[number, &class, &time.to_string()]) }
}

/// Brings the table in.
pub(super) fn bring(rows: &Rows, mapping: &Mapping, run: &mut Run) -> Result<()> {
    let mut found = gather(rows, EnrollmentRow::read);
    let (students, classes) = (ground::students(run)?, Classes::all(run)?);
    let mut times: BTreeMap<(Uuid, String), Vec<Place>> = BTreeMap::new();
    found.turn_away(|entry| {
        let row = &entry.row;
        let Some(student) = students.get(&row.student) else {
            let reason = "There is no student of this number. Bring in the students first.";
            return Some(rows.rejected(entry.line, ("student", &row.student), reason));
        };
        let class = match classes.named(&row.class, row.from) {
            Ok(class) => class,
            Err(reason) => return Some(rows.rejected(entry.line, ("class", &row.class), reason)),
        };
        for (field, day) in [("from", row.from), ("to", row.to)] {
            if let Some(day) = day.filter(|day| !class.year.includes(*day)) {
                return Some(rows.rejected(entry.line, (field, &day.to_string()), class.year.says_when()));
            }
        }
        let days = (row.from.unwrap_or(class.year.first), row.to.unwrap_or(class.year.last));
        let place = Place {
            key: String::new(),
            number: row.student.clone(),
            line: entry.line,
            student: *student,
            class: class.id,
            days,
            from: row.from,
        };
        times.entry((class.id, row.student.clone())).or_default().push(place);
        None
    });
    run.report.rejected.append(&mut found.rejected);
    let mut places = Vec::new();
    for ((_, number), stays) in times {
        places.extend(in_turn(&number, stays, rows, run));
    }
    let is_whole = mapping.is_whole && !found.is_torn && found.unknown.is_empty();
    let listed: std::collections::HashSet<Uuid> = places.iter().map(|place| place.class).collect();
    sync_places(rows, places, |_, class| is_whole && listed.contains(&class), run)
}

/// One time after the other: what overlaps, or begins while another is not over yet, is not taken.
fn in_turn(number: &str, mut stays: Vec<Place>, rows: &Rows, run: &mut Run) -> Vec<Place> {
    stays.sort_by_key(|place| (place.days, place.line));
    let mut kept: Vec<Place> = Vec::new();
    for place in stays {
        let before = kept.last().map(|before| (before.days.1, before.line));
        if let Some((last, line)) = before.filter(|(last, _)| *last >= place.days.0 || *last >= run.at.today)
        {
            let reason = format!("The student is in this class until {last} already (line {line}).");
            run.report.rejected.push(rows.rejected(place.line, ("student", number), reason));
            continue;
        }
        kept.push(Place { key: key(number, place.class, kept.len() + 1), ..place });
    }
    kept
}

/// Brings rolls in line with places, each student in one homeroom at a time; `leaves` says of student and class whether a place that is not wanted any more ends.
pub(super) fn sync_places(
    rows: &Rows,
    places: Vec<Place>,
    leaves: impl Fn(Uuid, Uuid) -> bool,
    run: &mut Run,
) -> Result<()> {
    let (before, mut moves, at) = (Rolls::now(run)?, Moves::before(run)?, run.at);
    let places = moves.settle(places, rows, run);
    let adopted = open_here(&places, run)?;
    let moved = moves.end_others(run)?;
    let wanted = places.into_iter().map(|place| Wanted {
        origin: rows.origin(place.line),
        record: enrollment(&place, at),
        keys: vec![place.key],
    });
    let wanted = wanted.collect();
    let leaves = |_: &str, place: &ClassEnrollment| {
        let left = || leaves(place.student_id, place.class_id).then_some(at);
        moves.leaves(place, at).or_else(left)
    };
    sync_ending(wanted, &adopted, leaves, Said::everything(), run)?;
    if let Some((_, tally)) = run.report.tallies.last_mut() {
        tally.ended += moved;
    }
    before.put_marks_away(run)
}

fn enrollment(place: &Place, at: Moment) -> ClassEnrollment {
    let over = place.days.1 < at.today;
    ClassEnrollment {
        class_id: place.class,
        student_id: place.student,
        enrolled_on: place.days.0,
        ended_on: Some(place.days.1),
        status: if over { ClassEnrollmentStatus::Completed } else { ClassEnrollmentStatus::Active },
        deleted_at: None,
    }
}

/// Whoever is on one of these rolls already, put there by somebody or by another source.
fn open_here(places: &[Place], run: &mut Run) -> Result<HashMap<String, Uuid>> {
    use schema::class_enrollments as enrollments;
    let wanted = places.iter().filter(|place| place.days.1 >= run.at.today);
    let wanted: HashMap<_, _> = wanted.map(|place| ((place.student, place.class), &place.key)).collect();
    let students: Vec<_> = wanted.keys().map(|(student, _)| *student).collect();
    let here: Vec<(Uuid, Uuid, Uuid)> = enrollments::table
        .filter(enrollments::organization_id.eq(run.db.organization()))
        .filter(enrollments::deleted_at.is_null())
        .filter(enrollments::status.eq(ClassEnrollmentStatus::Active))
        .filter(enrollments::student_id.eq_any(students))
        .select((enrollments::student_id, enrollments::class_id, enrollments::id))
        .load(run.db.conn())?;
    let found = here.into_iter();
    Ok(found
        .filter_map(|(student, class, id)| Some(((*wanted.get(&(student, class))?).clone(), id)))
        .collect())
}
