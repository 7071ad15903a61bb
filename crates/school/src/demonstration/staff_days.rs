//! Whether the staff came: every school day of the last weeks up to yesterday, as the front desk recorded it.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};
use diesel::prelude::*;
use schema::{staff, staff_attendance_records as records};
use uuid::Uuid;

use super::{chance::Chance, fate::number_of, house::House, registers::work_as, rows::insert_all};
use crate::{
    clock::new_id,
    db::Db,
    error::Result,
    permit::Seed,
    words::{StaffAttendanceStatus, StaffStatus, StaffType},
};

/// How far back days are filled.
const DAYS_BACK: u64 = 42;
/// Why somebody is late.
const LATE: [&str; 3] = ["Train", "Flat tyre", "Own child ill in the night"];
/// Why somebody is away.
const AWAY: [&str; 4] = ["Ill", "Training day", "Child ill", "Dentist in the morning, cover arranged"];

#[derive(Insertable)]
#[diesel(table_name = records)]
struct Row {
    organization_id: Uuid,
    id: Uuid,
    staff_id: Uuid,
    campus_id: Uuid,
    attendance_date: NaiveDate,
    status: StaffAttendanceStatus,
    note: Option<&'static str>,
    user_name: String,
    user_role: &'static str,
}

/// Somebody who works at a campus.
#[derive(HasQuery)]
#[diesel(table_name = staff)]
struct Worker {
    id: Uuid,
    employee_number: String,
    first_name: String,
    last_name: String,
    staff_type: StaffType,
}

/// Records the days of a campus of which nothing is recorded yet.
pub(super) fn go_on(house: &House, today: NaiveDate, db: &mut Db<'_, Seed>) -> Result<()> {
    let first = house.calendar.first.max(today - Days::new(DAYS_BACK));
    let known: Vec<NaiveDate> = records::table
        .filter(records::organization_id.eq(db.organization()))
        .filter(records::campus_id.eq(house.id))
        .filter(records::attendance_date.ge(first))
        .select(records::attendance_date)
        .distinct()
        .load(db.conn())?;
    let known: BTreeSet<NaiveDate> = known.into_iter().collect();
    let workers = Worker::query()
        .filter(staff::organization_id.eq(db.organization()))
        .filter(staff::campus_id.eq(house.id))
        .filter(staff::deleted_at.is_null())
        .filter(staff::status.eq(StaffStatus::Active))
        .order(staff::employee_number)
        .load(db.conn())?;
    if let Some(office) = house.office {
        work_as(office, db)?;
    }
    let open = |day: &NaiveDate| house.calendar.halves(*day) > 0 && !known.contains(day);
    let days = first.iter_days().take_while(|day| *day < today).filter(open);
    let organization = db.organization();
    let rows: Vec<Row> = days
        .flat_map(|day| workers.iter().map(move |worker| worker.on(day, (organization, house.id))))
        .collect();
    insert_all!(records::table, rows, db);
    Ok(())
}

impl Worker {
    fn on(&self, day: NaiveDate, (organization_id, campus_id): (Uuid, Uuid)) -> Row {
        let mut chance = Chance::of_day(number_of(&self.employee_number), day.num_days_from_ce().into());
        let (status, note) = if chance.falls(30) {
            (StaffAttendanceStatus::Absent, Some(chance.pick(&AWAY)))
        } else if chance.falls(25) {
            (StaffAttendanceStatus::Late, Some(chance.pick(&LATE)))
        } else {
            (StaffAttendanceStatus::Present, None)
        };
        Row {
            organization_id,
            id: new_id(),
            staff_id: self.id,
            campus_id,
            attendance_date: day,
            status,
            note,
            user_name: format!("{} {}", self.first_name, self.last_name),
            user_role: self.staff_type.label(),
        }
    }
}
