//! Whom the words mean that somebody types beside a list of who looked and who changed what.

use diesel::prelude::*;
use schema::students;
use uuid::Uuid;

use crate::{
    db::Db,
    error::Result,
    permit::{Grants, ReadAccessEvents},
    slice::Listing,
};

/// The most students whom typed words can mean.
const MEANT: i64 = 200;

/// The students whom typed words mean, or an id.
pub(crate) fn meant(typed: &str, db: &mut Db<'_, impl Grants<ReadAccessEvents>>) -> Result<Vec<Uuid>> {
    if let Ok(id) = Uuid::parse_str(typed.trim()) {
        return Ok(vec![id]);
    }
    let words = Listing { search: typed.chars().take(100).collect(), ..Listing::default() };
    let mut query = students::table
        .filter(students::organization_id.eq(db.organization()))
        .filter(students::deleted_at.is_null())
        .select(students::id)
        .into_boxed();
    for pattern in words.patterns() {
        query = query.filter(
            students::first_name
                .ilike(pattern.clone())
                .or(students::last_name.ilike(pattern.clone()))
                .or(students::student_number.ilike(pattern)),
        );
    }
    Ok(query.limit(MEANT).load(db.conn())?)
}
