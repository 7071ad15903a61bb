//! Taking a campus out of use once nobody is there, and back.

use diesel::{dsl::count, prelude::*};
use schema::{academic_years, campuses, classes, school_enrollments as places, staff};
use uuid::Uuid;

use super::{campus_change::Particulars, year_removal::in_a_row};
use crate::{
    db::Db,
    error::{Error, Result},
    permit::UpdateCampuses,
    words::{ClassStatus, StaffStatus},
};

/// Takes a campus out of use: it is offered nowhere from then on, and its past stays.
///
/// # Errors
/// [`Error::NotFound`] out of reach; [`Error::Conflict`] while students, classes or staff are there.
pub fn retire(id: Uuid, db: &mut Db<'_, UpdateCampuses>) -> Result<()> {
    let campus = Particulars::held(id, db)?;
    let counts = [
        (students_at(id, db)?, "student", "students"),
        (classes_at(id, db)?, "class", "classes"),
        (staff_at(id, db)?, "member of staff", "members of staff"),
    ];
    let there: Vec<String> = counts
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }))
        .collect();
    if !there.is_empty() {
        return Err(Error::Conflict(format!(
            "{} has {} there. It goes out of use once they have left, moved or closed.",
            campus.name,
            in_a_row(&there)
        )));
    }
    set(id, false, db)
}

/// Takes a campus into use again.
///
/// # Errors
/// [`Error::NotFound`] out of reach.
pub fn take_back(id: Uuid, db: &mut Db<'_, UpdateCampuses>) -> Result<()> {
    Particulars::held(id, db)?;
    set(id, true, db)
}

fn set(id: Uuid, active: bool, db: &mut Db<'_, UpdateCampuses>) -> Result<()> {
    diesel::update(campuses::table.find((db.organization(), id)))
        .set(campuses::active.eq(active))
        .execute(db.conn())?;
    Ok(())
}

/// Students with a place there today or later.
fn students_at(campus: Uuid, db: &mut Db<'_, UpdateCampuses>) -> Result<i64> {
    Ok(places::table
        .filter(places::organization_id.eq(db.organization()))
        .filter(places::campus_id.eq(campus))
        .filter(places::deleted_at.is_null())
        .filter(places::leaves_on.is_null().or(places::leaves_on.ge(db.today())))
        .select(count(places::student_id).aggregate_distinct())
        .first(db.conn())?)
}

/// Classes that run or are planned there, in a year that is not over.
fn classes_at(campus: Uuid, db: &mut Db<'_, UpdateCampuses>) -> Result<i64> {
    let year = academic_years::organization_id
        .eq(classes::organization_id)
        .and(academic_years::id.eq(classes::academic_year_id));
    Ok(classes::table
        .inner_join(academic_years::table.on(year))
        .filter(classes::organization_id.eq(db.organization()))
        .filter(classes::campus_id.eq(campus))
        .filter(classes::deleted_at.is_null())
        .filter(classes::status.ne(ClassStatus::Closed))
        .filter(academic_years::end_date.ge(db.today()))
        .count()
        .get_result(db.conn())?)
}

fn staff_at(campus: Uuid, db: &mut Db<'_, UpdateCampuses>) -> Result<i64> {
    Ok(staff::table
        .filter(staff::organization_id.eq(db.organization()))
        .filter(staff::campus_id.eq(campus))
        .filter(staff::deleted_at.is_null())
        .filter(staff::status.ne(StaffStatus::Left))
        .count()
        .get_result(db.conn())?)
}
