//! Today's registers, as a newcomer finds them: some in, some open, most not begun, and a conflict.

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use schema::{attendance_records, attendance_sessions};

use super::{
    fate::{Fate, fate},
    homeroom::Pupil,
    house::House,
    registers::{Gathered, Records, work_as},
    taking::{Calling, Taken},
};
use crate::{db::Db, error::Result, permit::Seed};

/// Begins today's registers of a campus; one that somebody has begun is left alone, and so is the newcomer's.
pub(super) fn begin(records: &Records, house: &House, welcome: &str, db: &mut Db<'_, Seed>) -> Result<()> {
    let today = house.today(records.now);
    let Some(slot) = house.policy.slots().first() else {
        return Ok(());
    };
    let mut gathered = Gathered::default();
    for (index, homeroom) in house.homerooms.iter().enumerate() {
        if homeroom.name == welcome || !Taken::since(today, homeroom.id, db)?.is_empty() {
            continue;
        }
        let calling = Calling { house, homeroom, day: today, slot };
        match index % 5 {
            0 => records.take(calling, &mut gathered)?,
            1 => records.leave_open(calling, index == 1, db)?,
            2 if house.office.is_some() => records.excuse(calling, db)?,
            _ => {}
        }
    }
    gathered.begin(db)?;
    gathered.write(db)
}

impl Records {
    /// A register with the first exceptions in it. In one, a child whom the office took for ill sits in class.
    fn leave_open(&self, calling: Calling<'_>, with_conflict: bool, db: &mut Db<'_, Seed>) -> Result<()> {
        work_as(calling.homeroom.in_front(calling.day), db)?;
        let taking = calling.begun(self.organization);
        let page = self.page(calling, taking.id);
        let mut lines = Vec::new();
        for pupil in calling.homeroom.on_roll(calling.day).take(12) {
            if !is_there(pupil, calling.day) {
                lines.push(page.line(self.organization, pupil)?);
            }
        }
        let sits_there = calling.homeroom.on_roll(calling.day).find(|pupil| is_there(pupil, calling.day));
        if let Some(pupil) = sits_there.filter(|_| with_conflict) {
            let mut line = page.marked(self.organization, pupil, "present")?;
            page.stands_as(&mut line, "ill", "Ill, message from home", self.now - TimeDelta::minutes(25))?;
            line.is_here = true;
            lines.push(line);
        }
        diesel::insert_into(attendance_sessions::table).values(taking).execute(db.conn())?;
        diesel::insert_into(attendance_records::table).values(lines).execute(db.conn())?;
        Ok(())
    }

    /// The office knows of one before the teacher has opened the register.
    fn excuse(&self, calling: Calling<'_>, db: &mut Db<'_, Seed>) -> Result<()> {
        if let Some(office) = calling.house.office {
            work_as(office, db)?;
        }
        let taking = calling.untouched(self.organization);
        let page = self.page(calling, taking.id);
        let Some(pupil) = calling.homeroom.on_roll(calling.day).last() else {
            return Ok(());
        };
        let mut line = page.marked(self.organization, pupil, "absent")?;
        page.stands_as(&mut line, "ill", "Fever, mother called", self.now - TimeDelta::minutes(40))?;
        line.teacher_code_id = None;
        diesel::insert_into(attendance_sessions::table).values(taking).execute(db.conn())?;
        diesel::insert_into(attendance_records::table).values(line).execute(db.conn())?;
        Ok(())
    }
}

fn is_there(pupil: &Pupil, day: NaiveDate) -> bool {
    matches!(fate(pupil.number, day), Fate::Present | Fate::LeftEarly(_))
}
