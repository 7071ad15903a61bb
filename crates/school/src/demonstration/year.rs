//! A school year around today: terms, breaks, a holiday, a half day.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};
use diesel::prelude::*;
use schema::{academic_years, calendar_days, terms};
use uuid::Uuid;

use super::{plan::CampusPlan, rows::insert_all};
use crate::{
    clock::new_id,
    db::Db,
    error::Result,
    permit::Seed,
    words::{CalendarDayKind, TermKind},
};

/// Weeks of school before this one: some sixty school days.
const WEEKS_BEFORE: u64 = 13;
/// Weeks of a year.
const WEEKS: u64 = 41;
/// Name, first and last week of each term; between them there is no school.
const TERMS: [(&str, u64, u64); 3] = [("Term 1", 0, 15), ("Term 2", 18, 27), ("Term 3", 30, 40)];

/// A year of school that has run for some thirteen weeks.
pub(super) struct YearPlan {
    pub(super) first: NaiveDate,
}

#[derive(Insertable)]
#[diesel(table_name = academic_years)]
struct YearRow {
    organization_id: Uuid,
    id: Uuid,
    name: String,
    start_date: NaiveDate,
    end_date: NaiveDate,
    current: bool,
}

#[derive(Insertable)]
#[diesel(table_name = terms)]
struct TermRow {
    organization_id: Uuid,
    id: Uuid,
    academic_year_id: Uuid,
    name: &'static str,
    kind: TermKind,
    start_date: NaiveDate,
    end_date: NaiveDate,
}

#[derive(Insertable)]
#[diesel(table_name = calendar_days)]
struct DayRow {
    organization_id: Uuid,
    id: Uuid,
    campus_id: Uuid,
    day: NaiveDate,
    kind: CalendarDayKind,
    ends_at: Option<NaiveTime>,
    note: &'static str,
}

impl YearPlan {
    /// The year around a day.
    pub(super) fn around(today: NaiveDate) -> Self {
        let monday = today.week(Weekday::Mon).first_day();
        Self { first: monday - Days::new(7 * WEEKS_BEFORE) }
    }

    /// A weekday of one of its weeks; both count from 0.
    fn day(&self, week: u64, weekday: u64) -> NaiveDate {
        self.first + Days::new(7 * week + weekday)
    }

    /// Its last day, a Friday.
    pub(super) fn last(&self) -> NaiveDate {
        self.day(WEEKS - 1, 4)
    }

    /// Writes the year and its terms and answers its id.
    pub(super) fn open(&self, db: &mut Db<'_, Seed>) -> Result<Uuid> {
        let (organization_id, id) = (db.organization(), new_id());
        let (from, to) = (self.first.year(), self.last().year());
        let name = if from == to { from.to_string() } else { format!("{from}/{:02}", to % 100) };
        let year = YearRow {
            organization_id,
            id,
            name,
            start_date: self.first,
            end_date: self.last(),
            current: true,
        };
        diesel::insert_into(academic_years::table).values(year).execute(db.conn())?;
        let rows = TERMS.map(|(name, from, to)| TermRow {
            organization_id,
            id: new_id(),
            academic_year_id: id,
            name,
            kind: TermKind::Term,
            start_date: self.day(from, 0),
            end_date: self.day(to, 4),
        });
        insert_all!(terms::table, rows, db);
        Ok(id)
    }

    /// Writes on which days a campus differs from its weekdays.
    pub(super) fn mark(&self, plan: &CampusPlan, campus_id: Uuid, db: &mut Db<'_, Seed>) -> Result<()> {
        use CalendarDayKind::{Closure, HalfDay, Holiday};
        let mut days = vec![(self.day(4, 0), Holiday, "Founders’ Day")];
        days.extend([(7, 3), (7, 4), (8, 0)].map(|(week, day)| (self.day(week, day), Holiday, "Half-term")));
        for week in [16, 17, 28, 29] {
            days.extend((0..5).map(|day| (self.day(week, day), Holiday, "Between terms")));
        }
        if plan.is_island {
            days.push((self.day(10, 2), Closure, "Storm: no ferry"));
        } else {
            days.push((self.day(11, 4), HalfDay, "Teachers’ afternoon"));
        }
        let rows: Vec<_> = days
            .into_iter()
            .map(|(day, kind, note)| DayRow {
                organization_id: db.organization(),
                id: new_id(),
                campus_id,
                day,
                kind,
                ends_at: (kind == HalfDay).then(|| NaiveTime::from_hms_opt(12, 0, 0)).flatten(),
                note,
            })
            .collect();
        insert_all!(calendar_days::table, rows, db);
        Ok(())
    }
}
