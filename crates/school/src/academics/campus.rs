//! Campuses: the places where a school is held.

use chrono::NaiveTime;
use diesel::{prelude::*, sql_types::Bool};
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
        by_name(false, db)
    }

    /// The same with those that are out of use, whose past is still spoken of.
    pub fn known(db: &mut Db<'_, impl Permission>) -> Result<Vec<Self>> {
        by_name(true, db)
    }

    /// Those in use that the permission at work reaches, for a form to offer.
    pub fn within_reach(db: &mut Db<'_, impl Permission>) -> Result<Vec<Self>> {
        let all = Self::all(db)?;
        Ok(reached(all, &db.reach()))
    }

    /// The same with those that are out of use, for a look at what is past.
    pub fn known_within_reach(db: &mut Db<'_, impl Permission>) -> Result<Vec<Self>> {
        let all = Self::known(db)?;
        Ok(reached(all, &db.reach()))
    }

    /// Whether a campus is in use and in reach. It then stays in use until the transaction ends.
    pub(crate) fn is_offered(id: Uuid, db: &mut Db<'_, impl Permission>) -> Result<bool> {
        let held: Option<Uuid> = campuses::table
            .find((db.organization(), id))
            .select(campuses::id)
            .for_key_share()
            .first(db.conn())
            .optional()?;
        Ok(held.is_some() && Self::within_reach(db)?.iter().any(|campus| campus.id == id))
    }

    /// Opens a campus while a school is set up and answers its id; pages go through [`super::campus_change`].
    pub fn open(new: &NewCampus, db: &mut Db<'_, Seed>) -> Result<Uuid> {
        let id = new_id();
        diesel::insert_into(campuses::table)
            .values((new, campuses::organization_id.eq(db.organization()), campuses::id.eq(id)))
            .execute(db.conn())?;
        Ok(id)
    }
}

fn by_name(with_those_out_of_use: bool, db: &mut Db<'_, impl Permission>) -> Result<Vec<Campus>> {
    Ok(Campus::query()
        .filter(campuses::organization_id.eq(db.organization()))
        .filter(campuses::deleted_at.is_null())
        .filter(campuses::active.or(with_those_out_of_use.into_sql::<Bool>()))
        .order((campuses::name, campuses::id))
        .limit(500)
        .load(db.conn())?)
}

fn reached(mut campuses: Vec<Campus>, reach: &Reach) -> Vec<Campus> {
    match reach {
        Reach::Organization => {}
        Reach::Campuses(own) | Reach::AssignedAndCampuses(own) => {
            campuses.retain(|campus| own.contains(&campus.id));
        }
        Reach::Assigned | Reach::Own => campuses.clear(),
    }
    campuses
}
