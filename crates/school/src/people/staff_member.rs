//! A member of staff as pages show one: the list, the page, and who is new.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::{pg::Pg, prelude::*};
use schema::{campuses, staff, users};
use uuid::Uuid;

use super::staff::{NewStaff, insert};
use crate::{
    academics::campus::Campus,
    db::Db,
    error::{Error, Result},
    permit::{Grants, Permission, ReadStaff, UpdateStaff},
    reach::Reach,
    slice::{Listing, Slice},
    words::{StaffStatus, StaffType},
};

/// Somebody who works or worked here.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = staff)]
pub struct Member {
    /// Their id.
    pub id: Uuid,
    /// The account that they sign in with, if they have one.
    pub user_id: Option<Uuid>,
    /// The campus where they work.
    pub campus_id: Option<Uuid>,
    /// Unique in the organization.
    pub employee_number: String,
    /// First name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// For mail.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// What their door says.
    pub job_title: Option<String>,
    /// What they do.
    pub staff_type: StaffType,
    /// Whether they are at work.
    pub status: StaffStatus,
    /// Since when they work here.
    pub hire_date: Option<NaiveDate>,
    /// When this was last changed; an edit carries it.
    pub updated_at: DateTime<Utc>,
    pub(super) updated_by_id: Option<Uuid>,
}

/// Members of staff that are not deleted, as far as the reader sees.
pub(crate) fn visible<P: Permission>(db: &Db<'_, P>) -> staff::BoxedQuery<'static, Pg> {
    let all = staff::table
        .filter(staff::organization_id.eq(db.organization()))
        .filter(staff::deleted_at.is_null())
        .into_boxed();
    match db.reach() {
        Reach::Organization => all,
        Reach::Campuses(campuses) | Reach::AssignedAndCampuses(campuses) => {
            all.filter(staff::campus_id.eq_any(campuses))
        }
        Reach::Assigned | Reach::Own => {
            all.filter(staff::user_id.is_not_null().and(staff::user_id.eq(db.user()).assume_not_null()))
        }
    }
}

impl Member {
    /// First and family name.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    /// The letters that stand in for a picture.
    #[must_use]
    pub fn initials(&self) -> String {
        crate::text::initials(&self.first_name, &self.last_name)
    }

    /// The account that they sign in with, if there is one that is not deleted.
    pub fn account(&self, db: &mut Db<'_, impl Grants<ReadStaff>>) -> Result<Option<Uuid>> {
        Ok(users::table
            .filter(users::organization_id.eq(db.organization()))
            .filter(users::id.nullable().eq(self.user_id))
            .filter(users::deleted_at.is_null())
            .select(users::id)
            .first(db.conn())
            .optional()?)
    }

    /// Everyone whom the reader may see, by family name, with the campus's name: filters `campus`, `type` and
    /// `status` (empty: who works here now, `all`, or a status's word).
    pub fn listed(
        listing: &Listing,
        db: &mut Db<'_, impl Grants<ReadStaff>>,
    ) -> Result<Slice<(Self, Option<String>)>> {
        let campus = campuses::table
            .filter(campuses::organization_id.eq(staff::organization_id))
            .filter(campuses::id.nullable().eq(staff::campus_id))
            .select(campuses::name);
        let rows = after(narrowed(visible(db), listing), listing)
            .select((Self::as_select(), campus.single_value()))
            .order((staff::last_name, staff::first_name, staff::id))
            .limit(Slice::<Self>::limit())
            .load(db.conn())?;
        Ok(Slice::of(rows))
    }

    /// What the next page of the list goes on after.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{}\t{}", self.last_name, self.first_name)
    }

    /// The member of staff with `id`, if the reader may see one.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none or none in reach.
    pub fn of(id: Uuid, db: &mut Db<'_, impl Grants<ReadStaff>>) -> Result<Self> {
        Ok(visible(db).filter(staff::id.eq(id)).select(Self::as_select()).first(db.conn())?)
    }

    /// Adds a member of staff at a campus in reach and answers their id.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the number is taken or the campus not offered.
    pub fn hire(new: &NewStaff, db: &mut Db<'_, UpdateStaff>) -> Result<Uuid> {
        check_campus(new, db)?;
        insert(new, db)
    }
}

pub(super) fn check_campus(new: &NewStaff, db: &mut Db<'_, UpdateStaff>) -> Result<()> {
    let known = match new.campus_id {
        Some(campus) => Campus::is_offered(campus, db)?,
        None => db.reach() == Reach::Organization,
    };
    if known { Ok(()) } else { Err(Error::invalid("campus_id", "Choose one from the list.")) }
}

type Query = staff::BoxedQuery<'static, Pg>;

fn narrowed(mut query: Query, listing: &Listing) -> Query {
    for pattern in listing.patterns() {
        query = query.filter(
            staff::first_name
                .ilike(pattern.clone())
                .or(staff::last_name.ilike(pattern.clone()))
                .or(staff::employee_number.ilike(pattern.clone()))
                .or(staff::job_title.is_not_null().and(staff::job_title.assume_not_null().ilike(pattern))),
        );
    }
    if let Some(campus) = listing.filter("campus").and_then(|id| Uuid::parse_str(id).ok()) {
        query = query.filter(staff::campus_id.eq(campus));
    }
    if let Some(kind) = listing.filter("type").and_then(StaffType::named) {
        query = query.filter(staff::staff_type.eq(kind));
    }
    match listing.filter("status") {
        Some("all") => query,
        Some(word) if let Some(status) = StaffStatus::named(word) => query.filter(staff::status.eq(status)),
        _ => query.filter(staff::status.ne(StaffStatus::Left)),
    }
}

fn after(query: Query, listing: &Listing) -> Query {
    let Some((place, id)) = listing.after.clone() else {
        return query;
    };
    let (last, first) = place.split_once('\t').unwrap_or((&place, ""));
    let (last, first) = (last.to_owned(), first.to_owned());
    let same_first = staff::first_name.eq(first.clone()).and(staff::id.gt(id));
    query
        .filter(staff::last_name.ge(last.clone()))
        .filter(staff::last_name.gt(last).or(staff::first_name.gt(first).or(same_first)))
}
