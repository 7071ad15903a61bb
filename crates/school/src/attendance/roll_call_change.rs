//! A list is begun and closed.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::{dsl::exists, prelude::*};
use schema::{class_enrollments, classes, roll_calls, school_enrollments, staff, students};
use uuid::Uuid;

use super::{headcount, joins, roll_call::RollCall, seat, site::Site};
use crate::{
    academics::class::{Named, visible},
    clock::new_id,
    db::Db,
    error::{Error, Result},
    people::student,
    permit::{CreateRollCalls, UpdateRollCalls},
    sql::fill_roll_call,
    words::{ClassKind, ClassStatus, RollCallKind, StaffStatus},
};

/// The most students of a list.
const MOST: i64 = super::roll_call_line::MOST;
/// The most lines that name a student each.
pub const MOST_LINES: usize = 300;

/// A list to be begun.
#[derive(Clone, Debug)]
pub struct NewRollCall {
    /// What it is for; a fire roll names everybody of its campus.
    pub kind: RollCallKind,
    /// Where.
    pub campus: Uuid,
    /// What people call it.
    pub name: String,
    /// What its first headcount is called.
    pub moment: String,
    /// Who has these students with them.
    pub held_by: Option<Uuid>,
    /// Whole classes.
    pub classes: Vec<Uuid>,
    /// Single students, by name or number.
    pub who: Vec<String>,
}

/// Begins a list with its first headcount. Answers its id.
///
/// # Errors
/// [`Error::Invalid`] by the field for a campus, class, holder or student that is not in reach, and for nobody at all.
pub fn begin(new: &NewRollCall, db: &mut Db<'_, CreateRollCalls>) -> Result<Uuid> {
    let site = Site::within_reach(new.campus, db)
        .map_err(|_| Error::invalid("campus_id", "Choose one from the list."))?;
    if let Some(holder) = new.held_by
        && !may_hold(holder, db)?
    {
        return Err(Error::invalid("held_by", "Choose one from the list."));
    }
    let who = match new.kind {
        RollCallKind::Fire => of_site(&site, db)?,
        RollCallKind::Trip => chosen(new, db)?,
    };
    if who.is_empty() {
        let field = if new.kind == RollCallKind::Fire { "campus_id" } else { "who" };
        return Err(Error::invalid(field, "Nobody would be on this list."));
    }
    let id = new_id();
    let (day, hour) = site.now(db);
    diesel::insert_into(roll_calls::table)
        .values((
            (roll_calls::organization_id.eq(db.organization()), roll_calls::id.eq(id)),
            (roll_calls::campus_id.eq(site.id), roll_calls::kind.eq(new.kind), roll_calls::day.eq(day)),
            (roll_calls::name.eq(&new.name), roll_calls::held_by_id.eq(new.held_by)),
        ))
        .execute(db.conn())?;
    let _: i32 = diesel::select(fill_roll_call(db.organization(), id, who, hour)).get_result(db.conn())?;
    headcount::insert(id, &new.moment, db)?;
    Ok(id)
}

/// Closes a list, with what is to be said of it.
///
/// # Errors
/// [`Error::NotFound`] out of reach, [`Error::Forbidden`] for whoever sees a part of it, [`Error::Conflict`] where it is
/// closed already.
pub fn close(id: Uuid, note: Option<&str>, db: &mut Db<'_, UpdateRollCalls>) -> Result<()> {
    if !RollCall::of(id, db)?.is_whole {
        return Err(Error::Forbidden);
    }
    let closed = diesel::update(roll_calls::table.find((db.organization(), id)))
        .filter(roll_calls::closed_at.is_null())
        .set((
            roll_calls::closed_at.eq(db.now()),
            roll_calls::closed_by_id.eq(db.user()),
            roll_calls::note.eq(note),
        ))
        .execute(db.conn())?;
    if closed == 0 { Err(Error::Conflict("This list is closed.".into())) } else { Ok(()) }
}

/// Who may hold a list, by family name. At most 600.
pub fn holders(db: &mut Db<'_, CreateRollCalls>) -> Result<Vec<Named>> {
    let all: Vec<(Uuid, String, String)> = staff::table
        .filter(staff::organization_id.eq(db.organization()))
        .filter(staff::deleted_at.is_null())
        .filter(staff::status.eq(StaffStatus::Active))
        .select((staff::id, staff::first_name, staff::last_name))
        .order((staff::last_name, staff::first_name, staff::id))
        .limit(600)
        .load(db.conn())?;
    Ok(all.into_iter().map(|(id, first, last)| Named { id, name: format!("{first} {last}") }).collect())
}

/// Whether a member of staff may hold a list, also where there are more than a page offers.
fn may_hold(holder: Uuid, db: &mut Db<'_, CreateRollCalls>) -> Result<bool> {
    let theirs = staff::table
        .filter(staff::organization_id.eq(db.organization()))
        .filter(staff::id.eq(holder))
        .filter(staff::deleted_at.is_null())
        .filter(staff::status.eq(StaffStatus::Active));
    Ok(diesel::select(exists(theirs.select(staff::id))).get_result(db.conn())?)
}

/// The homerooms in reach, by name, for a trip to choose from. At most 500.
pub fn offered(db: &mut Db<'_, CreateRollCalls>) -> Result<Vec<Named>> {
    homerooms(None, None, db)
}

/// Those of a campus, or those of a list of ids.
fn homerooms(
    campus: Option<Uuid>,
    of: Option<&[Uuid]>,
    db: &mut Db<'_, CreateRollCalls>,
) -> Result<Vec<Named>> {
    let mut homerooms = visible(db)
        .filter(classes::kind.eq(ClassKind::Homeroom))
        .filter(classes::status.eq(ClassStatus::Active))
        .filter(exists(joins::year_begun_by(db.today())));
    if let Some(campus) = campus {
        homerooms = homerooms.filter(classes::campus_id.eq(campus));
    }
    if let Some(of) = of {
        homerooms = homerooms.filter(classes::id.eq_any(of.to_vec()));
    }
    Ok(homerooms
        .select((classes::id, classes::name))
        .order((classes::name, classes::id))
        .limit(500)
        .load(db.conn())?)
}

/// Everybody of a campus on its day: on the roll of one of its homerooms, or enrolled there and not given a class yet.
fn of_site(site: &Site, db: &mut Db<'_, CreateRollCalls>) -> Result<Vec<Uuid>> {
    let day = site.now(db).0;
    let mut who: BTreeSet<Uuid> =
        of_classes(&homerooms(Some(site.id), None, db)?, day, db)?.into_iter().collect();
    let enrolled = school_enrollments::table
        .filter(school_enrollments::organization_id.eq(db.organization()))
        .filter(school_enrollments::campus_id.eq(site.id))
        .filter(school_enrollments::deleted_at.is_null())
        .filter(school_enrollments::enters_on.le(day))
        .filter(school_enrollments::leaves_on.is_null().or(school_enrollments::leaves_on.ge(day)))
        .select(school_enrollments::student_id);
    let of_campus: Vec<Uuid> = student::visible(db)
        .filter(students::id.eq_any(enrolled))
        .select(students::id)
        .order(students::id)
        .limit(MOST)
        .load(db.conn())?;
    who.extend(of_campus);
    Ok(who.into_iter().collect())
}

/// Everybody on these rolls on a day.
fn of_classes(of: &[Named], day: NaiveDate, db: &mut Db<'_, CreateRollCalls>) -> Result<Vec<Uuid>> {
    let of: Vec<Uuid> = of.iter().map(|class| class.id).collect();
    let on_roll = class_enrollments::table
        .filter(class_enrollments::organization_id.eq(db.organization()))
        .filter(class_enrollments::class_id.eq_any(of))
        .filter(joins::on_roll(day))
        .select(class_enrollments::student_id);
    Ok(student::visible(db)
        .filter(students::id.eq_any(on_roll))
        .select(students::id)
        .order(students::id)
        .limit(MOST)
        .load(db.conn())?)
}

/// The classes and students that were named.
fn chosen(new: &NewRollCall, db: &mut Db<'_, CreateRollCalls>) -> Result<Vec<Uuid>> {
    let classes = homerooms(None, Some(&new.classes), db)?;
    if classes.len() < new.classes.len() {
        return Err(Error::invalid("class", "Choose from the list."));
    }
    let mut who: BTreeSet<Uuid> = of_classes(&classes, db.today(), db)?.into_iter().collect();
    for (index, words) in new.who.iter().enumerate() {
        let line = index + 1;
        match seat::meant(words, db)?.as_slice() {
            [only] => {
                who.insert(only.student);
            }
            [] => {
                let message = format!("Line {line}: nobody on a roll today is called “{words}”.");
                return Err(Error::invalid("who", message));
            }
            several => {
                let names: Vec<_> =
                    several.iter().map(|one| format!("{} ({})", one.called(), one.number)).collect();
                let message =
                    format!("Line {line}: “{words}” may be {}. Write the number.", names.join(", "));
                return Err(Error::invalid("who", message));
            }
        }
    }
    Ok(who.into_iter().collect())
}
