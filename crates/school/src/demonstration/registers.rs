//! The registers of a school that goes on: every school day up to yesterday, each taken by whoever stood in front.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, Utc};
use diesel::prelude::*;
use schema::{attendance_records, attendance_sessions};
use uuid::Uuid;

use super::{
    fate::{is_trip, number_of},
    follow_up,
    homeroom::Worker,
    house::House,
    marks::{Codes, MarkRow, Page},
    plan::SchoolPlan,
    planned::{self, Planned},
    rows::insert_all,
    staff_days,
    taking::{Calling, Taken, TakingRow},
    today,
};
use crate::{attendance::worth, db::Db, error::Result, permit::Seed, sql::set_config};

/// How far back days without registers are filled.
const DAYS_BACK: u64 = 100;

/// What every register needs to know.
pub(super) struct Records {
    pub(super) organization: Uuid,
    codes: Codes,
    planned: Vec<Planned>,
    pub(super) now: DateTime<Utc>,
}

/// Rows of one homeroom, gathered to be written together.
#[derive(Default)]
pub(super) struct Gathered {
    takings: Vec<TakingRow>,
    lines: Vec<MarkRow>,
}

/// Fills every school day up to yesterday, and takes some of today's registers.
pub(super) fn go_on(plan: &SchoolPlan, db: &mut Db<'_, Seed>) -> Result<()> {
    let records = Records {
        organization: db.organization(),
        codes: Codes::read(db)?,
        planned: planned::all(db)?,
        now: db.now(),
    };
    let mut houses = House::all(db)?;
    let mut written = Vec::new();
    for (at, house) in houses.iter_mut().enumerate() {
        let today = house.today(records.now);
        house.calendar.hold_school(house.id, today, db)?;
        for room in 0..house.homerooms.len() {
            written.push((at, room, records.fill(house, room, today, db)?));
        }
    }
    // Only now the lines: PostgreSQL plans the check of their key to `attendance_sessions` once, at the first line, and
    // while that table is almost empty it takes the wrong index and keeps it.
    for (at, room, gathered) in written {
        work_as(houses[at].homerooms[room].teacher, db)?;
        gathered.write(db)?;
    }
    for house in &houses {
        staff_days::go_on(house, house.today(records.now), db)?;
        today::begin(&records, house, plan.welcome, db)?;
        house.count_days(records.now, db)?;
    }
    if let Some((house, office)) = houses.iter().find_map(|house| Some((house, house.office?))) {
        work_as(office, db)?;
        follow_up::act(house.today(records.now), db)?;
    }
    Ok(())
}

impl House {
    /// Counts what the days of everybody on its rolls are worth, homeroom by homeroom.
    fn count_days(&self, now: DateTime<Utc>, db: &mut Db<'_, Seed>) -> Result<()> {
        let today = self.today(now);
        let first = self.calendar.first.max(today - Days::new(DAYS_BACK));
        for homeroom in &self.homerooms {
            let students: Vec<Uuid> = homeroom.roll.iter().map(|pupil| pupil.id).collect();
            worth::count_span(&students, (first, today), db)?;
        }
        Ok(())
    }
}

/// Lets the history name somebody for what follows in this transaction.
pub(super) fn work_as(worker: Worker, db: &mut Db<'_, Seed>) -> Result<()> {
    diesel::select(set_config("app.user_id", worker.user.to_string(), true)).execute(db.conn())?;
    Ok(())
}

impl Records {
    /// Takes the registers of a homeroom that nobody took, and submits those left open; answers what is still to be
    /// written in them.
    fn fill(&self, house: &House, room: usize, today: NaiveDate, db: &mut Db<'_, Seed>) -> Result<Gathered> {
        let homeroom = &house.homerooms[room];
        work_as(homeroom.teacher, db)?;
        let first = house.calendar.first.max(today - Days::new(DAYS_BACK));
        let known = Taken::since(first, homeroom.id, db)?;
        let mut gathered = Gathered::default();
        let days = first.iter_days().take_while(|day| *day < today);
        for day in days.filter(|day| house.calendar.halves(*day) > 0) {
            let taken = |slot| known.iter().find(|taken| taken.is(day, slot));
            let is_in = |slot| taken(slot).is_some_and(|taken| taken.submitted_at.is_some());
            if house.policy.slots().iter().all(|slot| is_in(slot)) {
                continue;
            }
            for slot in house.policy.slots() {
                let calling = Calling { house, homeroom, day, slot };
                match taken(slot) {
                    None => self.take(calling, &mut gathered)?,
                    Some(begun) => self.finish(calling, begun, &mut gathered, db)?,
                }
            }
        }
        gathered.begin(db)?;
        Ok(gathered)
    }

    /// A register taken and submitted.
    pub(super) fn take(&self, calling: Calling<'_>, gathered: &mut Gathered) -> Result<()> {
        let taking = calling.submitted(self.organization, self.now);
        let lines = self.lines(calling, taking.id)?;
        gathered.takings.push(taking);
        gathered.lines.extend(lines);
        Ok(())
    }

    /// A register that was begun: whoever is not marked is marked now, and it is submitted.
    fn finish(
        &self,
        calling: Calling<'_>,
        begun: &Taken,
        gathered: &mut Gathered,
        db: &mut Db<'_, Seed>,
    ) -> Result<()> {
        if begun.submitted_at.is_some() {
            return Ok(());
        }
        let marked: Vec<Uuid> = attendance_records::table
            .filter(attendance_records::organization_id.eq(self.organization))
            .filter(attendance_records::attendance_session_id.eq(begun.id))
            .select(attendance_records::student_id)
            .load(db.conn())?;
        let students: BTreeSet<_> = marked.into_iter().collect();
        for line in self.lines(calling, begun.id)? {
            if !students.contains(&line.student_id) {
                gathered.lines.push(line);
            }
        }
        begun.submit(calling.submission(self.now).1, db)
    }

    /// A line for everyone on the roll that day.
    pub(super) fn lines(&self, calling: Calling<'_>, session: Uuid) -> Result<Vec<MarkRow>> {
        let page = self.page(calling, session);
        let line = |pupil| {
            let known = self.planned.iter().find(|planned| planned.covers(pupil, calling.day));
            match known {
                Some(planned) => planned.line(&page, self.organization, pupil),
                None => page.line(self.organization, pupil),
            }
        };
        calling.homeroom.on_roll(calling.day).map(line).collect()
    }

    /// The page on which a register is written.
    pub(super) fn page<'a>(&'a self, calling: Calling<'a>, session: Uuid) -> Page<'a> {
        let class = number_of(&calling.homeroom.name);
        Page {
            house: calling.house,
            codes: &self.codes,
            session,
            day: calling.day,
            slot: calling.slot,
            is_trip: is_trip(class, calling.day),
            now: self.now,
        }
    }
}

impl Gathered {
    /// Writes that the registers were taken.
    pub(super) fn begin(&mut self, db: &mut Db<'_, Seed>) -> Result<()> {
        insert_all!(attendance_sessions::table, self.takings, db);
        self.takings.clear();
        Ok(())
    }

    /// Writes what stands in them.
    pub(super) fn write(self, db: &mut Db<'_, Seed>) -> Result<()> {
        insert_all!(attendance_records::table, self.lines, db);
        Ok(())
    }
}
