//! Everything that is written of a student, and changing it when nobody else did meanwhile.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use schema::students;
use uuid::Uuid;

use super::student::{NewStudent, Student, number_taken, visible};
use crate::{
    db::Db,
    districts::program_change::joinable,
    edit::{Edit, author},
    error::Result,
    permit::{Grants, Permission, ReadStudents, UpdateStudents},
    words::{Gender, StudentStatus},
};

/// A student as their own page shows one.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = students)]
pub struct Particulars {
    /// What lists show too.
    #[diesel(embed)]
    pub student: Student,
    /// Middle name.
    pub middle_name: Option<String>,
    /// First name at birth, where it differs.
    pub birth_first_name: Option<String>,
    /// Family name at birth, where it differs.
    pub birth_last_name: Option<String>,
    /// As recorded.
    pub gender: Gender,
    /// Their own address for mail.
    pub email: Option<String>,
    /// Their own telephone.
    pub phone: Option<String>,
    /// Where they live.
    pub address: Option<String>,
    /// What the district knows them by.
    pub identifier: Option<String>,
    /// The program that they are in.
    pub program_id: Option<Uuid>,
    /// Which year of it, from 1.
    pub program_year: Option<i16>,
    /// When they are expected to finish.
    pub expected_grad: Option<NaiveDate>,
    /// When their plan is looked at again.
    pub next_review_on: Option<NaiveDate>,
    /// The first day of the place that they have now.
    pub enrollment_date: Option<NaiveDate>,
    /// When this was last changed; an edit carries it.
    pub updated_at: DateTime<Utc>,
    updated_by_id: Option<Uuid>,
}

/// What only a form says of a student.
#[derive(Clone, Debug, Default, AsChangeset)]
#[diesel(table_name = students, treat_none_as_null = true)]
pub struct Background {
    /// First name at birth, where it differs.
    pub birth_first_name: Option<String>,
    /// Family name at birth, where it differs.
    pub birth_last_name: Option<String>,
    /// What the district knows them by.
    pub identifier: Option<String>,
    /// The program that they are in.
    pub program_id: Option<Uuid>,
    /// Which year of it, from 1 to 20.
    pub program_year: Option<i16>,
    /// When they are expected to finish.
    pub expected_grad: Option<NaiveDate>,
    /// When their plan is looked at again.
    pub next_review_on: Option<NaiveDate>,
}

impl Background {
    /// Refuses a program that is not there, unless they are in it already.
    pub(super) fn check<P: Permission>(&self, now: Option<Uuid>, db: &mut Db<'_, P>) -> Result<()> {
        match self.program_id.filter(|program| now != Some(*program)) {
            Some(program) => joinable(program, db),
            None => Ok(()),
        }
    }
}

/// A change of a student's particulars.
#[derive(Clone, Debug)]
pub struct Amendment {
    /// Names, address and the rest.
    pub student: NewStudent,
    /// Names at birth.
    pub background: Background,
    /// Whether an enrolled student is away for a while.
    pub on_leave: bool,
    /// The [`Particulars::updated_at`] that was read before.
    pub seen: DateTime<Utc>,
}

impl Particulars {
    /// The student with `id`, if the reader may see one.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] when there is none or none in reach.
    pub fn of(id: Uuid, db: &mut Db<'_, impl Grants<ReadStudents>>) -> Result<Self> {
        Ok(visible(db).filter(students::id.eq(id)).select(Self::as_select()).first(db.conn())?)
    }

    /// First, middle and family name as recorded.
    #[must_use]
    pub fn full_name(&self) -> String {
        let names =
            [Some(&self.student.first_name), self.middle_name.as_ref(), Some(&self.student.last_name)];
        let names: Vec<&str> = names.into_iter().flatten().map(String::as_str).collect();
        names.join(" ")
    }
}

impl Amendment {
    /// Keeps the change, unless somebody else changed the student since.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] out of reach, [`crate::Error::Invalid`] when the number is taken
    /// or the program not offered.
    pub fn keep(&self, id: Uuid, db: &mut Db<'_, UpdateStudents>) -> Result<Edit<Particulars>> {
        let row = students::table.find((db.organization(), id));
        Particulars::of(id, db)?;
        let _: Uuid = row.select(students::id).for_update().first(db.conn())?;
        let now = Particulars::of(id, db)?;
        if now.updated_at != self.seen {
            let by = author(now.updated_by_id, db)?;
            let now = Box::new(now);
            return Ok(Edit::Stale { now, by });
        }
        self.background.check(now.program_id, db)?;
        diesel::update(row)
            .set((&self.student, &self.background, students::status.eq(self.status(now.student.status))))
            .execute(db.conn())
            .map_err(number_taken)?;
        Ok(Edit::Kept)
    }

    /// Only somebody enrolled can be on leave; every other status follows their places.
    fn status(&self, now: StudentStatus) -> StudentStatus {
        match now {
            StudentStatus::Active | StudentStatus::OnLeave if self.on_leave => StudentStatus::OnLeave,
            StudentStatus::OnLeave => StudentStatus::Active,
            other => other,
        }
    }
}
