//! Students, from enrollment to withdrawal.

use chrono::NaiveDate;
use diesel::{pg::Pg, prelude::*};
use schema::{class_enrollments, class_staff, students, user_students};
use uuid::Uuid;

use crate::{
    clock::new_id,
    db::Db,
    error::{Error, Result},
    permit::{CreateStudents, Grants, Permission, ReadStudents, UpdateStudents},
    reach::Reach,
    slice::{Listing, Slice},
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
}

/// What a form or an import says of a student.
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
        Reach::Assigned => {
            let today = db.today();
            let taught = class_enrollments::table
                .inner_join(
                    class_staff::table.on(class_staff::organization_id
                        .eq(class_enrollments::organization_id)
                        .and(class_staff::class_id.eq(class_enrollments::class_id))),
                )
                .filter(class_enrollments::organization_id.eq(organization))
                .filter(class_enrollments::deleted_at.is_null())
                .filter(class_enrollments::enrolled_on.le(today))
                .filter(
                    class_enrollments::ended_on
                        .is_null()
                        .or(class_enrollments::ended_on.ge(today)),
                )
                .filter(
                    class_staff::staff_id
                        .nullable()
                        .is_not_distinct_from(db.staff()),
                )
                .filter(class_staff::deleted_at.is_null())
                .filter(class_staff::starts_on.le(today))
                .filter(
                    class_staff::ends_on
                        .is_null()
                        .or(class_staff::ends_on.ge(today)),
                )
                .select(class_enrollments::student_id);
            let granted = user_students::table
                .filter(user_students::organization_id.eq(organization))
                .filter(
                    user_students::user_id
                        .nullable()
                        .is_not_distinct_from(db.user()),
                )
                .filter(user_students::deleted_at.is_null())
                .filter(user_students::starts_on.le(today))
                .filter(
                    user_students::ends_on
                        .is_null()
                        .or(user_students::ends_on.ge(today)),
                )
                .select(user_students::student_id);
            all.filter(students::id.eq_any(taught).or(students::id.eq_any(granted)))
        }
        Reach::Own => all.filter(diesel::dsl::sql::<diesel::sql_types::Bool>("false")),
    }
}

impl Student {
    /// Everyone whom the reader may see, by family name.
    pub fn listed(
        listing: &Listing,
        db: &mut Db<'_, impl Grants<ReadStudents>>,
    ) -> Result<Slice<Self>> {
        let mut query = visible(db).select(Self::as_select());
        if let Some(pattern) = listing.pattern() {
            query = query.filter(
                students::first_name
                    .ilike(pattern.clone())
                    .or(students::last_name.ilike(pattern.clone()))
                    .or(students::student_number.ilike(pattern)),
            );
        }
        if let Some((name, id)) = &listing.after {
            query = query.filter(
                students::last_name.gt(name.clone()).or(students::last_name
                    .eq(name.clone())
                    .and(students::id.gt(*id))),
            );
        }
        let rows = query
            .order((students::last_name, students::id))
            .limit(Slice::<Self>::limit())
            .load(db.conn())?;
        Ok(Slice::of(rows))
    }

    /// The student with `id`, if the reader may see one.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none or none in reach.
    pub fn of(id: Uuid, db: &mut Db<'_, impl Grants<ReadStudents>>) -> Result<Self> {
        Ok(visible(db)
            .filter(students::id.eq(id))
            .select(Self::as_select())
            .first(db.conn())?)
    }

    /// Enrolls a new student.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the number is taken.
    pub fn enroll(new: &NewStudent, db: &mut Db<'_, impl Grants<CreateStudents>>) -> Result<Self> {
        diesel::insert_into(students::table)
            .values((
                new,
                students::organization_id.eq(db.organization()),
                students::id.eq(new_id()),
            ))
            .returning(Self::as_returning())
            .get_result(db.conn())
            .map_err(number_taken)
    }

    /// Changes a student's particulars.
    ///
    /// # Errors
    /// [`Error::NotFound`] out of reach, [`Error::Invalid`] when the number is taken.
    pub fn correct(id: Uuid, new: &NewStudent, db: &mut Db<'_, UpdateStudents>) -> Result<()> {
        let student = Self::of(id, db)?;
        diesel::update(students::table.find((db.organization(), student.id)))
            .set(new)
            .execute(db.conn())
            .map_err(number_taken)?;
        Ok(())
    }
}

fn number_taken(error: diesel::result::Error) -> Error {
    Error::from(error).taken(
        "students_number",
        "student_number",
        "Another student has this number.",
    )
}
