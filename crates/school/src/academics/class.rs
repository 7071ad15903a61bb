//! Classes: the groups that are taught and called.

use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use schema::{academic_years, campuses, class_staff, classes, grades};
use uuid::Uuid;

use super::year::AcademicYear;
use crate::{
    clock::new_id,
    db::Db,
    error::Result,
    permit::{Grants, Permission, ReadClasses, Seed},
    reach::Reach,
    words::{ClassKind, ClassStatus},
};

/// A class as lists and its own page show one.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = classes)]
pub struct Class {
    /// Its id.
    pub id: Uuid,
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
    /// Which of several of the same name.
    pub section: Option<String>,
    /// Where it meets.
    pub room: Option<String>,
    /// What it is for.
    pub kind: ClassKind,
    /// Whether it runs.
    pub status: ClassStatus,
    /// How many students fit.
    pub capacity: Option<i16>,
    /// When this was last changed; an edit carries it.
    pub updated_at: DateTime<Utc>,
    pub(crate) updated_by_id: Option<Uuid>,
}

/// A class with the names around it.
#[derive(Clone, Debug, Queryable)]
pub struct Described {
    /// The class.
    pub class: Class,
    /// The campus's name.
    pub campus: String,
    /// The year it belongs to.
    pub year: AcademicYear,
    /// The grade's name.
    pub grade: Option<String>,
}

/// A class by name, for a form to offer.
#[derive(Clone, Debug, Queryable)]
pub struct Named {
    /// Its id.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
}

/// What is written of a class.
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

/// Adds a class while a school is set up and answers its id; pages go through [`super::class_change`].
///
/// # Errors
/// [`crate::Error::NotFound`] when campus, year, grade or teacher are not this organization's.
pub fn add(new: &NewClass, db: &mut Db<'_, Seed>) -> Result<Uuid> {
    insert(new, db)
}

pub(crate) fn insert<P: Permission>(new: &NewClass, db: &mut Db<'_, P>) -> Result<Uuid> {
    let id = new_id();
    diesel::insert_into(classes::table)
        .values((new, classes::organization_id.eq(db.organization()), classes::id.eq(id)))
        .execute(db.conn())?;
    Ok(id)
}

/// Classes that are not deleted, as far as the reader sees.
pub(crate) fn visible<P: Permission>(db: &Db<'_, P>) -> classes::BoxedQuery<'static, Pg> {
    let today = db.today();
    let all = classes::table
        .filter(classes::organization_id.eq(db.organization()))
        .filter(classes::deleted_at.is_null())
        .into_boxed();
    let taught = || {
        class_staff::table
            .filter(class_staff::organization_id.eq(db.organization()))
            .filter(class_staff::staff_id.nullable().eq(db.staff()))
            .filter(class_staff::deleted_at.is_null())
            .filter(class_staff::starts_on.le(today))
            .filter(class_staff::ends_on.is_null().or(class_staff::ends_on.ge(today)))
            .select(class_staff::class_id)
    };
    match db.reach() {
        Reach::Organization => all,
        Reach::Campuses(campuses) => all.filter(classes::campus_id.eq_any(campuses)),
        Reach::AssignedAndCampuses(campuses) => {
            all.filter(classes::campus_id.eq_any(campuses).or(classes::id.eq_any(taught())))
        }
        Reach::Assigned => all.filter(classes::id.eq_any(taught())),
        Reach::Own => all.filter(diesel::dsl::sql::<diesel::sql_types::Bool>("false")),
    }
}

/// Takes hold of classes until the transaction ends, so that two people do not fill the same last place.
pub(crate) fn hold<P: Permission>(ids: &[Uuid], db: &mut Db<'_, P>) -> Result<()> {
    let _: Vec<Uuid> = classes::table
        .filter(classes::organization_id.eq(db.organization()))
        .filter(classes::id.eq_any(ids))
        .select(classes::id)
        .order(classes::id)
        .for_no_key_update()
        .load(db.conn())?;
    Ok(())
}

impl Class {
    /// The class with `id`, as far as the permission at work reaches.
    pub(crate) fn in_reach<P: Permission>(id: Uuid, db: &mut Db<'_, P>) -> Result<Self> {
        Ok(visible(db).filter(classes::id.eq(id)).select(Self::as_select()).first(db.conn())?)
    }

    /// The class with `id`, if the reader may see one.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] when there is none or none in reach.
    pub fn of(id: Uuid, db: &mut Db<'_, impl Grants<ReadClasses>>) -> Result<Self> {
        Self::in_reach(id, db)
    }

    /// The same with the names of campus, year and grade.
    ///
    /// # Errors
    /// As [`Class::of`].
    pub fn described(id: Uuid, db: &mut Db<'_, impl Grants<ReadClasses>>) -> Result<Described> {
        Self::described_in_reach(id, db)
    }

    /// The same, as far as the permission at work reaches.
    pub(crate) fn described_in_reach<P: Permission>(id: Uuid, db: &mut Db<'_, P>) -> Result<Described> {
        Self::in_reach(id, db)?;
        Ok(classes::table
            .inner_join(
                campuses::table.on(campuses::organization_id
                    .eq(classes::organization_id)
                    .and(campuses::id.eq(classes::campus_id))),
            )
            .inner_join(
                academic_years::table.on(academic_years::organization_id
                    .eq(classes::organization_id)
                    .and(academic_years::id.eq(classes::academic_year_id))),
            )
            .left_join(
                grades::table.on(grades::organization_id
                    .eq(classes::organization_id)
                    .and(grades::id.nullable().eq(classes::grade_id))),
            )
            .filter(classes::organization_id.eq(db.organization()))
            .filter(classes::id.eq(id))
            .select((Self::as_select(), campuses::name, AcademicYear::as_select(), grades::name.nullable()))
            .first(db.conn())?)
    }

    /// The other classes of its year and kind at its campus, where a student could go. At most 500.
    pub fn beside(&self, db: &mut Db<'_, impl Grants<ReadClasses>>) -> Result<Vec<Named>> {
        Ok(visible(db)
            .filter(classes::campus_id.eq(self.campus_id))
            .filter(classes::academic_year_id.eq(self.academic_year_id))
            .filter(classes::kind.eq(self.kind))
            .filter(classes::id.ne(self.id))
            .filter(classes::status.ne(ClassStatus::Closed))
            .select((classes::id, classes::name))
            .order((classes::name, classes::id))
            .limit(500)
            .load(db.conn())?)
    }
}
