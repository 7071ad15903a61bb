//! The registers of a school that goes on: every school day up to yesterday, each taken by whoever stood in front.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, Utc};
use diesel::prelude::*;
use schema::{attendance_records, attendance_sessions};
use uuid::Uuid;

use super::{
    fate::{is_trip, number_of},
    homeroom::Worker,
    house::House,
    marks::{Codes, MarkRow, Page},
    plan::SchoolPlan,
    planned::{self, Planned},
    rows::insert_all,
    taking::{Calling, Taken, TakingRow},
    today,
    worth::{Standing, Worth},
};
use crate::{db::Db, error::Result, permit::Seed, sql::set_config};

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
    pub(super) takings: Vec<TakingRow>,
    pub(super) lines: Vec<MarkRow>,
    pub(super) worth: Worth,
}

/// Fills every school day up to yesterday, and takes some of today's registers.
pub(super) fn go_on(plan: &SchoolPlan, db: &mut Db<'_, Seed>) -> Result<()> {
    let records = Records {
        organization: db.organization(),
        codes: Codes::read(db)?,
        planned: planned::all(db)?,
        now: db.now(),
    };
    for mut house in House::all(db)? {
        let today = house.today(records.now);
        house.calendar.hold_school(house.id, today, db)?;
        for room in 0..house.homerooms.len() {
            records.fill(&house, room, today, db)?;
        }
        today::begin(&records, &house, plan.welcome, db)?;
    }
    Ok(())
}

/// Lets the history name somebody for what follows in this transaction.
pub(super) fn work_as(worker: Worker, db: &mut Db<'_, Seed>) -> Result<()> {
    diesel::select(set_config("app.user_id", worker.user.to_string(), true)).execute(db.conn())?;
    Ok(())
}

impl Records {
    /// Takes the registers of a homeroom that nobody took, and submits those left open.
    fn fill(
        &self,
        house: &House,
        room: usize,
        today: NaiveDate,
        db: &mut Db<'_, Seed>,
    ) -> Result<()> {
        let homeroom = &house.homerooms[room];
        work_as(homeroom.teacher, db)?;
        let first = house.calendar.first.max(today - Days::new(DAYS_BACK));
        let known = Taken::since(first, homeroom.id, db)?;
        let mut gathered = Gathered::default();
        let days = first.iter_days().take_while(|day| *day < today);
        for day in days.filter(|day| house.calendar.halves(*day) > 0) {
            for slot in house.policy.slots() {
                let calling = Calling {
                    house,
                    homeroom,
                    day,
                    slot,
                };
                match known
                    .iter()
                    .find(|taken| taken.session_date == day && taken.slot == *slot)
                {
                    None => self.take(calling, &mut gathered)?,
                    Some(open) if open.submitted_at.is_none() => {
                        self.finish(calling, open, &mut gathered, db)?;
                    }
                    Some(_) => {}
                }
            }
        }
        gathered.write(house, db)
    }

    /// A register taken and submitted.
    pub(super) fn take(&self, calling: Calling<'_>, gathered: &mut Gathered) -> Result<()> {
        let taking = calling.submitted(self.organization, self.now);
        let lines = self.lines(calling, taking.id)?;
        gathered.takings.push(taking);
        for line in &lines {
            gathered
                .worth
                .add(calling.house, calling.slot, &line.into());
        }
        gathered.lines.extend(lines);
        Ok(())
    }

    /// A register that was left open: whoever is not marked is marked now, and it is submitted.
    fn finish(
        &self,
        calling: Calling<'_>,
        open: &Taken,
        gathered: &mut Gathered,
        db: &mut Db<'_, Seed>,
    ) -> Result<()> {
        let marked: Vec<Standing> = Standing::query()
            .filter(attendance_records::organization_id.eq(self.organization))
            .filter(attendance_records::attendance_session_id.eq(open.id))
            .load(db.conn())?;
        let students: BTreeSet<_> = marked.iter().map(|standing| standing.student_id).collect();
        let mut lines = self.lines(calling, open.id)?;
        lines.retain(|line| !students.contains(&line.student_id));
        for standing in marked.into_iter().chain(lines.iter().map(Standing::from)) {
            gathered.worth.add(calling.house, calling.slot, &standing);
        }
        gathered.lines.extend(lines);
        open.submit(calling.submission(self.now).1, db)
    }

    /// A line for everyone on the roll that day.
    pub(super) fn lines(&self, calling: Calling<'_>, session: Uuid) -> Result<Vec<MarkRow>> {
        let page = self.page(calling, session);
        let line = |pupil| {
            let known = self
                .planned
                .iter()
                .find(|planned| planned.covers(pupil, calling.day));
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
    /// Writes what was gathered.
    pub(super) fn write(self, house: &House, db: &mut Db<'_, Seed>) -> Result<()> {
        insert_all!(attendance_sessions::table, self.takings, db);
        insert_all!(attendance_records::table, self.lines, db);
        self.worth.write(house, db)
    }
}
