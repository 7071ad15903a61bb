//! Erasures as they are read: with the student, while they are there, and the names of both persons.

use diesel::prelude::*;
use schema::{erasures, students, users};
use uuid::Uuid;

use super::erasure::Erasure;
use crate::{
    db::Db,
    error::{Error, Result},
    people::student::Student,
    permit::{Grants, Permission, ReadErasures},
};

/// The most that are listed.
const LISTED: i64 = 200;

/// With the student, while they are there, and the names of both persons.
#[derive(Clone, Debug)]
pub struct Told {
    /// What was asked.
    pub erasure: Erasure,
    /// The student; none once they are gone.
    pub student: Option<Student>,
    /// Who asked.
    pub asked_by: String,
    /// Who decided.
    pub decided_by: Option<String>,
}

impl Told {
    /// All of them, the latest first. At most 200.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away.
    pub fn listed(db: &mut Db<'_, impl Grants<ReadErasures>>) -> Result<Vec<Self>> {
        let rows = kept(db).order(erasures::asked_at.desc()).limit(LISTED).load(db.conn())?;
        told(rows, db)
    }

    /// One of them.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub fn of(id: Uuid, db: &mut Db<'_, impl Grants<ReadErasures>>) -> Result<Self> {
        let row: Erasure = kept(db).filter(erasures::id.eq(id)).first(db.conn())?;
        told(vec![row], db)?.pop().ok_or(Error::NotFound)
    }
}

fn kept<P: Permission>(
    db: &Db<'_, P>,
) -> erasures::BoxedQuery<
    'static,
    diesel::pg::Pg,
    diesel::dsl::SqlTypeOf<diesel::dsl::AsSelect<Erasure, diesel::pg::Pg>>,
> {
    erasures::table
        .filter(erasures::organization_id.eq(db.organization()))
        .filter(erasures::deleted_at.is_null())
        .select(Erasure::as_select())
        .into_boxed()
}

fn told(rows: Vec<Erasure>, db: &mut Db<'_, impl Grants<ReadErasures>>) -> Result<Vec<Told>> {
    let who: Vec<Uuid> =
        rows.iter().flat_map(|row| [Some(row.asked_by_id), row.decided_by_id]).flatten().collect();
    let people: Vec<(Uuid, String, String)> = users::table
        .filter(users::organization_id.eq(db.organization()))
        .filter(users::id.eq_any(who))
        .select((users::id, users::first_name, users::last_name))
        .load(db.conn())?;
    let children: Vec<Student> = students::table
        .filter(students::organization_id.eq(db.organization()))
        .filter(students::id.eq_any(rows.iter().map(|row| row.student_id).collect::<Vec<_>>()))
        .select(Student::as_select())
        .load(db.conn())?;
    let name = |id: Uuid| {
        let found = people.iter().find(|(user, ..)| *user == id);
        found.map_or_else(|| "Somebody".into(), |(_, first, last)| format!("{first} {last}"))
    };
    let one = |erasure: Erasure| Told {
        student: children.iter().find(|child| child.id == erasure.student_id).cloned(),
        asked_by: name(erasure.asked_by_id),
        decided_by: erasure.decided_by_id.map(name),
        erasure,
    };
    Ok(rows.into_iter().map(one).collect())
}
