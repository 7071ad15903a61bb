//! Adding a class, and changing it when nobody else did meanwhile.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use schema::{class_enrollments, classes};
use uuid::Uuid;

use super::{
    campus::Campus,
    class::{Class, NewClass, hold, insert},
    class_staff::works_here,
    grade::Grade,
    year::AcademicYear,
};
use crate::{
    db::Db,
    edit::{Edit, author},
    error::{Error, Result},
    permit::UpdateClasses,
};

/// What a form says of a class, with its section.
#[derive(Clone, Debug)]
pub struct Written {
    /// Name, place and the rest.
    pub class: NewClass,
    /// Which of several of the same name.
    pub section: Option<String>,
}

/// Whether anybody was ever on its roll: registers and rolls hang on what a class is.
fn had_students(class: Uuid, db: &mut Db<'_, UpdateClasses>) -> Result<bool> {
    let seats = class_enrollments::table
        .filter(class_enrollments::organization_id.eq(db.organization()))
        .filter(class_enrollments::class_id.eq(class))
        .filter(class_enrollments::deleted_at.is_null());
    Ok(diesel::select(diesel::dsl::exists(seats)).get_result(db.conn())?)
}

impl Written {
    /// Adds the class and answers its id.
    ///
    /// # Errors
    /// [`Error::Invalid`] when campus, year, grade or teacher are not among those offered.
    pub fn add(&self, db: &mut Db<'_, UpdateClasses>) -> Result<Uuid> {
        self.check(db)?;
        let id = insert(&self.class, db)?;
        self.keep(id, db)?;
        Ok(id)
    }

    /// Changes the class, unless somebody else changed it since it was `seen`.
    ///
    /// # Errors
    /// As [`Written::add`], and [`Error::NotFound`] out of reach.
    pub fn change(
        &self,
        id: Uuid,
        seen: DateTime<Utc>,
        db: &mut Db<'_, UpdateClasses>,
    ) -> Result<Edit<Class>> {
        hold(&[id], db)?;
        let now = Class::of(id, db)?;
        if now.updated_at != seen {
            let by = author(now.updated_by_id, db)?;
            let now = Box::new(now);
            return Ok(Edit::Stale { now, by });
        }
        self.check(db)?;
        if now.kind != self.class.kind && had_students(id, db)? {
            let stays = "Students were on its roll, so it stays what it is. Add another class instead.";
            return Err(Error::invalid("kind", stays));
        }
        self.keep(id, db)?;
        Ok(Edit::Kept)
    }

    fn keep(&self, id: Uuid, db: &mut Db<'_, UpdateClasses>) -> Result<()> {
        diesel::update(classes::table.find((db.organization(), id)))
            .set((&self.class, classes::section.eq(&self.section)))
            .execute(db.conn())?;
        Ok(())
    }

    fn check(&self, db: &mut Db<'_, UpdateClasses>) -> Result<()> {
        let class = &self.class;
        let campus = Campus::is_offered(class.campus_id, db)?;
        let year = AcademicYear::all(db)?.iter().any(|one| one.id == class.academic_year_id);
        let grade = match class.grade_id {
            Some(grade) => Grade::all(db)?.iter().any(|one| one.id == grade),
            None => true,
        };
        let teacher = match class.homeroom_teacher_id {
            Some(teacher) => works_here(teacher, db)?,
            None => true,
        };
        let fields = [
            ("campus_id", campus),
            ("academic_year_id", year),
            ("grade_id", grade),
            ("homeroom_teacher_id", teacher),
        ];
        match fields.into_iter().find(|(_, known)| !known) {
            Some((field, _)) => Err(Error::invalid(field, "Choose one from the list.")),
            None => Ok(()),
        }
    }
}
