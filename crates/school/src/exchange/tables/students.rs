//! A table of students: who they are, where they are enrolled, and their homeroom.

use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::prelude::*;
use uuid::Uuid;

use super::{
    super::roster::{
        external_id::joined,
        grades::{self, Grades},
        records::{SchoolEnrollment, Student},
        run::Run,
        sync::{Ids, Said, Wanted, sync_said},
    },
    cells::Rows,
    enrollments::{self, Place},
    gather::{Gathered, gather},
    ground::{self, Campuses, Classes, Year},
    mapping::Mapping,
    student_rows::StudentRow,
};
use crate::{error::Result, words::StudentStatus};

/// Where a student goes by what the table and its mapping say.
struct Settled {
    campus: Option<Uuid>,
    class: Option<Uuid>,
}

/// Brings the table in.
pub(super) fn bring(rows: &Rows, mapping: &Mapping, run: &mut Run) -> Result<()> {
    let mut found = gather(rows, StudentRow::read);
    let year = ground::year(mapping.year, run)?;
    let (campuses, classes) = (Campuses::all(run)?, Classes::all(run)?);
    let mut settled = HashMap::new();
    found.turn_away(|entry| {
        let refused = |field, value: Option<&str>, reason: String| {
            Some(rows.rejected(entry.line, (field, value.unwrap_or_default()), reason))
        };
        let row = &entry.row;
        let campus = match campuses.of(row.campus.as_deref(), mapping.campus) {
            Ok(campus) => campus,
            Err(reason) => return refused("campus", row.campus.as_deref(), reason),
        };
        if let Some(day) = row.enrolled_on.filter(|day| *day > year.last) {
            return refused("enrolled_on", Some(&day.to_string()), year.says_when());
        }
        let class = row.class.as_deref().map(|name| classes.named(name, Some(year.last))).transpose();
        match class {
            Ok(class) => {
                settled.insert(row.number.clone(), Settled { campus, class: class.map(|class| class.id) })
            }
            Err(reason) => return refused("class", row.class.as_deref(), reason),
        };
        None
    });
    run.report.rejected.append(&mut found.rejected);
    let written: BTreeMap<_, _> = found
        .entries
        .values()
        .filter_map(|entry| entry.row.grade.as_ref())
        .map(|grade| (grade.code.as_str(), grade))
        .collect();
    let grades = grades::meet_written(&written, run)?;
    let table = Students { rows, found: &found, settled: &settled, year: &year, is_whole: mapping.is_whole };
    let students = table.sync(run)?;
    table.sync_stays(&students, &grades, run)?;
    table.sync_classes(&students, &classes, run)
}

struct Students<'t> {
    rows: &'t Rows<'t>,
    found: &'t Gathered<StudentRow>,
    settled: &'t HashMap<String, Settled>,
    year: &'t Year,
    is_whole: bool,
}

impl Students<'_> {
    fn sync(&self, run: &mut Run) -> Result<Ids> {
        let here = ground::students(run)?;
        let entries = self.found.entries.iter();
        let wanted = entries.map(|(key, entry)| Wanted {
            keys: vec![key.clone()],
            origin: self.rows.origin(entry.line),
            record: self.student(&entry.row),
        });
        let wanted = wanted.collect();
        let said = self.said(&[
            ("middle_name", "middle_name"),
            ("gender", "gender"),
            ("date_of_birth", "date_of_birth"),
            ("enrolled_on", "enrollment_date"),
            ("email", "email"),
            ("phone", "phone"),
        ]);
        let always = ["student_number", "first_name", "last_name", "status", "campus_id", "deleted_at"];
        let campuses: HashSet<_> = self.settled.values().filter_map(|settled| settled.campus).collect();
        let leaves = |key: &str, student: &Student| {
            let is_here = student.campus_id.is_some_and(|campus| campuses.contains(&campus));
            self.is_whole && is_here && self.found.lacks(key)
        };
        sync_said(wanted, &here, leaves, Said::only(always.into_iter().chain(said)), run)
    }

    fn said(&self, pairs: &[(&str, &'static str)]) -> Vec<&'static str> {
        pairs.iter().filter(|(field, _)| self.rows.has(field)).map(|(_, column)| *column).collect()
    }

    fn student(&self, row: &StudentRow) -> Student {
        let enters_on = row.enrolled_on.unwrap_or(self.year.first);
        Student {
            student_number: row.number.clone(),
            first_name: row.first_name.clone(),
            middle_name: row.middle_name.clone(),
            last_name: row.last_name.clone(),
            gender: row.gender,
            date_of_birth: row.born_on,
            status: StudentStatus::Active,
            campus_id: self.settled.get(&row.number).and_then(|settled| settled.campus),
            enrollment_date: Some(enters_on),
            email: row.email.clone(),
            phone: row.phone.clone(),
            deleted_at: None,
        }
    }

    /// A stay at the campus in the year, from the day of enrolment, else from the year's first day.
    fn sync_stays(&self, students: &Ids, grades: &Grades, run: &mut Run) -> Result<()> {
        let mut wanted = Vec::new();
        let mut at: HashMap<(Uuid, Uuid), String> = HashMap::new();
        for (number, entry) in &self.found.entries {
            let campus = self.settled.get(number).and_then(|settled| settled.campus);
            let Some((student_id, campus_id)) = students.get(number).zip(campus) else { continue };
            let key = joined(&[number, &campus_id.to_string(), &self.year.id.to_string()]);
            at.insert((student_id, campus_id), key.clone());
            let grade = entry.row.grade.as_ref().and_then(|grade| grades.get(&grade.code)).copied();
            let enters_on = entry.row.enrolled_on.unwrap_or(self.year.first);
            let over = self.year.last < run.at.today;
            let record = SchoolEnrollment {
                student_id,
                campus_id,
                academic_year_id: self.year.id,
                grade_id: grade,
                enters_on,
                leaves_on: over.then_some(self.year.last.max(enters_on)),
                is_main: true,
                deleted_at: None,
            };
            wanted.push(Wanted { keys: vec![key], origin: self.rows.origin(entry.line), record });
        }
        let adopted = self.stays_here(&at, run)?;
        let said = self.said(&[("grade", "grade_id"), ("enrolled_on", "enters_on")]);
        let always = ["student_id", "campus_id", "academic_year_id", "is_main", "deleted_at"];
        let leaves = |_: &str, stay: &SchoolEnrollment| {
            let name = students.name(stay.student_id);
            let left = self.is_whole && name.is_some_and(|number| self.found.lacks(number));
            let settled = name.and_then(|number| self.settled.get(number)).and_then(|settled| settled.campus);
            let moved = settled.is_some_and(|campus| campus != stay.campus_id);
            stay.academic_year_id == self.year.id && (left || moved)
        };
        sync_said(wanted, &adopted, leaves, Said::only(always.into_iter().chain(said)), run)?;
        Ok(())
    }

    /// Stays that somebody entered here, or another source did.
    fn stays_here(&self, at: &HashMap<(Uuid, Uuid), String>, run: &mut Run) -> Result<HashMap<String, Uuid>> {
        use schema::school_enrollments as stays;
        let students: Vec<_> = at.keys().map(|(student, _)| *student).collect();
        let here: Vec<(Uuid, Uuid, Uuid)> = stays::table
            .filter(stays::organization_id.eq(run.db.organization()))
            .filter(stays::deleted_at.is_null())
            .filter(stays::academic_year_id.eq(self.year.id))
            .filter(stays::student_id.eq_any(students))
            .select((stays::student_id, stays::campus_id, stays::id))
            .load(run.db.conn())?;
        let found = here.into_iter();
        Ok(found
            .filter_map(|(student, campus, id)| Some((at.get(&(student, campus))?.clone(), id)))
            .collect())
    }

    /// The homeroom of each, for the whole year or from today where they come from another one; whoever has left is on no roll any more.
    fn sync_classes(&self, students: &Ids, classes: &Classes, run: &mut Run) -> Result<()> {
        if !self.rows.has("class") && !self.is_whole {
            return Ok(());
        }
        let mut places = Vec::new();
        for (number, entry) in &self.found.entries {
            let class = self.settled.get(number).and_then(|settled| settled.class);
            let class = class.and_then(|class| classes.by_id.get(&class));
            let Some((student, class)) = students.get(number).zip(class) else { continue };
            let first = entry.row.enrolled_on.unwrap_or(class.year.first).max(class.year.first);
            let days = (first, class.year.last);
            let key = enrollments::key(number, class.id, 1);
            // Somebody's first day at school is no day on which they changed class, unless it is to come.
            let from = entry.row.enrolled_on.filter(|day| *day > run.at.today);
            let (number, class) = (number.clone(), class.id);
            places.push(Place { key, number, line: entry.line, student, class, days, from });
        }
        let leaves = |student: Uuid, _: Uuid| {
            self.is_whole && students.name(student).is_some_and(|number| self.found.lacks(number))
        };
        enrollments::sync_places(self.rows, places, leaves, run)
    }
}
