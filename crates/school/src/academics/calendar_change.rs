//! Declaring holidays, closures, make-up and half days, one or a range, at one campus or several; and taking them out.

use chrono::{NaiveDate, NaiveTime};
use diesel::prelude::*;
use schema::{attendance_sessions as sessions, calendar_days, campuses};
use uuid::Uuid;

use super::{
    calendar_day::CalendarDay, campus::Campus, closing, closure::Closing, reopening, year::AcademicYear,
};
use crate::{
    attendance::worth,
    clock::new_id,
    db::Db,
    error::{Error, Result},
    permit::UpdateCalendarDays,
    words::CalendarDayKind,
};

/// The most days that are declared at once.
const MOST_DAYS: usize = 120;
/// How many rows go to the database at once.
const ROWS: usize = 1000;

/// What a form says of days.
#[derive(Clone, Debug)]
pub struct Written {
    /// Where; at least one campus.
    pub campuses: Vec<Uuid>,
    /// The first day.
    pub first_day: NaiveDate,
    /// The last day, which may be the first.
    pub last_day: NaiveDate,
    /// What they are.
    pub kind: CalendarDayKind,
    /// When a half day begins, if later than others.
    pub starts_at: Option<NaiveTime>,
    /// When it ends, if earlier.
    pub ends_at: Option<NaiveTime>,
    /// What people are told.
    pub note: Option<String>,
}

#[derive(Insertable)]
#[diesel(table_name = calendar_days)]
pub(super) struct Row<'a> {
    pub(super) organization_id: Uuid,
    pub(super) id: Uuid,
    pub(super) campus_id: Uuid,
    pub(super) day: NaiveDate,
    pub(super) kind: CalendarDayKind,
    pub(super) starts_at: Option<NaiveTime>,
    pub(super) ends_at: Option<NaiveTime>,
    pub(super) note: Option<&'a str>,
    pub(super) closure_id: Option<Uuid>,
}

impl Written {
    /// Declares the days: of a range those that would otherwise be days of school, or for make-up days those that would
    /// not. A closure takes back the registers that were submitted on them.
    ///
    /// # Errors
    /// [`Error::Invalid`] outside a school year, where nothing would change, where a day is something else already, and for
    /// half a day that is not within the campus's day.
    pub fn declare(&self, db: &mut Db<'_, UpdateCalendarDays>) -> Result<()> {
        let campuses = hold(&self.campuses, db)?;
        let days = self.days(db)?;
        if days.is_empty() {
            // What the calendar says of the day tells more than its weekday does.
            self.check_free(&campuses, &[self.first_day], db)?;
            let there_is = if self.kind == CalendarDayKind::MakeUp { "school" } else { "no school" };
            return Err(Error::invalid("first_day", format!("There is {there_is} then anyway.")));
        }
        self.check_free(&campuses, &days, db)?;
        self.check_hours(&campuses, db)?;
        if self.kind == CalendarDayKind::Closure {
            for day in days {
                let (campuses, reason) = (self.campuses.clone(), self.note.clone());
                Closing { day, campuses, closes_at: None, reason }.declare(db)?;
            }
            return Ok(());
        }
        let organization_id = db.organization();
        let rows: Vec<Row<'_>> = campuses
            .iter()
            .flat_map(|campus| days.iter().map(|day| (campus.id, *day)))
            .map(|(campus_id, day)| Row {
                organization_id,
                id: new_id(),
                campus_id,
                day,
                kind: self.kind,
                starts_at: self.starts_at,
                ends_at: self.ends_at,
                note: self.note.as_deref(),
                closure_id: None,
            })
            .collect();
        for rows in rows.chunks(ROWS) {
            diesel::insert_into(calendar_days::table).values(rows).execute(db.conn())?;
        }
        recount(&self.campuses, (self.first_day, self.last_day), db)
    }

    /// Those of the range that become something else than their weekday makes them.
    fn days(&self, db: &mut Db<'_, UpdateCalendarDays>) -> Result<Vec<NaiveDate>> {
        let years = AcademicYear::all(db)?;
        let Some(year) = years.iter().find(|year| year.includes(self.first_day)) else {
            return Err(Error::invalid("first_day", "No school year includes this day."));
        };
        if !year.includes(self.last_day) {
            return Err(Error::invalid("last_day", year.says_when()));
        }
        let makes_school = self.kind == CalendarDayKind::MakeUp;
        let range = self.first_day.iter_days().take_while(|day| *day <= self.last_day);
        let days: Vec<NaiveDate> =
            range.filter(|day| year.holds_school_on(*day) != makes_school).take(MOST_DAYS + 1).collect();
        if days.len() > MOST_DAYS {
            return Err(Error::invalid("last_day", format!("At most {MOST_DAYS} days of school at once.")));
        }
        Ok(days)
    }

    fn check_hours(&self, campuses: &[Campus], db: &mut Db<'_, UpdateCalendarDays>) -> Result<()> {
        let hours = closing::hours(&self.campuses, db)?;
        for campus in campuses {
            let Some((starts, ends)) = hours.get(&campus.id) else { continue };
            let begins_outside = self.starts_at.is_some_and(|hour| hour < *starts || hour >= *ends);
            let ends_outside = self.ends_at.is_some_and(|hour| hour <= *starts || hour > *ends);
            if begins_outside || ends_outside {
                let field = if begins_outside { "starts_at" } else { "ends_at" };
                return Err(closing::outside(campus, field, (*starts, *ends)));
            }
        }
        Ok(())
    }

    fn check_free(
        &self,
        campuses: &[Campus],
        days: &[NaiveDate],
        db: &mut Db<'_, UpdateCalendarDays>,
    ) -> Result<()> {
        let ids: Vec<Uuid> = campuses.iter().map(|campus| campus.id).collect();
        let known = CalendarDay::within(&ids, (self.first_day, self.last_day), db)?;
        let Some(taken) = known.iter().find(|known| days.contains(&known.day)) else {
            return Ok(());
        };
        let place = campuses.iter().find(|campus| campus.id == taken.campus_id);
        Err(Error::invalid(
            "first_day",
            format!(
                "{} is a {} at {} already. Take that out first.",
                taken.day.format("%A %-d %B"),
                taken.kind.label().to_lowercase(),
                place.map_or("this campus", |campus| campus.name.as_str())
            ),
        ))
    }
}

/// Takes a day out of the calendar, and with it those after it until `last` that are the same. One that a closure made
/// goes by undoing the closure at its campus.
///
/// # Errors
/// [`Error::NotFound`] out of reach; [`Error::Conflict`] for a make-up day on which a register was submitted: it would count
/// on a day without school.
pub fn remove(id: Uuid, last: Option<NaiveDate>, db: &mut Db<'_, UpdateCalendarDays>) -> Result<CalendarDay> {
    let day = CalendarDay::of(id, db)?;
    if let Some(closure) = day.closure_id {
        reopening::undo_at(closure, &[day.campus_id], db)?;
        return Ok(day);
    }
    hold(&[day.campus_id], db)?;
    let (now, last) = (db.now(), last.unwrap_or(day.day).max(day.day));
    if day.kind == CalendarDayKind::MakeUp {
        day.check_registers(last, db)?;
    }
    diesel::update(calendar_days::table)
        .filter(calendar_days::organization_id.eq(db.organization()))
        .filter(calendar_days::campus_id.eq(day.campus_id))
        .filter(calendar_days::day.between(day.day, last))
        .filter(calendar_days::kind.eq(day.kind))
        .filter(calendar_days::note.is_not_distinct_from(&day.note))
        .filter(calendar_days::closure_id.is_null())
        .filter(calendar_days::deleted_at.is_null())
        .set(calendar_days::deleted_at.eq(now))
        .execute(db.conn())?;
    recount(&[day.campus_id], (day.day, last), db)?;
    Ok(day)
}

/// Counts anew what days are worth on which these campuses have registers.
pub(super) fn recount(
    campuses: &[Uuid],
    (first, last): (NaiveDate, NaiveDate),
    db: &mut Db<'_, UpdateCalendarDays>,
) -> Result<()> {
    let taken: Vec<(Uuid, NaiveDate)> = sessions::table
        .filter(sessions::organization_id.eq(db.organization()))
        .filter(sessions::session_date.between(first, last))
        .filter(sessions::campus_id.eq_any(campuses))
        .filter(sessions::deleted_at.is_null())
        .select((sessions::campus_id, sessions::session_date))
        .distinct()
        .load(db.conn())?;
    taken.into_iter().try_for_each(|(campus, day)| worth::count_campus(campus, day, db))
}

/// The chosen campuses, held until the transaction ends, so that two people do not make two things of one day.
pub(super) fn hold(chosen: &[Uuid], db: &mut Db<'_, UpdateCalendarDays>) -> Result<Vec<Campus>> {
    let within_reach = Campus::within_reach(db)?;
    let all_known = chosen.iter().all(|id| within_reach.iter().any(|campus| campus.id == *id));
    if chosen.is_empty() || !all_known {
        return Err(Error::invalid("campus", "Choose at least one campus from the list."));
    }
    let _: Vec<Uuid> = campuses::table
        .filter(campuses::organization_id.eq(db.organization()))
        .filter(campuses::id.eq_any(chosen))
        .select(campuses::id)
        .order(campuses::id)
        .for_no_key_update()
        .load(db.conn())?;
    Ok(within_reach.into_iter().filter(|campus| chosen.contains(&campus.id)).collect())
}
