//! A student's row of a class's month: the marks of each day, and what the days add up to.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::NaiveDate;
use diesel::prelude::*;
use schema::{
    attendance_days as worth, attendance_records as records, attendance_sessions as sessions,
    class_enrollments, students,
};
use uuid::Uuid;

use super::{
    code::Code,
    joins,
    totals::{Kept, Totals},
};
use crate::{db::Db, error::Result, people::student::Student, permit::Permission, words::AttendanceStatus};

/// The most places on a roll and the most marks that are read of a month.
const MOST_PLACES: i64 = 1000;
const MOST_MARKS: i64 = 100_000;

/// A student's month.
#[derive(Clone, Debug)]
pub struct SheetRow {
    /// Who.
    pub student: Student,
    /// From when to when they were on the roll; several times where they left and came back.
    stays: Vec<(NaiveDate, Option<NaiveDate>)>,
    marks: BTreeMap<NaiveDate, Vec<SheetMark>>,
    /// What the days on this roll were worth.
    pub totals: Totals,
}

/// A mark in a submitted register. What hundreds of them say in the same words is held once.
#[derive(Clone, Debug)]
pub struct SheetMark {
    /// `day`, `am`, `pm` or the lesson's start.
    pub slot: Arc<str>,
    /// The mark in the first source's words.
    pub status: AttendanceStatus,
    /// The letter of the code that stands.
    pub letter: Arc<str>,
    /// What the code is called.
    pub name: Arc<str>,
}

/// A mark as it is read: whose, when, in which slot, status, the office's code and the teacher's.
pub(super) type Found = (Uuid, NaiveDate, String, AttendanceStatus, Option<Uuid>, Option<Uuid>);

impl SheetRow {
    /// Whether they were on the roll on a day.
    #[must_use]
    pub fn was_on_roll(&self, day: &NaiveDate) -> bool {
        self.stays.iter().any(|(first, last)| first <= day && last.is_none_or(|last| *day <= last))
    }

    /// The marks of a day, by slot.
    #[must_use]
    pub fn on(&self, day: &NaiveDate) -> &[SheetMark] {
        self.marks.get(day).map_or(&[], Vec::as_slice)
    }
}

/// The first and the last day.
pub(super) type Span = (NaiveDate, NaiveDate);

/// Everybody who was on the roll, by family name.
pub(super) fn roll<P: Permission>(
    class: Uuid,
    (first, last): Span,
    db: &mut Db<'_, P>,
) -> Result<Vec<SheetRow>> {
    let seats: Vec<(Student, NaiveDate, Option<NaiveDate>)> = class_enrollments::table
        .inner_join(students::table.on(joins::enrolled_student()))
        .filter(class_enrollments::organization_id.eq(db.organization()))
        .filter(class_enrollments::class_id.eq(class))
        .filter(class_enrollments::deleted_at.is_null())
        .filter(students::deleted_at.is_null())
        .filter(class_enrollments::enrolled_on.le(last))
        .filter(class_enrollments::ended_on.is_null().or(class_enrollments::ended_on.ge(first)))
        .select((Student::as_select(), class_enrollments::enrolled_on, class_enrollments::ended_on))
        .order((students::last_name, students::first_name, students::id, class_enrollments::enrolled_on))
        .limit(MOST_PLACES)
        .load(db.conn())?;
    let mut rows: Vec<SheetRow> = Vec::new();
    for (student, enrolled_on, ended_on) in seats {
        let stay = (enrolled_on, ended_on);
        match rows.last_mut().filter(|row| row.student.id == student.id) {
            Some(row) => row.stays.push(stay),
            None => rows.push(SheetRow {
                student,
                stays: vec![stay],
                marks: BTreeMap::new(),
                totals: Totals::default(),
            }),
        }
    }
    Ok(rows)
}

/// Every mark of the class's submitted registers, by day and slot.
pub(super) fn marks<P: Permission>(
    class: Uuid,
    (first, last): Span,
    db: &mut Db<'_, P>,
) -> Result<Vec<Found>> {
    let taken = records::organization_id
        .eq(sessions::organization_id)
        .and(records::attendance_session_id.eq(sessions::id))
        .and(records::deleted_at.is_null());
    Ok(sessions::table
        .inner_join(records::table.on(taken))
        .filter(sessions::organization_id.eq(db.organization()))
        .filter(sessions::class_id.eq(class))
        .filter(sessions::session_date.between(first, last))
        .filter(sessions::submitted_at.is_not_null())
        .filter(sessions::deleted_at.is_null())
        .select((
            records::student_id,
            sessions::session_date,
            sessions::slot,
            records::status,
            records::office_code_id,
            records::teacher_code_id,
        ))
        .order((sessions::session_date, sessions::slot, records::id))
        .limit(MOST_MARKS)
        .load(db.conn())?)
}

/// Puts the marks into their rows and answers which codes stand there.
pub(super) fn place(rows: &mut [SheetRow], found: Vec<Found>, codes: &[Code]) -> Vec<Code> {
    let at: BTreeMap<Uuid, usize> = rows.iter().enumerate().map(|(at, row)| (row.student.id, at)).collect();
    let said: BTreeMap<Uuid, (Arc<str>, Arc<str>)> = codes
        .iter()
        .map(|code| (code.id, (code.key.to_uppercase().into(), code.name.as_str().into())))
        .collect();
    let mut slots: Vec<Arc<str>> = Vec::new();
    let mut used: BTreeSet<Uuid> = BTreeSet::new();
    for (student, day, slot, status, office, teacher) in found {
        let Some(row) = at.get(&student).and_then(|at| rows.get_mut(*at)) else { continue };
        let code = office.or(teacher).filter(|code| said.contains_key(code));
        let (letter, name) = match code.and_then(|code| said.get(&code)) {
            Some((letter, name)) => (Arc::clone(letter), Arc::clone(name)),
            None => ("".into(), status.label().into()),
        };
        used.extend(code);
        row.marks.entry(day).or_default().push(SheetMark {
            slot: same(&mut slots, &slot),
            status,
            letter,
            name,
        });
    }
    codes.iter().filter(|code| used.contains(&code.id)).cloned().collect()
}

/// A word, held once however often it comes.
fn same(words: &mut Vec<Arc<str>>, word: &str) -> Arc<str> {
    if let Some(known) = words.iter().find(|known| ***known == *word) {
        return Arc::clone(known);
    }
    let new: Arc<str> = word.into();
    words.push(Arc::clone(&new));
    new
}

/// Adds up what the days of each row were worth, as far as they were on this roll.
pub(super) fn add<P: Permission>(
    rows: &mut [SheetRow],
    (first, last): Span,
    db: &mut Db<'_, P>,
) -> Result<()> {
    let whose: Vec<Uuid> = rows.iter().map(|row| row.student.id).collect();
    let days: Vec<(Uuid, NaiveDate, Kept)> = worth::table
        .filter(worth::organization_id.eq(db.organization()))
        .filter(worth::student_id.eq_any(&whose))
        .filter(worth::day.between(first, last))
        .select((
            worth::student_id,
            worth::day,
            (
                worth::possible,
                worth::attended,
                worth::excused,
                worth::awaiting,
                worth::is_late,
                worth::minutes_late,
            ),
        ))
        .limit(MOST_MARKS)
        .load(db.conn())?;
    let mut by_student: BTreeMap<Uuid, Vec<(NaiveDate, Totals)>> = BTreeMap::new();
    for (student, day, kept) in days {
        by_student.entry(student).or_default().push((day, Totals::of_day(&kept)));
    }
    for row in rows {
        let days = by_student.remove(&row.student.id).unwrap_or_default();
        row.totals = days.into_iter().filter(|(day, _)| row.was_on_roll(day)).map(|(_, totals)| totals).sum();
    }
    Ok(())
}
