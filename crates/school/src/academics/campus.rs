//! Campuses: the places where a school is held.

use chrono::NaiveTime;
use diesel::prelude::*;
use schema::campuses;
use uuid::Uuid;

use crate::{
    clock::new_id,
    db::Db,
    error::Result,
    permit::{Permission, Seed},
    reach::Reach,
};

/// A campus as lists and forms name it.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = campuses)]
pub struct Campus {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Its short code, unique in the organization.
    pub code: String,
    /// IANA zone, where it differs from the organization's.
    pub time_zone: Option<String>,
}

/// A campus to be opened.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = campuses)]
pub struct NewCampus {
    /// Its name.
    pub name: String,
    /// Its short code.
    pub code: String,
    /// IANA zone, where it differs from the organization's.
    pub time_zone: Option<String>,
    /// The colour that its pages wear, `#rrggbb`.
    pub color: Option<String>,
    /// When its day begins.
    pub day_starts_at: NaiveTime,
    /// When its day ends.
    pub day_ends_at: NaiveTime,
}

impl Campus {
    /// Every campus in use, by name; everybody in the organization knows them. At most 500.
    pub fn all(db: &mut Db<'_, impl Permission>) -> Result<Vec<Self>> {
        Ok(Self::query()
            .filter(campuses::organization_id.eq(db.organization()))
            .filter(campuses::deleted_at.is_null())
            .filter(campuses::active)
            .order((campuses::name, campuses::id))
            .limit(500)
            .load(db.conn())?)
    }

    /// Those of them that the permission at work reaches, for a form to offer.
    pub fn within_reach(db: &mut Db<'_, impl Permission>) -> Result<Vec<Self>> {
        let mut campuses = Self::all(db)?;
        match db.reach() {
            Reach::Organization => {}
            Reach::Campuses(own) | Reach::AssignedAndCampuses(own) => {
                campuses.retain(|campus| own.contains(&campus.id));
            }
            Reach::Assigned | Reach::Own => campuses.clear(),
        }
        Ok(campuses)
    }

    /// Opens a campus and answers its id.
    pub fn open(new: &NewCampus, db: &mut Db<'_, Seed>) -> Result<Uuid> {
        let id = new_id();
        diesel::insert_into(campuses::table)
            .values((new, campuses::organization_id.eq(db.organization()), campuses::id.eq(id)))
            .execute(db.conn())?;
        Ok(id)
    }
}
