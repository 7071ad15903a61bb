//! A term as typed.

use school::{
    Uuid,
    academics::{campus::Campus, term::Term, term_change::Written, year::AcademicYear},
    db::Db,
    permit::UpdateAcademicYears,
    words::TermKind,
};
use serde::Deserialize;

use crate::web::{dates, form::Errors, stale, stale::Labelled};

/// The year, and what a term of it can be made of.
pub(super) struct Offered {
    pub(super) year: AcademicYear,
    pub(super) campuses: Vec<Campus>,
    pub(super) terms: Vec<Term>,
}

impl Offered {
    /// Whatever is not part of the term itself.
    pub(super) fn by(
        year: Uuid,
        but: Option<Uuid>,
        db: &mut Db<'_, UpdateAcademicYears>,
    ) -> school::Result<Self> {
        let mut terms = Term::of_year(year, db)?;
        terms.retain(|term| Some(term.id) != but);
        Ok(Self { year: AcademicYear::of(year, db)?, campuses: Campus::all(db)?, terms })
    }
}

/// The fields; every one is text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct TermForm {
    pub(super) seen: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) start_date: String,
    pub(super) end_date: String,
    pub(super) campus_id: String,
    pub(super) parent_id: String,
}

impl TermForm {
    /// The form for a term that is known.
    pub(super) fn of(term: &Term) -> Self {
        let id = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        Self {
            seen: stale::written(term.updated_at),
            name: term.name.clone(),
            kind: term.kind.word().into(),
            start_date: dates::written(Some(term.start_date)),
            end_date: dates::written(Some(term.end_date)),
            campus_id: id(term.campus_id),
            parent_id: id(term.parent_id),
        }
    }

    /// What the form says, or what is wrong with it.
    pub(super) fn check(&self) -> Result<Written, Errors> {
        let mut errors = Errors::default();
        let e = &mut errors;
        let name = e.needed("name", &self.name, 60);
        let kind = e.needed_word("kind", TermKind::named(&self.kind), TermKind::Term);
        let start_date = e.needed_day("start_date", &self.start_date);
        let end_date = e.needed_day("end_date", &self.end_date);
        if e.on("start_date").is_empty() && end_date < start_date {
            e.add("end_date", "The last day comes before the first.");
        }
        let campus_id = e.choice("campus_id", &self.campus_id);
        let parent_id = e.choice("parent_id", &self.parent_id);
        errors.or(Written { campus_id, parent_id, name, kind, start_date, end_date })
    }

    /// The fields as people read them, to compare two versions.
    pub(super) fn labelled(&self, offered: &Offered) -> Labelled {
        let campus = offered.campuses.iter().find(|one| one.id.to_string() == self.campus_id);
        let parent = offered.terms.iter().find(|one| one.id.to_string() == self.parent_id);
        vec![
            ("Name", self.name.clone()),
            ("Kind", TermKind::named(&self.kind).map_or("", TermKind::label).into()),
            ("First day", self.start_date.clone()),
            ("Last day", self.end_date.clone()),
            ("Campus", campus.map_or_else(|| "All".into(), |one| one.name.clone())),
            ("Part of", parent.map(|one| one.name.clone()).unwrap_or_default()),
        ]
    }
}
