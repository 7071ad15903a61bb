//! Adding a term to a year, changing it and taking it out.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use schema::{academic_years, terms};
use uuid::Uuid;

use super::{campus::Campus, term::Term, year::AcademicYear};
use crate::{
    clock::new_id,
    db::Db,
    edit::{Edit, author},
    error::{Error, Result},
    permit::UpdateAcademicYears,
    words::TermKind,
};

/// What a form says of a term.
#[derive(Clone, Debug, Insertable, AsChangeset)]
#[diesel(table_name = terms, treat_none_as_null = true)]
pub struct Written {
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
}

impl Written {
    /// Adds the term to a year and answers its id.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such year; [`Error::Invalid`] when the term does not fit into it.
    pub fn add(&self, year: Uuid, db: &mut Db<'_, UpdateAcademicYears>) -> Result<Uuid> {
        let (year, terms) = hold(year, db)?;
        let id = new_id();
        self.check(id, &year, &terms, db)?;
        diesel::insert_into(terms::table)
            .values((
                self,
                terms::organization_id.eq(db.organization()),
                terms::id.eq(id),
                terms::academic_year_id.eq(year.id),
            ))
            .execute(db.conn())?;
        Ok(id)
    }

    /// Changes a term, unless somebody else changed it since it was `seen`.
    ///
    /// # Errors
    /// As [`Written::add`], and [`Error::Invalid`] when its own parts would no longer fit into it.
    pub fn change(
        &self,
        (year, id): (Uuid, Uuid),
        seen: DateTime<Utc>,
        db: &mut Db<'_, UpdateAcademicYears>,
    ) -> Result<Edit<Term>> {
        let (year, terms) = hold(year, db)?;
        let now = terms.iter().find(|term| term.id == id).ok_or(Error::NotFound)?;
        if now.updated_at != seen {
            let by = author(now.updated_by_id, db)?;
            return Ok(Edit::Stale { now: Box::new(now.clone()), by });
        }
        self.check(id, &year, &terms, db)?;
        diesel::update(terms::table.find((db.organization(), id))).set(self).execute(db.conn())?;
        Ok(Edit::Kept)
    }

    fn check(
        &self,
        id: Uuid,
        year: &AcademicYear,
        terms: &[Term],
        db: &mut Db<'_, UpdateAcademicYears>,
    ) -> Result<()> {
        if let Some(campus) = self.campus_id
            && !Campus::all(db)?.iter().any(|one| one.id == campus)
        {
            return Err(Error::invalid("campus_id", "Choose one from the list."));
        }
        self.check_within("start_date", year.start_date, year.end_date, &year.says_when())?;
        self.check_parent(id, terms)?;
        self.check_parts(id, terms)?;
        self.check_siblings(id, terms)
    }

    fn check_within(&self, field: &'static str, first: NaiveDate, last: NaiveDate, said: &str) -> Result<()> {
        let inside = |day: NaiveDate| (first..=last).contains(&day);
        match (inside(self.start_date), inside(self.end_date)) {
            (true, true) => Ok(()),
            (false, _) => Err(Error::invalid(field, said)),
            (true, false) => Err(Error::invalid("end_date", said)),
        }
    }

    /// It lies in its parent, which has no other campus and is not itself part of this one.
    fn check_parent(&self, id: Uuid, terms: &[Term]) -> Result<()> {
        let Some(parent) = self.parent_id else { return Ok(()) };
        let known = |id: Uuid| terms.iter().find(|term| term.id == id);
        let parent = known(parent).ok_or_else(|| Error::invalid("parent_id", "Choose one from the list."))?;
        let mut above = Some(parent);
        // A year has at most so many terms, so a longer way up goes in a circle.
        for _ in 0..=terms.len() {
            let Some(one) = above else { break };
            if one.id == id {
                return Err(Error::invalid("parent_id", "A term cannot be part of itself."));
            }
            above = one.parent_id.and_then(known);
        }
        if parent.campus_id.is_some() && parent.campus_id != self.campus_id {
            return Err(Error::invalid("campus_id", format!("{} is of another campus.", parent.name)));
        }
        self.check_within("start_date", parent.start_date, parent.end_date, &says_when(parent))
    }

    fn check_parts(&self, id: Uuid, terms: &[Term]) -> Result<()> {
        let sticks_out = |part: &&Term| part.start_date < self.start_date || part.end_date > self.end_date;
        match terms.iter().filter(|term| term.parent_id == Some(id)).find(sticks_out) {
            Some(part) if part.start_date < self.start_date => {
                Err(Error::invalid("start_date", format!("It has a part: {}", says_when(part))))
            }
            Some(part) => Err(Error::invalid("end_date", format!("It has a part: {}", says_when(part)))),
            None => Ok(()),
        }
    }

    /// Two terms of one kind, campus and parent have no day in common.
    fn check_siblings(&self, id: Uuid, terms: &[Term]) -> Result<()> {
        let beside = |term: &&Term| {
            (term.kind, term.campus_id, term.parent_id) == (self.kind, self.campus_id, self.parent_id)
                && term.id != id
        };
        let overlaps = |term: &&Term| term.start_date <= self.end_date && self.start_date <= term.end_date;
        match terms.iter().filter(beside).find(overlaps) {
            Some(term) => {
                let field = if term.includes(self.start_date) { "start_date" } else { "end_date" };
                Err(Error::invalid(field, format!("{} The two would overlap.", says_when(term))))
            }
            None => Ok(()),
        }
    }
}

/// Takes a term out of its year.
///
/// # Errors
/// [`Error::NotFound`] when there is none; [`Error::Conflict`] while other terms are part of it.
pub fn remove(year: Uuid, id: Uuid, db: &mut Db<'_, UpdateAcademicYears>) -> Result<()> {
    let (_, all) = hold(year, db)?;
    let term = all.iter().find(|term| term.id == id).ok_or(Error::NotFound)?;
    if let Some(part) = all.iter().find(|one| one.parent_id == Some(id)) {
        let held = format!("{} is part of {}. Take that out first.", part.name, term.name);
        return Err(Error::Conflict(held));
    }
    let now = db.now();
    diesel::update(terms::table.find((db.organization(), id)))
        .set(terms::deleted_at.eq(now))
        .execute(db.conn())?;
    Ok(())
}

/// The year, held until the transaction ends, so that two people do not add two terms that overlap; and its terms.
fn hold(year: Uuid, db: &mut Db<'_, UpdateAcademicYears>) -> Result<(AcademicYear, Vec<Term>)> {
    let held = academic_years::table.find((db.organization(), year));
    let _: Uuid = held.select(academic_years::id).for_update().first(db.conn())?;
    let year = AcademicYear::of(year, db)?;
    let terms = Term::of_year(year.id, db)?;
    Ok((year, terms))
}

fn says_when(term: &Term) -> String {
    format!(
        "{} runs from {} to {}.",
        term.name,
        term.start_date.format("%-d %B %Y"),
        term.end_date.format("%-d %B %Y")
    )
}
