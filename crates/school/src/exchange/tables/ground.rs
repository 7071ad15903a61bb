//! What a school has already that the rows of a table speak of: campuses, years, people, classes.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::super::roster::run::Run;
use crate::{error::Result, words::ClassKind};

/// A campus, by its name or code.
#[derive(Queryable)]
pub(super) struct Campus {
    pub(super) id: Uuid,
    name: String,
    code: String,
}

/// A school year.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Year {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
}

impl Year {
    pub(super) fn includes(&self, day: NaiveDate) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// A reason for a day outside of it.
    pub(super) fn says_when(&self) -> String {
        format!("The year {} runs from {} to {}.", self.name, self.first, self.last)
    }
}

/// The campuses of a school that are in use.
pub(super) struct Campuses(Vec<Campus>);

impl Campuses {
    pub(super) fn all(run: &mut Run) -> Result<Self> {
        use schema::campuses;
        let found = campuses::table
            .filter(campuses::organization_id.eq(run.db.organization()))
            .filter(campuses::deleted_at.is_null())
            .filter(campuses::active)
            .select((campuses::id, campuses::name, campuses::code));
        Ok(Self(found.load(run.db.conn())?))
    }

    /// The campus that a row names, else the one of the whole table; the reason where there is none of that name.
    pub(super) fn of(&self, named: Option<&str>, whole: Option<Uuid>) -> Result<Option<Uuid>, String> {
        let Some(named) = named else {
            return Ok(whole);
        };
        let is_it = |campus: &&Campus| same(&campus.name, named) || same(&campus.code, named);
        match self.0.iter().find(is_it) {
            Some(campus) => Ok(Some(campus.id)),
            None => Err("There is no campus of this name or code.".to_owned()),
        }
    }
}

/// The year of that id.
pub(super) fn year(id: Option<Uuid>, run: &mut Run) -> Result<Year> {
    use schema::academic_years as years;
    Ok(years::table
        .filter(years::organization_id.eq(run.db.organization()))
        .filter(years::deleted_at.is_null())
        .filter(years::id.nullable().eq(id))
        .select((years::id, years::name, years::start_date, years::end_date))
        .first(run.db.conn())?)
}

/// Everybody by the number that the school knows them by.
pub(super) type Numbers = HashMap<String, Uuid>;

pub(super) fn students(run: &mut Run) -> Result<Numbers> {
    use schema::students;
    let found: Vec<(String, Uuid)> = students::table
        .filter(students::organization_id.eq(run.db.organization()))
        .filter(students::deleted_at.is_null())
        .select((students::student_number, students::id))
        .load(run.db.conn())?;
    Ok(found.into_iter().collect())
}

pub(super) fn staff(run: &mut Run) -> Result<Numbers> {
    use schema::staff;
    let found: Vec<(String, Uuid)> = staff::table
        .filter(staff::organization_id.eq(run.db.organization()))
        .filter(staff::deleted_at.is_null())
        .select((staff::employee_number, staff::id))
        .load(run.db.conn())?;
    Ok(found.into_iter().collect())
}

/// A class as rows refer to it.
#[derive(Clone, Queryable)]
pub(super) struct Class {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) section: Option<String>,
    pub(super) kind: ClassKind,
    pub(super) campus: Uuid,
    pub(super) year: Year,
}

/// The classes of a school, by their numbers in tables sent before and by their names.
pub(super) struct Classes {
    pub(super) by_id: HashMap<Uuid, Class>,
    by_key: HashMap<String, Uuid>,
    by_name: HashMap<String, Vec<Uuid>>,
}

impl Classes {
    pub(super) fn all(run: &mut Run) -> Result<Self> {
        use schema::{academic_years as years, classes, external_ids};
        let found: Vec<Class> = classes::table
            .inner_join(
                years::table.on(years::organization_id
                    .eq(classes::organization_id)
                    .and(years::id.eq(classes::academic_year_id))),
            )
            .filter(classes::organization_id.eq(run.db.organization()))
            .filter(classes::deleted_at.is_null())
            .select((
                classes::id,
                classes::name,
                classes::section,
                classes::kind,
                classes::campus_id,
                (years::id, years::name, years::start_date, years::end_date),
            ))
            .load(run.db.conn())?;
        let keys: Vec<(String, Uuid)> = external_ids::table
            .filter(external_ids::organization_id.eq(run.db.organization()))
            .filter(external_ids::source_system.eq(&run.source))
            .filter(external_ids::kind.eq("classes"))
            .select((external_ids::external_id, external_ids::entity_id))
            .load(run.db.conn())?;
        let mut by_name: HashMap<String, Vec<Uuid>> = HashMap::new();
        for class in &found {
            by_name.entry(class.name.to_lowercase()).or_default().push(class.id);
            if let Some(section) = &class.section {
                by_name.entry(format!("{} {section}", class.name).to_lowercase()).or_default().push(class.id);
            }
        }
        let by_id = found.into_iter().map(|class| (class.id, class)).collect();
        Ok(Self { by_id, by_key: keys.into_iter().collect(), by_name })
    }

    /// The class that a row names by its number or name, on a day where there are several of that name.
    pub(super) fn named(&self, name: &str, on: Option<NaiveDate>) -> Result<&Class, String> {
        if let Some(class) = self.by_key.get(name).and_then(|id| self.by_id.get(id)) {
            return Ok(class);
        }
        let called = self.by_name.get(&name.to_lowercase()).into_iter().flatten();
        let called = called.filter_map(|id| self.by_id.get(id));
        let running: Vec<_> = called.filter(|class| on.is_none_or(|day| class.year.includes(day))).collect();
        match running[..] {
            [class] => Ok(class),
            [] => Err("There is no class of this number or name. Bring in the classes first.".to_owned()),
            _ => Err("Several classes have this name. Use the class’s number.".to_owned()),
        }
    }
}

/// The same words, whatever their case.
fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}
