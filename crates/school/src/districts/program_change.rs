//! Adding programs, changing them, and taking away those in which nobody is.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use schema::{programs, school_districts as districts, students, user_programs};
use uuid::Uuid;

use super::{district::District, program::Program};
use crate::{
    clock::new_id,
    db::Db,
    edit::{Edit, author},
    error::{Error, Result},
    permit::{CreatePrograms, DeletePrograms, Permission, UpdatePrograms},
    words::UserProgramStatus,
};

/// What a form says of a program.
#[derive(Clone, Debug, Insertable, AsChangeset)]
#[diesel(table_name = programs, treat_none_as_null = true)]
pub struct Written {
    /// The district that offers it, if one does.
    pub school_district_id: Option<Uuid>,
    /// What it is called, up to 200 characters.
    pub name: String,
    /// What the district's forms and files call it.
    pub code: Option<String>,
    /// What it is for, up to 2000 characters.
    pub description: Option<String>,
}

impl Written {
    /// Adds it and answers its id.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `name` when another has it, for `school_district_id` when there is no such district.
    pub fn add(&self, db: &mut Db<'_, CreatePrograms>) -> Result<Uuid> {
        self.check_district(db)?;
        let id = new_id();
        diesel::insert_into(programs::table)
            .values((self, programs::organization_id.eq(db.organization()), programs::id.eq(id)))
            .execute(db.conn())
            .map_err(taken)?;
        Ok(id)
    }

    /// Changes one, unless somebody else did since it was `seen`.
    ///
    /// # Errors
    /// As [`Written::add`], and [`Error::NotFound`].
    pub fn change(
        &self,
        id: Uuid,
        seen: DateTime<Utc>,
        db: &mut Db<'_, UpdatePrograms>,
    ) -> Result<Edit<Program>> {
        let now = held(id, db)?;
        if now.updated_at != seen {
            let by = author(now.updated_by_id, db)?;
            return Ok(Edit::Stale { now: Box::new(now), by });
        }
        self.check_district(db)?;
        let row = programs::table.find((db.organization(), id));
        diesel::update(row).set(self).execute(db.conn()).map_err(taken)?;
        Ok(Edit::Kept)
    }

    /// The district stays until the transaction ends, so that nobody deletes it meanwhile.
    fn check_district<P: Permission>(&self, db: &mut Db<'_, P>) -> Result<()> {
        let Some(district) = self.school_district_id else { return Ok(()) };
        let row = districts::table.find((db.organization(), district));
        let known: Option<Uuid> = row
            .filter(districts::deleted_at.is_null())
            .select(districts::id)
            .for_share()
            .first(db.conn())
            .optional()?;
        known.map(|_| ()).ok_or_else(|| Error::invalid("school_district_id", "Choose one from the list."))
    }
}

impl Program {
    /// Deletes one in which nobody works and nobody is a student.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Conflict`] with what holds it.
    pub fn remove(id: Uuid, db: &mut Db<'_, DeletePrograms>) -> Result<()> {
        let one = held(id, db)?;
        let people: i64 = user_programs::table
            .filter(user_programs::organization_id.eq(db.organization()))
            .filter(user_programs::program_id.eq(id))
            .filter(user_programs::status.eq(UserProgramStatus::Active))
            .filter(user_programs::deleted_at.is_null())
            .count()
            .get_result(db.conn())?;
        let students: i64 = students::table
            .filter(students::organization_id.eq(db.organization()))
            .filter(students::program_id.eq(id))
            .filter(students::deleted_at.is_null())
            .count()
            .get_result(db.conn())?;
        let holding: Vec<String> = [(people, "person", "people"), (students, "student", "students")]
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
            .collect();
        if !holding.is_empty() {
            let holding = holding.join(" and ");
            return Err(Error::Conflict(format!("{} still has {holding}. Take them out first.", one.name)));
        }
        diesel::update(programs::table.find((db.organization(), id)))
            .set(programs::deleted_at.eq(db.now()))
            .execute(db.conn())?;
        Ok(())
    }

    /// Gives a deleted one back as it was.
    ///
    /// # Errors
    /// [`Error::NotFound`] when none that is deleted has this id; [`Error::Conflict`] when another has its name by now, or
    /// its district is deleted.
    pub fn restore(id: Uuid, db: &mut Db<'_, CreatePrograms>) -> Result<()> {
        let gone = programs::table.find((db.organization(), id)).filter(programs::deleted_at.is_not_null());
        let one: Self = gone.select(Self::as_select()).for_update().first(db.conn())?;
        if let Some(district) = one.school_district_id
            && District::of(district, db).is_err()
        {
            return Err(Error::Conflict("Its district is deleted. Restore the district first.".into()));
        }
        diesel::update(programs::table.find((db.organization(), id)))
            .set(programs::deleted_at.eq(None::<DateTime<Utc>>))
            .execute(db.conn())
            .map_err(|error| taken(error).in_a_sentence())?;
        Ok(())
    }
}

/// A program that stays as it is until the transaction ends.
fn held<P: Permission>(id: Uuid, db: &mut Db<'_, P>) -> Result<Program> {
    let row = programs::table.find((db.organization(), id)).filter(programs::deleted_at.is_null());
    Ok(row.select(Program::as_select()).for_update().first(db.conn())?)
}

/// Whether somebody can be put into a program; it stays until the transaction ends.
///
/// # Errors
/// [`Error::Invalid`] for `program_id` when there is none.
pub(crate) fn joinable<P: Permission>(id: Uuid, db: &mut Db<'_, P>) -> Result<()> {
    let row = programs::table.find((db.organization(), id)).filter(programs::deleted_at.is_null());
    let known: Option<Uuid> = row.select(programs::id).for_share().first(db.conn()).optional()?;
    known.map(|_| ()).ok_or_else(|| Error::invalid("program_id", "Choose one from the list."))
}

fn taken(error: diesel::result::Error) -> Error {
    Error::from(error).taken("programs_name", "name", "Another program has this name.")
}
