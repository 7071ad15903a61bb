//! A campus's calendar as it stands, and school on the very day a newcomer looks.

use chrono::{Datelike, NaiveDate};
use diesel::prelude::*;
use schema::{academic_years, calendar_days};
use uuid::Uuid;

use crate::{clock::new_id, db::Db, error::Result, permit::Seed, words::CalendarDayKind};

/// A campus's calendar as it stands in the database.
pub(super) struct Calendar {
    weekdays: Vec<i16>,
    exceptions: Vec<(NaiveDate, CalendarDayKind)>,
    pub(super) first: NaiveDate,
}

impl Calendar {
    /// Reads a campus's calendar of the current year.
    pub(super) fn of(campus: Uuid, db: &mut Db<'_, Seed>) -> Result<Self> {
        let (first, weekdays): (NaiveDate, Vec<Option<i16>>) = academic_years::table
            .filter(academic_years::organization_id.eq(db.organization()))
            .filter(academic_years::deleted_at.is_null())
            .order(academic_years::start_date.desc())
            .select((academic_years::start_date, academic_years::school_weekdays))
            .first(db.conn())?;
        let exceptions = calendar_days::table
            .filter(calendar_days::organization_id.eq(db.organization()))
            .filter(calendar_days::campus_id.eq(campus))
            .filter(calendar_days::deleted_at.is_null())
            .select((calendar_days::day, calendar_days::kind))
            .load(db.conn())?;
        Ok(Self { weekdays: weekdays.into_iter().flatten().collect(), exceptions, first })
    }

    /// How many halves of a day there is school for: 0, 1 or 2.
    pub(super) fn halves(&self, day: NaiveDate) -> u8 {
        match self.exceptions.iter().find(|(exception, _)| *exception == day) {
            Some((_, CalendarDayKind::MakeUp)) => 2,
            Some((_, CalendarDayKind::HalfDay)) => 1,
            Some((_, CalendarDayKind::Holiday | CalendarDayKind::Closure)) => 0,
            None => {
                let weekday = i16::try_from(day.weekday().num_days_from_sunday()).unwrap_or_default();
                if self.weekdays.contains(&weekday) { 2 } else { 0 }
            }
        }
    }

    /// Makes today a school day where it is none, so that there is always a register to take.
    pub(super) fn hold_school(
        &mut self,
        campus: Uuid,
        today: NaiveDate,
        db: &mut Db<'_, Seed>,
    ) -> Result<()> {
        diesel::update(academic_years::table)
            .filter(academic_years::organization_id.eq(db.organization()))
            .filter(academic_years::start_date.eq(self.first))
            .filter(academic_years::end_date.lt(today))
            .set(academic_years::end_date.eq(today))
            .execute(db.conn())?;
        if self.halves(today) > 0 {
            return Ok(());
        }
        let note = "Open for visitors";
        let made = (calendar_days::kind.eq(CalendarDayKind::MakeUp), calendar_days::note.eq(note));
        let changed = diesel::update(calendar_days::table)
            .filter(calendar_days::organization_id.eq(db.organization()))
            .filter(calendar_days::campus_id.eq(campus))
            .filter(calendar_days::day.eq(today))
            .filter(calendar_days::deleted_at.is_null())
            .set(made)
            .execute(db.conn())?;
        if changed == 0 {
            diesel::insert_into(calendar_days::table)
                .values((
                    calendar_days::organization_id.eq(db.organization()),
                    calendar_days::id.eq(new_id()),
                    calendar_days::campus_id.eq(campus),
                    calendar_days::day.eq(today),
                    made,
                ))
                .execute(db.conn())?;
        }
        self.exceptions.retain(|(day, _)| *day != today);
        self.exceptions.push((today, CalendarDayKind::MakeUp));
        Ok(())
    }
}
