//! Students, from enrollment to withdrawal.

use chrono::NaiveDate;
use diesel::{pg::Pg, prelude::*};
use schema::{class_enrollments, class_staff, students, user_students};
use uuid::Uuid;

use crate::{
    clock::new_id,
    db::Db,
    error::{Error, Result},
    permit::{CreateStudents, Grants, Permission, ReadGuardians, ReadStudents},
    reach::Reach,
    words::{Gender, StudentStatus},
};

/// A student as lists show one.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = students)]
pub struct Student {
    /// The student's id.
    pub id: Uuid,
    /// The number that the school knows them by.
    pub student_number: String,
    /// First name as recorded.
    pub first_name: String,
    /// Family name as recorded.
    pub last_name: String,
    /// Called name, in place of the first name.
    pub preferred_name: Option<String>,
    /// The same name as written elsewhere.
    pub other_script_name: Option<String>,
    /// BCP 47 tag of the name's language.
    pub name_language: Option<String>,
    /// Where they stand with the school.
    pub status: StudentStatus,
    /// The campus where they are enrolled now.
    pub campus_id: Option<Uuid>,
    /// Their birthday.
    pub date_of_birth: Option<NaiveDate>,
    /// What whoever has them today must know.
    pub alert: Option<String>,
}

/// What a form says of a student; an import has records of its own.
#[derive(Clone, Debug, Insertable, AsChangeset)]
#[diesel(table_name = students, treat_none_as_null = true)]
pub struct NewStudent {
    /// The number that the school knows them by; unique in the organization.
    pub student_number: String,
    /// First name.
    pub first_name: String,
    /// Middle name.
    pub middle_name: Option<String>,
    /// Family name.
    pub last_name: String,
    /// Called name.
    pub preferred_name: Option<String>,
    /// The same name as written elsewhere.
    pub other_script_name: Option<String>,
    /// BCP 47 tag of the name's language.
    pub name_language: Option<String>,
    /// As recorded.
    pub gender: Gender,
    /// Their birthday.
    pub date_of_birth: Option<NaiveDate>,
    /// Their own address for mail.
    pub email: Option<String>,
    /// Their own telephone.
    pub phone: Option<String>,
    /// Where they live.
    pub address: Option<String>,
    /// What whoever has them today must know.
    pub alert: Option<String>,
}

/// Students that are not deleted, as far as the reader sees.
pub(crate) fn visible<P: Permission>(db: &Db<'_, P>) -> students::BoxedQuery<'static, Pg> {
    let organization = db.organization();
    let all = students::table
        .filter(students::organization_id.eq(organization))
        .filter(students::deleted_at.is_null())
        .into_boxed();
    match db.reach() {
        Reach::Organization => all,
        Reach::Campuses(campuses) => all.filter(students::campus_id.eq_any(campuses)),
        Reach::AssignedAndCampuses(campuses) => {
            let assigned = students::id.eq_any(taught(db)).or(students::id.eq_any(granted(db)));
            all.filter(students::campus_id.eq_any(campuses).or(assigned))
        }
        Reach::Assigned => all.filter(students::id.eq_any(taught(db)).or(students::id.eq_any(granted(db)))),
        Reach::Own => all.filter(diesel::dsl::sql::<diesel::sql_types::Bool>("false")),
    }
}

/// Students on the roll today of a class that whoever is at work stands in front of today.
fn taught<P: Permission>(
    db: &Db<'_, P>,
) -> class_enrollments::BoxedQuery<'static, Pg, diesel::sql_types::Uuid> {
    let today = db.today();
    let classes = class_staff::table
        .filter(class_staff::organization_id.eq(db.organization()))
        .filter(class_staff::staff_id.nullable().eq(db.staff()))
        .filter(class_staff::deleted_at.is_null())
        .filter(class_staff::starts_on.le(today))
        .filter(class_staff::ends_on.is_null().or(class_staff::ends_on.ge(today)))
        .select(class_staff::class_id);
    class_enrollments::table
        .filter(class_enrollments::organization_id.eq(db.organization()))
        .filter(class_enrollments::deleted_at.is_null())
        .filter(class_enrollments::enrolled_on.le(today))
        .filter(class_enrollments::ended_on.is_null().or(class_enrollments::ended_on.ge(today)))
        .filter(class_enrollments::class_id.eq_any(classes))
        .select(class_enrollments::student_id)
        .into_boxed()
}

/// Students granted to whoever is at work, today.
fn granted<P: Permission>(db: &Db<'_, P>) -> user_students::BoxedQuery<'static, Pg, diesel::sql_types::Uuid> {
    let today = db.today();
    user_students::table
        .filter(user_students::organization_id.eq(db.organization()))
        .filter(user_students::user_id.nullable().eq(db.user()))
        .filter(user_students::deleted_at.is_null())
        .filter(user_students::starts_on.le(today))
        .filter(user_students::ends_on.is_null().or(user_students::ends_on.ge(today)))
        .select(user_students::student_id)
        .into_boxed()
}

/// Whether the reader of anything about a student may see that student.
pub(crate) fn in_reach<P: Permission>(id: Uuid, db: &mut Db<'_, P>) -> Result<()> {
    let _: Uuid = visible(db).filter(students::id.eq(id)).select(students::id).first(db.conn())?;
    Ok(())
}

/// Takes hold of a student until the transaction ends: whoever changes their places or classes does so before anything
/// else, so that two people do not decide on the same child at once.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub(crate) fn hold<P: Permission>(id: Uuid, db: &mut Db<'_, P>) -> Result<()> {
    let row = students::table.find((db.organization(), id));
    let _: Uuid = row.select(students::id).for_no_key_update().first(db.conn())?;
    Ok(())
}

impl Student {
    /// The name that people call them by.
    #[must_use]
    pub fn called(&self) -> String {
        let first = self.preferred_name.as_deref().unwrap_or(&self.first_name);
        format!("{first} {}", self.last_name)
    }

    /// The letters that stand in for a picture.
    #[must_use]
    pub fn initials(&self) -> String {
        let first = self.preferred_name.as_deref().unwrap_or(&self.first_name);
        crate::text::initials(first, &self.last_name)
    }

    /// The student with `id`, if the reader may see one.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none or none in reach.
    pub fn of(id: Uuid, db: &mut Db<'_, impl Grants<ReadStudents>>) -> Result<Self> {
        Ok(visible(db).filter(students::id.eq(id)).select(Self::as_select()).first(db.conn())?)
    }

    /// The same for whoever may work with the student's contacts.
    ///
    /// # Errors
    /// As [`Student::of`].
    pub fn named(id: Uuid, db: &mut Db<'_, impl Grants<ReadGuardians>>) -> Result<Self> {
        Ok(visible(db).filter(students::id.eq(id)).select(Self::as_select()).first(db.conn())?)
    }

    /// Enrolls a new student.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the number is taken.
    pub fn enroll(new: &NewStudent, db: &mut Db<'_, impl Grants<CreateStudents>>) -> Result<Self> {
        diesel::insert_into(students::table)
            .values((new, students::organization_id.eq(db.organization()), students::id.eq(new_id())))
            .returning(Self::as_returning())
            .get_result(db.conn())
            .map_err(number_taken)
    }
}

pub(crate) fn number_taken(error: diesel::result::Error) -> Error {
    Error::from(error).taken("students_number", "student_number", "Another student has this number.")
}
