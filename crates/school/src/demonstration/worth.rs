//! What a day was worth for a student, from the marks of its registers.

use std::collections::BTreeMap;

use bigdecimal::BigDecimal;
use chrono::{NaiveDate, NaiveTime};
use diesel::prelude::*;
use schema::{attendance_days, attendance_records};
use uuid::Uuid;

use super::{house::House, marks::MarkRow, rows::AT_ONCE};
use crate::{clock::new_id, db::Db, error::Result, permit::Seed, words::AttendanceStatus};

#[derive(Insertable)]
#[diesel(table_name = attendance_days)]
struct WorthRow {
    organization_id: Uuid,
    id: Uuid,
    student_id: Uuid,
    campus_id: Uuid,
    day: NaiveDate,
    possible: BigDecimal,
    attended: BigDecimal,
    excused: BigDecimal,
    derived_from: String,
}

/// Halves of days, as they add up from register to register.
#[derive(Default)]
struct Halves {
    attended: u8,
    excused: u8,
    slots: Vec<String>,
}

/// As much of a mark as a day's worth hangs on.
#[derive(HasQuery)]
#[diesel(table_name = attendance_records)]
pub(super) struct Standing {
    pub(super) student_id: Uuid,
    session_date: NaiveDate,
    status: AttendanceStatus,
    left_at: Option<NaiveTime>,
}

impl From<&MarkRow> for Standing {
    fn from(line: &MarkRow) -> Self {
        Self {
            student_id: line.student_id,
            session_date: line.session_date,
            status: line.status,
            left_at: line.left_at,
        }
    }
}

/// What the days of one class were worth, student by student.
#[derive(Default)]
pub(super) struct Worth(BTreeMap<(Uuid, NaiveDate), Halves>);

impl Worth {
    /// Adds what a mark is worth.
    pub(super) fn add(&mut self, house: &House, slot: &str, line: &Standing) {
        use AttendanceStatus::{Absent, Excused, Late, LeftEarly, Present};
        let day = line.session_date;
        let share = if house.policy.slots().len() > 1 { 1 } else { house.calendar.halves(day) };
        let halves = self.0.entry((line.student_id, day)).or_default();
        match line.status {
            Present | Late => halves.attended += share,
            LeftEarly => halves.attended += share.min(stayed(house, line)),
            Excused => halves.excused += share,
            Absent => {}
        }
        halves.slots.push(format!("{slot} {}", line.status.word()));
    }

    /// Writes every day whose registers are all in, a student's days together.
    pub(super) fn write(self, house: &House, db: &mut Db<'_, Seed>) -> Result<()> {
        let organization_id = db.organization();
        let slots = house.policy.slots().len();
        let rows: Vec<_> = self
            .0
            .into_iter()
            .filter(|(_, halves)| halves.slots.len() >= slots)
            .map(|((student_id, day), halves)| {
                let possible = house.calendar.halves(day);
                let attended = halves.attended.min(possible);
                WorthRow {
                    organization_id,
                    id: new_id(),
                    student_id,
                    campus_id: house.id,
                    day,
                    possible: of_a_day(possible),
                    attended: of_a_day(attended),
                    excused: of_a_day(halves.excused.min(possible - attended)),
                    derived_from: halves.slots.join(", "),
                }
            })
            .collect();
        for some in rows.chunks(AT_ONCE) {
            diesel::insert_into(attendance_days::table)
                .values(some)
                .on_conflict_do_nothing()
                .execute(db.conn())?;
        }
        Ok(())
    }
}

/// How many halves of a day somebody stayed who left early.
fn stayed(house: &House, line: &Standing) -> u8 {
    let minutes = line.left_at.map_or(0, |left| (left - house.starts).num_minutes());
    let reached = |asked: i16| u8::from(minutes >= i64::from(asked));
    reached(house.policy.half_day_minutes) + reached(house.policy.full_day_minutes)
}

fn of_a_day(halves: u8) -> BigDecimal {
    BigDecimal::new((i64::from(halves) * 5).into(), 1)
}
