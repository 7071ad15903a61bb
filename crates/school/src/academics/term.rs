//! Terms: the parts of a school year, one within another.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use schema::terms;
use uuid::Uuid;

use crate::{
    db::Db,
    error::Result,
    permit::{Grants, ReadCalendarDays},
    reach::Reach,
    words::TermKind,
};

/// A part of a school year.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = terms)]
pub struct Term {
    /// Its id.
    pub id: Uuid,
    /// The year that it is part of.
    pub academic_year_id: Uuid,
    /// The one campus that has it; none: all of them.
    pub campus_id: Option<Uuid>,
    /// The term that it is part of, if of one.
    pub parent_id: Option<Uuid>,
    /// What people call it.
    pub name: String,
    /// How long a part it is.
    pub kind: TermKind,
    /// The first day.
    pub start_date: NaiveDate,
    /// The last day.
    pub end_date: NaiveDate,
    /// When this was last changed; an edit carries it.
    pub updated_at: DateTime<Utc>,
    pub(super) updated_by_id: Option<Uuid>,
}

/// The most terms of a year.
const MOST: i64 = 500;

impl Term {
    /// Whether a day lies in it.
    #[must_use]
    pub fn includes(&self, day: NaiveDate) -> bool {
        (self.start_date..=self.end_date).contains(&day)
    }

    /// The terms of a year that the reader may see, in the order in which they begin, longer ones first. At most 500.
    pub fn of_year(year: Uuid, db: &mut Db<'_, impl Grants<ReadCalendarDays>>) -> Result<Vec<Self>> {
        let mut terms = Self::query()
            .filter(terms::organization_id.eq(db.organization()))
            .filter(terms::academic_year_id.eq(year))
            .filter(terms::deleted_at.is_null())
            .order((terms::start_date, terms::end_date.desc(), terms::name, terms::id))
            .limit(MOST)
            .load(db.conn())?;
        if let Reach::Campuses(own) = db.reach() {
            terms.retain(|term: &Self| term.campus_id.is_none_or(|campus| own.contains(&campus)));
        }
        Ok(terms)
    }

    /// The term with `id` of a year.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] when that year has none.
    pub fn of(year: Uuid, id: Uuid, db: &mut Db<'_, impl Grants<ReadCalendarDays>>) -> Result<Self> {
        let mut terms = Self::of_year(year, db)?.into_iter();
        terms.find(|term| term.id == id).ok_or(crate::Error::NotFound)
    }

    /// Terms with each part under the term that it is part of, and how deep it stands.
    #[must_use]
    pub fn outlined(terms: Vec<Self>) -> Vec<(usize, Self)> {
        let known = |id: Option<Uuid>| terms.iter().find(|term| Some(term.id) == id);
        // What hangs on nothing known stands at the top; a circle, which only an import could make, is cut there too.
        let way = |term: &Self| {
            let mut way = vec![(term.start_date, std::cmp::Reverse(term.end_date), term.id)];
            let mut above = known(term.parent_id);
            while let Some(one) = above.filter(|one| way.iter().all(|(.., id)| *id != one.id)) {
                way.insert(0, (one.start_date, std::cmp::Reverse(one.end_date), one.id));
                above = known(one.parent_id);
            }
            way
        };
        let mut outlined: Vec<_> = terms.iter().map(|term| (way(term), term.clone())).collect();
        outlined.sort_by(|one, other| one.0.cmp(&other.0));
        outlined.into_iter().map(|(way, term)| (way.len() - 1, term)).collect()
    }
}
