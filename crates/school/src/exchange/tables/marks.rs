//! A table of attendance: each row a student's mark of a day.

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::{
    super::{oneroster::Rejected, roster::run::Run},
    cells::{Cells, Rows},
    ground::{self, Classes, Numbers},
    mapping::Mapping,
    registers,
    student_rows::NUMBER,
};
use crate::{
    attendance::code::{self, Code},
    error::Result,
    words::CodeTiming,
};

/// Characters of a remark.
const REMARK: usize = 300;

/// A row that could be read.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) line: u64,
    pub(super) student: Uuid,
    pub(super) day: NaiveDate,
    pub(super) class: Option<Uuid>,
    /// The code's place among the school's.
    pub(super) code: usize,
    pub(super) minutes: Option<i16>,
    pub(super) remark: Option<Box<str>>,
}

impl Mark {
    /// What it is about, and what it says of it.
    fn about(&self) -> (Uuid, NaiveDate, Option<Uuid>) {
        (self.student, self.day, self.class)
    }

    fn says(&self) -> (usize, Option<i16>, Option<&str>) {
        (self.code, self.minutes, self.remark.as_deref())
    }
}

/// What rows speak of.
struct Known<'k> {
    students: Numbers,
    classes: &'k Classes,
    codes: &'k [Code],
    words: HashMap<&'k str, usize>,
}

/// Brings the table in.
pub(super) fn bring(rows: &Rows, mapping: &Mapping, run: &mut Run) -> Result<()> {
    run.step("rows")?;
    let codes = code::all(run.db)?;
    let classes = Classes::all(run)?;
    let place = |name: &str| codes.iter().position(|code| code.code == name && code.is_in_use());
    let words = mapping.words.iter().filter_map(|(word, name)| Some((word.as_str(), place(name)?)));
    let known =
        Known { students: ground::students(run)?, classes: &classes, codes: &codes, words: words.collect() };
    let mut marks = Vec::new();
    for cells in rows.iter() {
        match known.read(cells) {
            Ok(mark) => marks.push(mark),
            Err(problems) => run.report.rejected.extend(problems),
        }
    }
    drop(known);
    once(&mut marks, rows, run);
    registers::bring(marks, &registers::Words { rows, codes: &codes, classes: &classes }, run)
}

impl Known<'_> {
    fn read(&self, mut cells: Cells) -> Result<Mark, Vec<Rejected>> {
        let number = cells.needed("student", NUMBER);
        let student = self.students.get(&number).copied();
        if student.is_none() && !number.is_empty() {
            cells.refuse("student", "There is no student of this number. Bring in the students first.");
        }
        let day = cells.day("day");
        if day.is_none() && cells.raw("day").trim().is_empty() {
            cells.refuse("day", "A value is needed here.");
        }
        let class = self.class(&mut cells, day);
        let code = self.code(&mut cells);
        let late = self.codes.get(code).is_some_and(|code| code.timing == CodeTiming::Late);
        let minutes = cells.number_in("minutes", (0, 1440)).filter(|minutes| late && *minutes > 0);
        let remark = cells.text("remark", REMARK).map(String::into_boxed_str);
        let (student, day) = (student.unwrap_or_default(), day.unwrap_or_default());
        let line = cells.number();
        Ok(cells.done(Mark { line, student, day, class, code, minutes, remark })?.row)
    }

    fn class(&self, cells: &mut Cells, day: Option<NaiveDate>) -> Option<Uuid> {
        let name = cells.text("class", 255)?;
        match self.classes.named(&name, day) {
            Ok(class) => Some(class.id),
            Err(reason) => {
                cells.refuse("class", reason);
                None
            }
        }
    }

    fn code(&self, cells: &mut Cells) -> usize {
        let word = cells.raw("status").trim();
        let found = self.words.get(word).copied();
        match found {
            Some(code) => code,
            None if word.is_empty() => {
                cells.refuse("status", "A value is needed here.");
                0
            }
            None => {
                cells.refuse("status", "Nobody said what this means. Match the columns again.");
                0
            }
        }
    }
}

/// Of rows that say the same of a student's day the first counts; where they differ none does.
fn once(marks: &mut Vec<Mark>, rows: &Rows, run: &mut Run) {
    marks.sort_by_key(|mark| (mark.about(), mark.line));
    let mut kept = Vec::with_capacity(marks.len());
    for group in marks.chunk_by(|one, next| one.about() == next.about()) {
        let Some((first, others)) = group.split_first() else { continue };
        let same = others.iter().all(|other| other.says() == first.says());
        let (wrong, reason) = if same {
            kept.push(first.clone());
            (others, format!("The same row stands on line {} already.", first.line))
        } else {
            let lines = group.iter().take(5).map(|mark| mark.line.to_string()).collect::<Vec<_>>().join(", ");
            (
                group,
                format!(
                    "Rows about this student’s day differ (lines {lines}), so it is unclear which one counts."
                ),
            )
        };
        for mark in wrong {
            run.report.rejected.push(rows.rejected(mark.line, ("day", &mark.day.to_string()), &*reason));
        }
    }
    *marks = kept;
}
