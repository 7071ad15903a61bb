//! Classes: the groups that are taught and called.

use diesel::prelude::*;
use schema::classes;
use uuid::Uuid;

use crate::{
    clock::new_id,
    db::Db,
    error::Result,
    permit::{Grants, UpdateClasses},
    words::{ClassKind, ClassStatus},
};

/// What a form or an import says of a class.
#[derive(Clone, Debug, Insertable, AsChangeset)]
#[diesel(table_name = classes, treat_none_as_null = true)]
pub struct NewClass {
    /// Where it is held.
    pub campus_id: Uuid,
    /// In which year.
    pub academic_year_id: Uuid,
    /// For which grade, if for one.
    pub grade_id: Option<Uuid>,
    /// Who looks after it.
    pub homeroom_teacher_id: Option<Uuid>,
    /// What people call it.
    pub name: String,
    /// Where it meets.
    pub room: Option<String>,
    /// What it is for.
    pub kind: ClassKind,
    /// Whether it runs.
    pub status: ClassStatus,
    /// How many students fit.
    pub capacity: Option<i16>,
}

/// Adds a class and answers its id.
///
/// # Errors
/// [`crate::Error::NotFound`] when campus, year, grade or teacher are not this organization's.
pub fn add(new: &NewClass, db: &mut Db<'_, impl Grants<UpdateClasses>>) -> Result<Uuid> {
    let id = new_id();
    diesel::insert_into(classes::table)
        .values((
            new,
            classes::organization_id.eq(db.organization()),
            classes::id.eq(id),
        ))
        .execute(db.conn())?;
    Ok(id)
}
