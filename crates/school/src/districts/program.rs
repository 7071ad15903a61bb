//! Programs: what a district offers, beside or across classes.

use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use schema::{programs, school_districts as districts, user_programs};
use uuid::Uuid;

use crate::{
    db::Db,
    error::Result,
    people::student::Student,
    permit::{Grants, Permission, ReadPrograms, ReadStudents},
    slice::{Listing, Slice},
    words::UserProgramStatus,
};

/// A program.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = programs)]
pub struct Program {
    /// Its id.
    pub id: Uuid,
    /// The district that offers it, if one does.
    pub school_district_id: Option<Uuid>,
    /// What it is called.
    pub name: String,
    /// What the district's forms and files call it.
    pub code: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// When this was last changed; an edit carries it.
    pub updated_at: DateTime<Utc>,
    pub(super) updated_by_id: Option<Uuid>,
}

/// A program as the list shows one.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Which.
    pub program: Program,
    /// The district's name.
    pub district: Option<String>,
    /// How many people work in it now.
    pub people: i64,
}

pub(super) fn all<P: Permission>(db: &Db<'_, P>) -> programs::BoxedQuery<'static, Pg> {
    programs::table.filter(programs::organization_id.eq(db.organization())).into_boxed()
}

impl Program {
    /// Every program by name: filters `district` and `state` (`deleted`: those that are).
    pub fn listed(listing: &Listing, db: &mut Db<'_, impl Grants<ReadPrograms>>) -> Result<Slice<Listed>> {
        let district = districts::table
            .filter(districts::organization_id.eq(programs::organization_id))
            .filter(districts::id.nullable().eq(programs::school_district_id))
            .select(districts::name);
        let people = user_programs::table
            .filter(user_programs::organization_id.eq(programs::organization_id))
            .filter(user_programs::program_id.eq(programs::id))
            .filter(user_programs::status.eq(UserProgramStatus::Active))
            .filter(user_programs::deleted_at.is_null())
            .count();
        let rows: Vec<(Self, Option<String>, Option<i64>)> = narrowed(all(db), listing)
            .select((Self::as_select(), district.single_value(), people.single_value()))
            .order((programs::name, programs::id))
            .limit(Slice::<Self>::limit())
            .load(db.conn())?;
        let listed = |(program, district, people): (Self, Option<String>, Option<i64>)| Listed {
            program,
            district,
            people: people.unwrap_or_default(),
        };
        Ok(Slice::of(rows.into_iter().map(listed).collect()))
    }

    /// Every program by name, for a form to offer; everybody in the organization knows them. At most 500.
    pub fn offered(db: &mut Db<'_, impl Permission>) -> Result<Vec<Self>> {
        let known = all(db).filter(programs::deleted_at.is_null()).select(Self::as_select());
        Ok(known.order((programs::name, programs::id)).limit(500).load(db.conn())?)
    }

    /// The one with `id`; everybody in the organization knows it.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] when there is none.
    pub fn of(id: Uuid, db: &mut Db<'_, impl Permission>) -> Result<Self> {
        let known = all(db).filter(programs::deleted_at.is_null()).filter(programs::id.eq(id));
        Ok(known.select(Self::as_select()).first(db.conn())?)
    }

    /// What a district offers, by name. At most 500.
    pub fn of_district(district: Uuid, db: &mut Db<'_, impl Grants<ReadPrograms>>) -> Result<Vec<Self>> {
        let offered = all(db).filter(programs::school_district_id.eq(district));
        let offered = offered.filter(programs::deleted_at.is_null()).select(Self::as_select());
        Ok(offered.order((programs::name, programs::id)).limit(500).load(db.conn())?)
    }

    /// The first of its students that are enrolled now, as far as the reader sees them, by family name.
    ///
    /// # Errors
    /// [`crate::Error::Unavailable`] when the database is away.
    pub fn students(
        &self,
        db: &mut Db<'_, impl Grants<ReadStudents>>,
    ) -> Result<Slice<crate::people::student_list::Listed>> {
        let mut listing = Listing::default();
        listing.filters.insert("program".into(), self.id.to_string());
        Student::listed(&listing, db)
    }
}

fn narrowed(
    mut query: programs::BoxedQuery<'static, Pg>,
    listing: &Listing,
) -> programs::BoxedQuery<'static, Pg> {
    for pattern in listing.patterns() {
        let code = programs::code.is_not_null().and(programs::code.assume_not_null().ilike(pattern.clone()));
        query = query.filter(programs::name.ilike(pattern).or(code));
    }
    if let Some(district) = listing.filter("district").and_then(|id| Uuid::parse_str(id).ok()) {
        query = query.filter(programs::school_district_id.eq(district));
    }
    if let Some((name, id)) = listing.after.clone() {
        let same = programs::name.eq(name.clone()).and(programs::id.gt(id));
        query = query.filter(programs::name.gt(name).or(same));
    }
    match listing.filter("state") {
        Some("deleted") => query.filter(programs::deleted_at.is_not_null()),
        _ => query.filter(programs::deleted_at.is_null()),
    }
}
