//! Absences known beforehand: a child's call or note, a trip's list. They stand on every register of their days.

use chrono::{Days, NaiveDate, NaiveTime};
use diesel::prelude::*;
use schema::{attendance_codes as codes, planned_absences as planned, students};
use uuid::Uuid;

use super::{code, seat::candidates, taken_word, told_since};
use crate::{
    clock::new_id,
    db::Db,
    error::{Error, Result},
    people::student::visible,
    permit::UpdateAttendanceRecords,
};

/// The most that one list holds.
pub const MOST: usize = 200;
/// The longest absence, in days.
const LONGEST: u64 = 399;
/// The most that are shown.
const SHOWN: i64 = 500;

/// An absence to be noted, for one student or a list.
#[derive(Clone, Debug)]
pub struct NewPlan {
    /// Who, a name or a number each.
    pub who: Vec<String>,
    /// The code's id that it becomes.
    pub code: Uuid,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// From when, if for part of the day.
    pub starts_at: Option<NaiveTime>,
    /// Until when.
    pub ends_at: Option<NaiveTime>,
    /// Why, up to 200 characters.
    pub reason: String,
    /// Who said so.
    pub told_by: Option<String>,
}

/// An absence known beforehand.
#[derive(Clone, Debug, Queryable)]
pub struct Plan {
    /// Its id.
    pub id: Uuid,
    /// The list's, if on one.
    pub list: Option<Uuid>,
    /// Who.
    pub student: Uuid,
    /// First, called and family name, and the name's language.
    pub name: (String, Option<String>, String, Option<String>),
    /// The code that it becomes.
    pub code_name: String,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// From when, if for part of the day.
    pub starts_at: Option<NaiveTime>,
    /// Until when.
    pub ends_at: Option<NaiveTime>,
    /// Why.
    pub reason: String,
    /// Who said so.
    pub told_by: Option<String>,
}

impl Plan {
    /// The name that is called, and the family name.
    #[must_use]
    pub fn called(&self) -> String {
        let (first, preferred, last, _) = &self.name;
        format!("{} {last}", preferred.as_ref().unwrap_or(first))
    }

    /// Those of today and later, the next first; a list's together. At most 500.
    pub fn to_come(db: &mut Db<'_, UpdateAttendanceRecords>) -> Result<Vec<Self>> {
        let today = db.today();
        let whose =
            students::organization_id.eq(planned::organization_id).and(students::id.eq(planned::student_id));
        let becomes = codes::organization_id
            .eq(planned::organization_id)
            .and(codes::id.eq(planned::attendance_code_id));
        Ok(planned::table
            .inner_join(students::table.on(whose))
            .inner_join(codes::table.on(becomes))
            .filter(planned::organization_id.eq(db.organization()))
            .filter(planned::student_id.eq_any(visible(db).select(students::id)))
            .filter(planned::deleted_at.is_null())
            .filter(planned::ends_on.ge(today))
            .select((
                planned::id,
                planned::list_id,
                students::id,
                (
                    students::first_name,
                    students::preferred_name,
                    students::last_name,
                    students::name_language,
                ),
                codes::name,
                planned::starts_on,
                planned::ends_on,
                planned::starts_at,
                planned::ends_at,
                planned::reason,
                planned::told_by,
            ))
            .order((
                planned::starts_on,
                planned::list_id,
                students::last_name,
                students::first_name,
                planned::id,
            ))
            .limit(SHOWN)
            .load(db.conn())?)
    }

    /// Takes one back, or everybody on its list, and with it the marks that follow from it (`taken_word.rs`).
    ///
    /// # Errors
    /// [`Error::NotFound`] out of reach, [`Error::Conflict`] where somebody else marks the same child at the same moment.
    pub fn take_back(id: Uuid, whole_list: bool, db: &mut Db<'_, UpdateAttendanceRecords>) -> Result<()> {
        let (now, reached) = (db.now(), visible(db).select(students::id));
        let list: Option<Uuid> = planned::table
            .find((db.organization(), id))
            .filter(planned::student_id.eq_any(visible(db).select(students::id)))
            .filter(planned::deleted_at.is_null())
            .select(planned::list_id)
            .first(db.conn())?;
        let meant = planned::id.nullable().eq(Some(id));
        let listed = planned::list_id
            .is_not_null()
            .and(planned::list_id.eq(list.filter(|_| whole_list)).assume_not_null());
        diesel::update(planned::table)
            .filter(planned::organization_id.eq(db.organization()))
            .filter(planned::student_id.eq_any(reached))
            .filter(planned::deleted_at.is_null())
            .filter(meant.assume_not_null().or(listed))
            .set(planned::deleted_at.eq(now))
            .execute(db.conn())?;
        taken_word::give_back(id, db)
    }
}

impl NewPlan {
    /// Notes it for everybody who is named: all of them or none. Marks of its days that say nothing of a reason have it
    /// from now on (`told_since.rs`). Answers how many.
    ///
    /// # Errors
    /// [`Error::Invalid`] by the field: a line that names nobody or several, days that have passed or end before they
    /// begin, a code that is none of the office's.
    pub fn note(&self, db: &mut Db<'_, UpdateAttendanceRecords>) -> Result<usize> {
        self.check(db)?;
        let students = self.students(db)?;
        let list = (students.len() > 1).then(new_id);
        let rows: Vec<_> = students
            .iter()
            .map(|student| {
                (
                    (planned::organization_id.eq(db.organization()), planned::id.eq(new_id())),
                    (planned::list_id.eq(list), planned::student_id.eq(*student)),
                    planned::attendance_code_id.eq(self.code),
                    (planned::starts_on.eq(self.starts_on), planned::ends_on.eq(self.ends_on)),
                    (planned::starts_at.eq(self.starts_at), planned::ends_at.eq(self.ends_at)),
                    (planned::reason.eq(&self.reason), planned::told_by.eq(&self.told_by)),
                )
            })
            .collect();
        let noted = diesel::insert_into(planned::table).values(rows).execute(db.conn())?;
        told_since::apply(self, &students, db)?;
        Ok(noted)
    }

    fn check(&self, db: &mut Db<'_, UpdateAttendanceRecords>) -> Result<()> {
        let offered = code::all(db)?;
        let is_offered =
            offered.iter().any(|one| one.id == self.code && one.is_in_use() && one.set_by_office);
        let wrong = |field, message: &str| Err(Error::invalid(field, message));
        match () {
            () if !is_offered => wrong("code", "Choose one from the list."),
            () if self.ends_on < self.starts_on => wrong("ends_on", "The last day comes before the first."),
            () if self.ends_on < db.today() => {
                wrong("ends_on", "These days have passed. Mark their registers instead.")
            }
            () if self.ends_on > self.starts_on + Days::new(LONGEST) => {
                wrong("ends_on", "That is longer than a year.")
            }
            () if self.starts_at.is_some() && self.starts_at >= self.ends_at && self.ends_at.is_some() => {
                wrong("ends_at", "The end comes before the beginning.")
            }
            () => Ok(()),
        }
    }

    /// Who is meant, line by line.
    fn students(&self, db: &mut Db<'_, UpdateAttendanceRecords>) -> Result<Vec<Uuid>> {
        if self.who.len() > MOST {
            return Err(Error::invalid("who", format!("At most {MOST} lines.")));
        }
        let mut students = Vec::new();
        for (index, words) in self.who.iter().enumerate() {
            let line = index + 1;
            match candidates(words, db)?.as_slice() {
                [only] if students.contains(&only.student) => {}
                [only] => students.push(only.student),
                [] => {
                    return Err(Error::invalid(
                        "who",
                        format!("Line {line}: nobody on a roll today is called “{words}”."),
                    ));
                }
                several => {
                    let names: Vec<_> =
                        several.iter().map(|one| format!("{} ({})", one.called(), one.number)).collect();
                    return Err(Error::invalid(
                        "who",
                        format!("Line {line}: “{words}” may be {}. Write the number.", names.join(", ")),
                    ));
                }
            }
        }
        Ok(students)
    }
}
