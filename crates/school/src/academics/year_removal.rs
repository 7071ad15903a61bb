//! Taking out a school year that was added by mistake.

use diesel::prelude::*;
use schema::{academic_years, classes, external_ids, school_enrollments as places, terms};
use uuid::Uuid;

use super::{year::AcademicYear, year_change::hold};
use crate::{
    db::Db,
    error::{Error, Result},
    permit::UpdateAcademicYears,
};

/// Takes a year out. What the calendar says of its days stays.
///
/// # Errors
/// [`Error::NotFound`] when there is none; [`Error::Conflict`] while terms, classes or students' places are in it, and
/// when an import brings it.
pub fn remove(id: Uuid, db: &mut Db<'_, UpdateAcademicYears>) -> Result<()> {
    let year = hold(db)?.into_iter().find(|year| year.id == id).ok_or(Error::NotFound)?;
    let counts = [
        (terms_in(id, db)?, "term", "terms"),
        (classes_in(id, db)?, "class", "classes"),
        (places_in(id, db)?, "student’s place", "students’ places"),
    ];
    let held: Vec<String> = counts
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }))
        .collect();
    if !held.is_empty() {
        let sentence =
            format!("{} has {} in it. Only an empty year can be taken out.", year.name, in_a_row(&held));
        return Err(Error::Conflict(sentence));
    }
    if is_imported(&year, db)? {
        let sentence =
            format!("{} came with an import, which would bring its classes into it again.", year.name);
        return Err(Error::Conflict(sentence));
    }
    let now = db.now();
    diesel::update(academic_years::table.find((db.organization(), id)))
        .set((academic_years::deleted_at.eq(now), academic_years::current.eq(false)))
        .execute(db.conn())?;
    Ok(())
}

/// *2 terms, 3 classes and 40 students’ places*
pub(super) fn in_a_row(parts: &[String]) -> String {
    match parts {
        [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        parts => parts.concat(),
    }
}

fn terms_in(year: Uuid, db: &mut Db<'_, UpdateAcademicYears>) -> Result<i64> {
    Ok(terms::table
        .filter(terms::organization_id.eq(db.organization()))
        .filter(terms::academic_year_id.eq(year))
        .filter(terms::deleted_at.is_null())
        .count()
        .get_result(db.conn())?)
}

fn classes_in(year: Uuid, db: &mut Db<'_, UpdateAcademicYears>) -> Result<i64> {
    Ok(classes::table
        .filter(classes::organization_id.eq(db.organization()))
        .filter(classes::academic_year_id.eq(year))
        .filter(classes::deleted_at.is_null())
        .count()
        .get_result(db.conn())?)
}

fn places_in(year: Uuid, db: &mut Db<'_, UpdateAcademicYears>) -> Result<i64> {
    Ok(places::table
        .filter(places::organization_id.eq(db.organization()))
        .filter(places::academic_year_id.eq(year))
        .filter(places::deleted_at.is_null())
        .count()
        .get_result(db.conn())?)
}

fn is_imported(year: &AcademicYear, db: &mut Db<'_, UpdateAcademicYears>) -> Result<bool> {
    let known = external_ids::table
        .filter(external_ids::organization_id.eq(db.organization()))
        .filter(external_ids::entity.eq("academic_years"))
        .filter(external_ids::entity_id.eq(year.id));
    Ok(diesel::select(diesel::dsl::exists(known)).get_result(db.conn())?)
}
