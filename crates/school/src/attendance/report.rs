//! What the days of a span add up to, by grade, homeroom or campus.

use chrono::NaiveDate;
use diesel::prelude::*;
use schema::{campuses, classes, grades};
use uuid::Uuid;

use super::totals::Totals;
use crate::{
    db::Db,
    error::Result,
    permit::{Grants, Permission, ReadAttendanceReports},
    reach::Sees,
    sql::report::{self, Added, Span},
};

/// The most classes, grades or campuses that are named.
const MOST: i64 = 5000;

/// What days are added up by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    /// The grade in which a student was on the day.
    #[default]
    Grade,
    /// The homeroom.
    Class,
    /// The campus whose register counted the day.
    Campus,
}

impl Grouping {
    /// Every value, in the order in which a form offers them.
    pub const ALL: &'static [Self] = &[Self::Grade, Self::Class, Self::Campus];

    /// The word in addresses and files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Grade => "grade",
            Self::Class => "class",
            Self::Campus => "campus",
        }
    }

    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Grade => "Grade",
            Self::Class => "Class",
            Self::Campus => "Campus",
        }
    }

    /// The value that a word names.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|grouping| grouping.word() == word)
    }
}

/// A grade, class or campus and what its days add up to.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Which; none for days of students who stood in none.
    pub place: Option<Uuid>,
    /// What it is called; empty where there is none.
    pub name: String,
    /// A class's campus.
    pub campus: Option<String>,
    /// A class's grade.
    pub grade: Option<String>,
    /// Students who stood there on any day of the span.
    pub enrolled: i64,
    /// Their days.
    pub totals: Totals,
}

/// A report.
#[derive(Clone, Debug)]
pub struct Report {
    /// In the order of grades, or by name; days that belong to no grade or class last.
    pub lines: Vec<Line>,
    /// Everybody together, each student once.
    pub all: Line,
}

impl Report {
    /// The days from `first` to `last`, inclusive, as far as the reader sees; of one campus where one is given.
    ///
    /// # Errors
    /// [`crate::Error::Unavailable`] when the database is away.
    pub fn between(
        grouping: Grouping,
        (first, last): (NaiveDate, NaiveDate),
        campus: Option<Uuid>,
        db: &mut Db<'_, impl Grants<ReadAttendanceReports>>,
    ) -> Result<Self> {
        let Sees { everything, campuses: reached, .. } = db.sees();
        let (everywhere, campuses) = match campus {
            Some(one) if everything || reached.contains(&one) => (false, vec![one]),
            Some(_) => (false, Vec::new()),
            None => (everything, reached),
        };
        let organization = db.organization();
        let span = Span { organization, everywhere, campuses: &campuses, first, last };
        let added = report::attendance_between(grouping.word(), &span, db.conn())?;
        let places: Vec<Uuid> = added.iter().filter_map(|one| one.place).collect();
        let named = named(grouping, &places, db)?;
        let mut all = Line::default();
        let mut lines = Vec::new();
        for one in added {
            if one.is_all {
                all = Line { enrolled: one.enrolled, totals: one.totals(), ..Line::default() };
            } else {
                let at = named.iter().position(|name| Some(name.place) == one.place);
                let name = at.and_then(|at| named.get(at));
                lines.push((at.unwrap_or(usize::MAX), Line::of(&one, name)));
            }
        }
        lines.sort_by(|(one, a), (other, b)| one.cmp(other).then(a.place.cmp(&b.place)));
        let lines = lines.into_iter().map(|(_, line)| line);
        Ok(Self { lines: lines.filter(|line| line.enrolled > 0 || line.totals.possible > 0).collect(), all })
    }
}

impl Line {
    fn of(one: &Added, named: Option<&Named>) -> Self {
        Self {
            place: one.place.filter(|_| named.is_some()),
            name: named.map(|named| named.name.clone()).unwrap_or_default(),
            campus: named.and_then(|named| named.campus.clone()),
            grade: named.and_then(|named| named.grade.clone()),
            enrolled: one.enrolled,
            totals: one.totals(),
        }
    }
}

impl Added {
    fn totals(&self) -> Totals {
        Totals {
            possible: self.possible,
            attended: self.attended,
            excused: self.excused,
            awaiting: self.awaiting,
            lates: self.lates,
            minutes_late: self.minutes_late,
        }
    }
}

/// What a place is called, and for a class where it is and for which grade.
struct Named {
    place: Uuid,
    name: String,
    campus: Option<String>,
    grade: Option<String>,
}

/// The names of places, in the order in which they stand. Deleted ones have had days too.
fn named<P: Permission>(grouping: Grouping, places: &[Uuid], db: &mut Db<'_, P>) -> Result<Vec<Named>> {
    let organization = db.organization();
    let plain = |(place, name): (Uuid, String)| Named { place, name, campus: None, grade: None };
    let found: Vec<(Uuid, String)> = match grouping {
        Grouping::Grade => grades::table
            .filter(grades::organization_id.eq(organization))
            .filter(grades::id.eq_any(places))
            .select((grades::id, grades::name))
            .order((grades::sort_order, grades::id))
            .limit(MOST)
            .load(db.conn())?,
        Grouping::Campus => campuses::table
            .filter(campuses::organization_id.eq(organization))
            .filter(campuses::id.eq_any(places))
            .select((campuses::id, campuses::name))
            .order((campuses::name, campuses::id))
            .limit(MOST)
            .load(db.conn())?,
        Grouping::Class => return of_classes(places, db),
    };
    Ok(found.into_iter().map(plain).collect())
}

fn of_classes<P: Permission>(places: &[Uuid], db: &mut Db<'_, P>) -> Result<Vec<Named>> {
    let at = campuses::organization_id.eq(classes::organization_id).and(campuses::id.eq(classes::campus_id));
    let of =
        grades::organization_id.eq(classes::organization_id).and(grades::id.nullable().eq(classes::grade_id));
    let found: Vec<(Uuid, String, String, Option<String>)> = classes::table
        .inner_join(campuses::table.on(at))
        .left_join(grades::table.on(of))
        .filter(classes::organization_id.eq(db.organization()))
        .filter(classes::id.eq_any(places))
        .select((classes::id, classes::name, campuses::name, grades::name.nullable()))
        .order((campuses::name, grades::sort_order.nullable(), classes::name, classes::id))
        .limit(MOST)
        .load(db.conn())?;
    let named = |(place, name, campus, grade)| Named { place, name, campus: Some(campus), grade };
    Ok(found.into_iter().map(named).collect())
}
