//! Grade levels.

use diesel::prelude::*;
use schema::grades;
use uuid::Uuid;

use crate::{
    clock::new_id,
    db::Db,
    error::Result,
    permit::{Permission, Seed},
};

/// A grade level.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = grades)]
pub struct Grade {
    /// Its id.
    pub id: Uuid,
    /// What people read.
    pub name: String,
    /// Its short code.
    pub code: String,
    /// Its place in the order of grades.
    pub sort_order: i32,
}

impl Grade {
    /// Every grade, lowest first. At most 100.
    pub fn all(db: &mut Db<'_, impl Permission>) -> Result<Vec<Self>> {
        Ok(Self::query()
            .filter(grades::organization_id.eq(db.organization()))
            .filter(grades::deleted_at.is_null())
            .order((grades::sort_order, grades::id))
            .limit(100)
            .load(db.conn())?)
    }

    /// Adds a grade and answers its id.
    pub fn add(name: &str, code: &str, sort_order: i32, db: &mut Db<'_, Seed>) -> Result<Uuid> {
        let id = new_id();
        diesel::insert_into(grades::table)
            .values((
                grades::organization_id.eq(db.organization()),
                grades::id.eq(id),
                grades::name.eq(name),
                grades::code.eq(code),
                grades::sort_order.eq(sort_order),
            ))
            .execute(db.conn())?;
        Ok(id)
    }
}
