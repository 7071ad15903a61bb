//! What days are worth, kept in the transaction that changes a mark, a policy or the calendar. The rule stands in the
//! migration `count_days`.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use schema::{attendance_records as records, students};
use uuid::Uuid;

use crate::{
    catalog::Complaint,
    db::Db,
    error::Result,
    permit::{Permission, Seed},
    sql::{count_days, count_many_days, report},
};

/// How many students are counted in one statement.
const AT_ONCE: usize = 500;

/// Counts one day of some students anew.
pub(crate) fn count<P: Permission>(students: &[Uuid], day: NaiveDate, db: &mut Db<'_, P>) -> Result<()> {
    let organization = db.organization();
    each(students, |some| {
        diesel::select(count_days(organization, some, day, day)).get_result::<i32>(db.conn())
    })
}

/// Counts the days of some students from the first to the last anew.
pub(crate) fn count_span<P: Permission>(
    students: &[Uuid],
    (first, last): (NaiveDate, NaiveDate),
    db: &mut Db<'_, P>,
) -> Result<()> {
    let organization = db.organization();
    each(students, |some| {
        diesel::select(count_many_days(organization, some, first, last)).get_result::<i32>(db.conn())
    })
}

/// Counts some of them after the other, in one order, so that no two wait for each other.
fn each(students: &[Uuid], mut counted: impl FnMut(&[Uuid]) -> QueryResult<i32>) -> Result<()> {
    let mut students = students.to_vec();
    students.sort_unstable();
    for some in students.chunks(AT_ONCE) {
        counted(some)?;
    }
    Ok(())
}

/// Counts a day anew for everybody who has a mark in a session.
pub(crate) fn count_session<P: Permission>(session: Uuid, day: NaiveDate, db: &mut Db<'_, P>) -> Result<()> {
    let marked: Vec<Uuid> = records::table
        .filter(records::organization_id.eq(db.organization()))
        .filter(records::attendance_session_id.eq(session))
        .select(records::student_id)
        .load(db.conn())?;
    count(&marked, day, db)
}

/// Counts a day anew for everybody who has a mark in a campus's registers of it.
pub(crate) fn count_campus<P: Permission>(campus: Uuid, day: NaiveDate, db: &mut Db<'_, P>) -> Result<()> {
    use schema::attendance_sessions as sessions;
    let taken = sessions::table
        .filter(sessions::organization_id.eq(db.organization()))
        .filter(sessions::session_date.eq(day))
        .filter(sessions::campus_id.eq(campus))
        .select(sessions::id);
    let marked: Vec<Uuid> = records::table
        .filter(records::organization_id.eq(db.organization()))
        .filter(records::attendance_session_id.eq_any(taken))
        .select(records::student_id)
        .distinct()
        .load(db.conn())?;
    count(&marked, day, db)
}

/// Every day of an organization whose worth is not what its marks say, and every total that is not what its days add up to.
///
/// # Errors
/// [`crate::Error::Unavailable`] when the database is away.
pub fn miscounted(db: &mut Db<'_, Seed>) -> Result<Vec<Complaint>> {
    let organization = db.organization();
    let mut found = Vec::new();
    for some in everybody(db)?.chunks(AT_ONCE) {
        found.append(&mut report::miscounted_days(organization, some, db.conn())?);
    }
    Ok(found)
}

/// Counts every day of an organization anew, from 1970 on, and totals them.
///
/// # Errors
/// As [`miscounted`].
pub fn count_everything(db: &mut Db<'_, Seed>) -> Result<()> {
    let everybody = everybody(db)?;
    let next_year = db.today() + Days::new(366);
    count_span(&everybody, (NaiveDate::default(), next_year), db)?;
    let organization = db.organization();
    for some in everybody.chunks(AT_ONCE) {
        report::total_days(organization, some, db.conn())?;
    }
    Ok(())
}

fn everybody(db: &mut Db<'_, Seed>) -> Result<Vec<Uuid>> {
    let all = students::table.filter(students::organization_id.eq(db.organization()));
    Ok(all.select(students::id).order(students::id).load(db.conn())?)
}
