//! Opening a campus, and changing what is written of it without taking its past days along.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use diesel::prelude::*;
use schema::{calendar_days, campuses};
use uuid::Uuid;

use super::{
    campus_colors::complaint,
    campus_hours::{count_anew, keep},
};
use crate::{
    clock::new_id,
    db::Db,
    edit::{Edit, author},
    error::{Error, Result},
    permit::{CreateCampuses, Permission, UpdateCampuses},
    reach::Reach,
    sql::lower,
    words::CalendarDayKind,
};

/// All that is written of a campus.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = campuses)]
pub struct Particulars {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Its short code.
    pub code: String,
    /// Where it is.
    pub address: Option<String>,
    /// Its telephone number.
    pub phone: Option<String>,
    /// Its e-mail address.
    pub email: Option<String>,
    /// The animal or figure that stands for it.
    pub mascot: Option<String>,
    /// Some lines about it.
    pub description: Option<String>,
    /// The colour that it wears, `#rrggbb`.
    pub color: Option<String>,
    /// The colour of text on that one, `#rrggbb`.
    pub text_color: Option<String>,
    /// Whether school is held online there.
    pub is_online: bool,
    /// Whether it is in use.
    pub active: bool,
    /// IANA zone, where it differs from the organization's.
    pub time_zone: Option<String>,
    /// When its day begins.
    pub day_starts_at: NaiveTime,
    /// When its day ends.
    pub day_ends_at: NaiveTime,
    /// When this was last changed; an edit carries it.
    pub updated_at: DateTime<Utc>,
    updated_by_id: Option<Uuid>,
}

/// What a form says of a campus.
#[derive(Clone, Debug, Insertable, AsChangeset)]
#[diesel(table_name = campuses)]
#[diesel(treat_none_as_null = true)]
pub struct Written {
    /// Its name, at most 200 characters.
    pub name: String,
    /// Its short code: letters, digits, dots, hyphens and underscores, at most 20; unique in the organization.
    pub code: String,
    /// Where it is, at most 300 characters.
    pub address: Option<String>,
    /// Its telephone number, at most 40 characters.
    pub phone: Option<String>,
    /// Its e-mail address.
    pub email: Option<String>,
    /// The animal or figure that stands for it, at most 60 characters.
    pub mascot: Option<String>,
    /// Some lines about it.
    pub description: Option<String>,
    /// The colour that it wears, `#rrggbb` in small letters.
    pub color: Option<String>,
    /// The colour of text on that one, `#rrggbb` in small letters.
    pub text_color: Option<String>,
    /// Whether school is held online there.
    pub is_online: bool,
    /// IANA zone, where it differs from the organization's.
    pub time_zone: Option<String>,
    /// When its day begins.
    pub day_starts_at: NaiveTime,
    /// When its day ends, later than it begins.
    pub day_ends_at: NaiveTime,
}

impl Particulars {
    /// A campus in reach, in use or not.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none, or none in reach.
    pub fn of(id: Uuid, db: &mut Db<'_, UpdateCampuses>) -> Result<Self> {
        let found = Self::query()
            .filter(campuses::organization_id.eq(db.organization()))
            .filter(campuses::deleted_at.is_null())
            .filter(campuses::id.eq(id))
            .first(db.conn())?;
        let sees = db.sees();
        if sees.everything || sees.campuses.contains(&id) { Ok(found) } else { Err(Error::NotFound) }
    }

    /// The same, held until the transaction ends, so that nobody comes to it, or is marked there, meanwhile.
    pub(super) fn held(id: Uuid, db: &mut Db<'_, UpdateCampuses>) -> Result<Self> {
        Self::of(id, db)?;
        let row = campuses::table.find((db.organization(), id));
        let _: Uuid = row.select(campuses::id).for_update().first(db.conn())?;
        Self::of(id, db)
    }

    fn hours(&self) -> (NaiveTime, NaiveTime) {
        (self.day_starts_at, self.day_ends_at)
    }
}

impl Written {
    /// Opens the campus and answers its id.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for whoever reaches less than the whole organization; [`Error::Invalid`] for a code that another campus has, a day that ends before it begins, and colours that cannot be
    /// read.
    pub fn add(&self, db: &mut Db<'_, CreateCampuses>) -> Result<Uuid> {
        if db.reach() != Reach::Organization {
            return Err(Error::Forbidden);
        }
        let id = new_id();
        self.check(id, db)?;
        diesel::insert_into(campuses::table)
            .values((self, campuses::organization_id.eq(db.organization()), campuses::id.eq(id)))
            .execute(db.conn())
            .map_err(code_taken)?;
        Ok(id)
    }

    /// Changes the campus, unless somebody else changed it since it was `seen`. Other hours hold from today on: days that are
    /// past keep theirs. Another zone moves no day: what was marked there was marked by the clock on its wall.
    ///
    /// # Errors
    /// As [`Written::add`], and [`Error::NotFound`] out of reach; [`Error::Invalid`] for hours that leave nothing of a half
    /// day to come.
    pub fn change(
        &self,
        id: Uuid,
        seen: DateTime<Utc>,
        db: &mut Db<'_, UpdateCampuses>,
    ) -> Result<Edit<Particulars>> {
        let now = Particulars::held(id, db)?;
        if now.updated_at != seen {
            let by = author(now.updated_by_id, db)?;
            return Ok(Edit::Stale { now: Box::new(now), by });
        }
        self.check(id, db)?;
        let has_other_hours = now.hours() != (self.day_starts_at, self.day_ends_at);
        if has_other_hours {
            self.check_half_days(id, db)?;
            keep(id, now.hours(), db)?;
        }
        diesel::update(campuses::table.find((db.organization(), id)))
            .set(self)
            .execute(db.conn())
            .map_err(code_taken)?;
        if has_other_hours {
            count_anew(id, db)?;
        }
        Ok(Edit::Kept)
    }

    fn check<P: Permission>(&self, id: Uuid, db: &mut Db<'_, P>) -> Result<()> {
        if self.day_ends_at <= self.day_starts_at {
            return Err(Error::invalid("day_ends_at", ENDS_FIRST));
        }
        let colors = self.color.as_deref().zip(self.text_color.as_deref());
        if let Some(complaint) = colors.and_then(|(color, text)| complaint(color, text)) {
            return Err(Error::invalid("text_color", complaint));
        }
        let same = campuses::table
            .filter(campuses::organization_id.eq(db.organization()))
            .filter(campuses::deleted_at.is_null())
            .filter(campuses::id.ne(id))
            .filter(lower(campuses::code).eq(self.code.to_lowercase()));
        let is_taken: bool = diesel::select(diesel::dsl::exists(same)).get_result(db.conn())?;
        if is_taken { Err(Error::invalid("code", TAKEN)) } else { Ok(()) }
    }

    /// What the calendar says of half days to come still lies within the hours.
    fn check_half_days(&self, id: Uuid, db: &mut Db<'_, UpdateCampuses>) -> Result<()> {
        let outside =
            calendar_days::ends_at.le(self.day_starts_at).or(calendar_days::starts_at.ge(self.day_ends_at));
        let found: Option<NaiveDate> = calendar_days::table
            .filter(calendar_days::organization_id.eq(db.organization()))
            .filter(calendar_days::campus_id.eq(id))
            .filter(calendar_days::kind.eq(CalendarDayKind::HalfDay))
            .filter(calendar_days::day.ge(db.today()))
            .filter(calendar_days::deleted_at.is_null())
            .filter(outside)
            .select(calendar_days::day)
            .order(calendar_days::day)
            .first(db.conn())
            .optional()?;
        let Some(day) = found else { return Ok(()) };
        let day = day.format("%-d %B %Y");
        let sentence =
            format!("{day} is a half day outside of these hours. Take it out of the calendar first.");
        Err(Error::invalid("day_starts_at", sentence))
    }
}

/// That a day is the wrong way round.
pub const ENDS_FIRST: &str = "The day ends after it begins.";

const TAKEN: &str = "Another campus has this code.";

fn code_taken(error: diesel::result::Error) -> Error {
    Error::from(error).taken("campuses_code", "code", TAKEN)
}
