//! A table of classes: what they are called, what is taught in them, and who stands in front.

use std::collections::{BTreeMap, HashMap, HashSet};

use uuid::Uuid;

use super::{
    super::{
        oneroster::{Grade, Rejected},
        roster::{
            grades,
            records::Class,
            run::Run,
            sync::{Ids, Said, Wanted, sync_said},
        },
    },
    cells::{Cells, Entry, Rows},
    duties,
    gather::{Gathered, Keyed, gather},
    ground::{self, Campuses, Year},
    mapping::Mapping,
    student_rows::{GRADE, NUMBER},
    subjects,
};
use crate::{
    error::Result,
    words::{ClassKind, ClassStatus},
};

/// Characters of a class's name and of a section or room.
const NAME: usize = 120;
const SHORT: usize = 60;

const KINDS: [(&str, ClassKind); 8] = [
    ("homeroom", ClassKind::Homeroom),
    ("home_room", ClassKind::Homeroom),
    ("form", ClassKind::Homeroom),
    ("scheduled", ClassKind::Scheduled),
    ("subject", ClassKind::Scheduled),
    ("course", ClassKind::Scheduled),
    ("class", ClassKind::Scheduled),
    ("lesson", ClassKind::Scheduled),
];

#[derive(Clone, Debug, PartialEq)]
pub(super) struct ClassRow {
    pub(super) key: String,
    name: Option<String>,
    pub(super) subject: Option<String>,
    grade: Option<Grade>,
    kind: ClassKind,
    pub(super) teacher: Option<String>,
    section: Option<String>,
    room: Option<String>,
    campus: Option<String>,
}

impl Keyed for ClassRow {
    fn key(&self) -> String {
        self.key.clone()
    }

    fn shown(&self) -> (&'static str, &str) {
        ("key", &self.key)
    }

    fn key_in(cells: &Cells) -> Option<String> {
        Some(cells.raw("key").trim().to_owned()).filter(|key| !key.is_empty())
    }
}

impl ClassRow {
    /// A class that is taught nothing but itself is a homeroom, even where no column says so.
    fn read(mut cells: Cells) -> Result<Entry<Self>, Vec<Rejected>> {
        let subject = cells.text("subject", NAME);
        let is_homeroom = subject.as_ref().is_some_and(|subject| super::field::plain(subject) == "homeroom");
        let kind = cells.word("kind", &KINDS);
        let read = Self {
            key: cells.needed("key", 60),
            name: cells.text("name", NAME),
            kind: kind.unwrap_or(if is_homeroom { ClassKind::Homeroom } else { ClassKind::Scheduled }),
            subject: subject.filter(|_| !is_homeroom),
            grade: cells.text("grade", GRADE).map(|written| Grade::of(&written)),
            teacher: cells.text("teacher", NUMBER),
            section: cells.text("section", SHORT),
            room: cells.text("room", SHORT),
            campus: cells.text("campus", 200),
        };
        if read.name.is_none() && read.subject.is_none() && !is_homeroom {
            cells.refuse("name", "A class needs a name or a subject.");
        }
        cells.done(read)
    }

    /// Its own name, else its subject and grade.
    fn called(&self) -> String {
        if let Some(name) = &self.name {
            return name.clone();
        }
        let subject = self.subject.as_deref().unwrap_or(ClassKind::Homeroom.label());
        let grade = self.grade.as_ref().map(|grade| format!(", {}", grade.name)).unwrap_or_default();
        format!("{subject}{grade}").chars().take(NAME).collect()
    }
}

/// A table that was read, with what its rows speak of.
pub(super) struct Table<'t> {
    pub(super) rows: &'t Rows<'t>,
    pub(super) found: &'t Gathered<ClassRow>,
    pub(super) staff: &'t HashMap<String, Uuid>,
    pub(super) year: &'t Year,
    campuses: &'t HashMap<String, Uuid>,
    is_whole: bool,
}

/// Brings the table in.
pub(super) fn bring(rows: &Rows, mapping: &Mapping, run: &mut Run) -> Result<()> {
    let mut found = gather(rows, ClassRow::read);
    let year = ground::year(mapping.year, run)?;
    let (campuses, staff) = (Campuses::all(run)?, ground::staff(run)?);
    let mut at = HashMap::new();
    found.turn_away(|entry| {
        let row = &entry.row;
        if let Some(teacher) = row.teacher.as_ref().filter(|teacher| !staff.contains_key(*teacher)) {
            let reason = "There is no member of staff of this number. Bring in the staff first.";
            return Some(rows.rejected(entry.line, ("teacher", teacher), reason));
        }
        match campuses.of(row.campus.as_deref(), mapping.campus) {
            Ok(campus) => {
                at.extend(campus.map(|campus| (row.key.clone(), campus)));
                campus.is_none().then(|| rows.rejected(entry.line, ("campus", ""), "A class is at a campus."))
            }
            Err(reason) => {
                Some(rows.rejected(entry.line, ("campus", row.campus.as_deref().unwrap_or_default()), reason))
            }
        }
    });
    run.report.rejected.append(&mut found.rejected);
    let is_whole = mapping.is_whole;
    let table = Table { rows, found: &found, staff: &staff, year: &year, campuses: &at, is_whole };
    let classes = table.sync(run)?;
    subjects::sync(&table, &classes, run)?;
    duties::sync(&table, &classes, run)
}

impl Table<'_> {
    fn sync(&self, run: &mut Run) -> Result<Ids> {
        let entries = self.found.entries.values();
        let written: BTreeMap<_, _> = entries
            .filter_map(|entry| entry.row.grade.as_ref())
            .map(|grade| (grade.code.as_str(), grade))
            .collect();
        let grades = grades::meet_written(&written, run)?;
        let wanted = self.found.entries.iter().filter_map(|(key, entry)| {
            let grade = entry.row.grade.as_ref().and_then(|grade| grades.get(&grade.code)).copied();
            let record = self.class(&entry.row, grade, run)?;
            Some(Wanted { keys: vec![key.clone()], origin: self.rows.origin(entry.line), record })
        });
        let wanted = wanted.collect();
        let mut said =
            vec!["campus_id", "academic_year_id", "name", "kind", "section", "status", "deleted_at"];
        let pairs = [("grade", "grade_id"), ("teacher", "homeroom_teacher_id"), ("room", "room")];
        said.extend(pairs.into_iter().filter(|(field, _)| self.rows.has(field)).map(|(_, column)| column));
        let listed: HashSet<_> = self.campuses.values().copied().collect();
        let leaves = |key: &str, class: &Class| {
            let is_meant = class.academic_year_id == self.year.id && listed.contains(&class.campus_id);
            self.is_whole && is_meant && self.found.lacks(key)
        };
        sync_said(wanted, &HashMap::new(), leaves, Said::only(said), run)
    }

    fn class(&self, row: &ClassRow, grade_id: Option<Uuid>, run: &Run) -> Option<Class> {
        let teacher = row.teacher.as_ref().and_then(|number| self.staff.get(number)).copied();
        // Two classes of a subject and grade are told apart by their numbers.
        let section = row.section.clone().or_else(|| row.name.is_none().then(|| row.key.clone()));
        Some(Class {
            campus_id: *self.campuses.get(&row.key)?,
            academic_year_id: self.year.id,
            grade_id,
            homeroom_teacher_id: teacher.filter(|_| row.kind == ClassKind::Homeroom),
            name: row.called(),
            section,
            room: row.room.clone(),
            kind: row.kind,
            status: status(self.year, run),
            deleted_at: None,
        })
    }
}

/// One that is still to come is active as well: the days of its year and of its roll say when it begins.
fn status(year: &Year, run: &Run) -> ClassStatus {
    if year.last < run.at.today { ClassStatus::Closed } else { ClassStatus::Active }
}
