//! The campuses of a school as its list shows them.

use std::collections::HashMap;

use chrono::NaiveTime;
use diesel::{prelude::*, sql_types::Bool};
use schema::{campuses, organizations, school_enrollments as places};
use uuid::Uuid;

use crate::{
    db::Db,
    error::Result,
    permit::{Grants, ReadCampuses},
    sql::coalesce,
};

/// A campus in the list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Its short code.
    pub code: String,
    /// The colour that it wears, `#rrggbb`.
    pub color: Option<String>,
    /// The IANA zone by which it lives: its own, or the organization's.
    pub zone: String,
    /// When its day begins.
    pub day_starts_at: NaiveTime,
    /// When its day ends.
    pub day_ends_at: NaiveTime,
    /// Whether it is in use.
    pub active: bool,
}

impl Listed {
    /// The campuses in reach, by name, each with how many students have a place there today; those out of use last. At most
    /// 500.
    pub fn all(db: &mut Db<'_, impl Grants<ReadCampuses>>) -> Result<Vec<(Self, i64)>> {
        let sees = db.sees();
        let found: Vec<Self> = campuses::table
            .inner_join(organizations::table.on(organizations::id.eq(campuses::organization_id)))
            .filter(campuses::organization_id.eq(db.organization()))
            .filter(campuses::deleted_at.is_null())
            .filter(sees.everything.into_sql::<Bool>().or(campuses::id.eq_any(sees.campuses)))
            .select((
                (campuses::id, campuses::name, campuses::code, campuses::color),
                coalesce(campuses::time_zone, organizations::time_zone),
                (campuses::day_starts_at, campuses::day_ends_at, campuses::active),
            ))
            .order((campuses::active.desc(), campuses::name, campuses::id))
            .limit(500)
            .load::<Row>(db.conn())?
            .into_iter()
            .map(Self::read)
            .collect();
        let students = students_at(&found, db)?;
        let counted = found.into_iter().map(|campus| {
            let count = students.get(&campus.id).copied().unwrap_or_default();
            (campus, count)
        });
        Ok(counted.collect())
    }

    fn read(((id, name, code, color), zone, (day_starts_at, day_ends_at, active)): Row) -> Self {
        Self { id, name, code, color, zone, day_starts_at, day_ends_at, active }
    }
}

type Row = ((Uuid, String, String, Option<String>), String, (NaiveTime, NaiveTime, bool));

/// How many students have a place at each campus today.
fn students_at(
    campuses: &[Listed],
    db: &mut Db<'_, impl Grants<ReadCampuses>>,
) -> Result<HashMap<Uuid, i64>> {
    let today = db.today();
    let found: Vec<(Uuid, i64)> = places::table
        .filter(places::organization_id.eq(db.organization()))
        .filter(places::campus_id.eq_any(campuses.iter().map(|campus| campus.id)))
        .filter(places::deleted_at.is_null())
        .filter(places::enters_on.le(today))
        .filter(places::leaves_on.is_null().or(places::leaves_on.ge(today)))
        .group_by(places::campus_id)
        .select((places::campus_id, diesel::dsl::count(places::student_id).aggregate_distinct()))
        .load(db.conn())?;
    Ok(found.into_iter().collect())
}
