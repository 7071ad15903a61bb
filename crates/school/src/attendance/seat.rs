//! Where a child sits today: their homeroom, its campus, and what its clock says.

use chrono::{NaiveDate, NaiveTime, Timelike};
use chrono_tz::Tz;
use diesel::{dsl::exists, prelude::*};
use schema::{calendar_days, campuses, class_enrollments, classes, organizations, students};
use uuid::Uuid;

use super::{
    campus_policy, joins,
    policy::{DayEntry, Policy, SchoolDay, SlotName, held},
};
use crate::{
    clock::local,
    db::Db,
    error::{Error, Result},
    people::{student::visible, student_list::narrowed},
    permit::{Permission, UpdateAttendanceRecords},
    slice::Listing,
    sql::{coalesce, lower},
    words::{ClassKind, ClassStatus},
};

/// How many are offered to choose from.
const OFFERED: i64 = 8;

/// A child's place on a homeroom's roll today.
#[derive(Clone, Debug)]
pub struct Seat {
    /// The homeroom.
    pub class: Uuid,
    /// Its campus.
    pub campus: Uuid,
    /// What the campus asks of its registers.
    pub policy: Policy,
    /// Whether half a day or a whole one is held.
    held: SchoolDay,
    /// The campus's day and time, to the minute.
    pub now: (NaiveDate, NaiveTime),
}

/// Somebody who may be meant at the front desk.
#[derive(Clone, Debug, Queryable)]
pub struct Candidate {
    /// Who.
    pub student: Uuid,
    /// The student's number.
    pub number: String,
    /// First name.
    pub first_name: String,
    /// Called name.
    pub preferred_name: Option<String>,
    /// Family name.
    pub last_name: String,
    /// BCP 47 tag of the name's language.
    pub language: Option<String>,
    /// The homeroom's name.
    pub class_name: String,
}

type Found = (Uuid, Uuid, Option<String>, NaiveTime, String, Option<DayEntry>);

impl Seat {
    /// The seat of a student in reach.
    ///
    /// # Errors
    /// [`Error::NotFound`] out of reach, [`Error::Conflict`] on no homeroom's roll.
    pub(super) fn of(student: Uuid, db: &mut Db<'_, UpdateAttendanceRecords>) -> Result<Self> {
        crate::people::student::in_reach(student, db)?;
        let today = db.today();
        let found: Option<Found> = class_enrollments::table
            .inner_join(classes::table.on(joins::enrolled_class()))
            .inner_join(campuses::table.on(joins::campus_of_class()))
            .inner_join(organizations::table.on(joins::organization_of_class()))
            .left_join(calendar_days::table.on(joins::said_of(today)))
            .filter(class_enrollments::organization_id.eq(db.organization()))
            .filter(class_enrollments::student_id.eq(student))
            .filter(joins::on_roll(today))
            .filter(calls(ClassKind::Homeroom, ClassStatus::Active))
            .filter(exists(joins::year_begun_by(today)))
            .select((
                classes::id,
                campuses::id,
                campuses::time_zone,
                campuses::day_starts_at,
                organizations::time_zone,
                (calendar_days::kind, calendar_days::note, calendar_days::starts_at, calendar_days::ends_at)
                    .nullable(),
            ))
            .order((class_enrollments::enrolled_on.desc(), class_enrollments::created_at.desc(), classes::id))
            .first(db.conn())
            .optional()?;
        let (class, campus, own_zone, starts, zone, said) =
            found.ok_or_else(|| Error::Conflict("This student is on no homeroom’s roll today.".into()))?;
        let zone: Tz = own_zone.unwrap_or(zone).parse().unwrap_or(Tz::UTC);
        let (day, time) = local(db.now(), zone);
        let time = NaiveTime::from_hms_opt(time.hour(), time.minute(), 0).unwrap_or(time);
        let held = held(said, starts);
        let policy = campus_policy::on(day, campus, db)?.unwrap_or_else(|| Policy::usual(starts)).on(&held);
        Ok(Self { class, campus, policy, held, now: (day, time) })
    }

    /// When lateness begins in a slot.
    pub(super) fn late_after(&self, slot: &str) -> NaiveTime {
        self.policy.clone().in_slot(slot).late_after
    }

    /// Whether somebody who comes now is late in a slot.
    pub(super) fn is_late(&self, slot: &str) -> bool {
        self.now.1 > self.late_after(slot)
    }

    /// The slots of today that have begun, that of now the last.
    ///
    /// # Errors
    /// As `slots`.
    pub(super) fn begun(&self) -> Result<Vec<SlotName>> {
        let (_, later) = self.slots()?;
        let mut all = self.policy.slots(&self.held);
        all.truncate(all.len().saturating_sub(later.len()));
        Ok(all)
    }

    /// The slot of now, and those of today that are still to come.
    ///
    /// # Errors
    /// [`Error::Conflict`] where the roll is called by lesson and none is held today.
    pub(super) fn slots(&self) -> Result<(SlotName, Vec<SlotName>)> {
        let mut all = self.policy.slots(&self.held);
        let begun = all.iter().filter(|slot| self.late_after(slot) <= self.now.1).count().max(1);
        let later = all.split_off(begun.min(all.len()));
        let now = all.pop().ok_or_else(|| Error::Conflict("No lesson is held here today.".into()))?;
        Ok((now, later))
    }
}

/// Who may be meant by some words: any part of a name, or the number. Whose whole name or number it is comes alone.
pub fn candidates(words: &str, db: &mut Db<'_, UpdateAttendanceRecords>) -> Result<Vec<Candidate>> {
    meant(words, db)
}

/// The same for whoever else makes a list of students.
pub(super) fn meant<P: Permission>(words: &str, db: &mut Db<'_, P>) -> Result<Vec<Candidate>> {
    let listing = Listing { search: words.replace('\0', ""), ..Listing::default() };
    if listing.patterns().is_empty() {
        return Ok(Vec::new());
    }
    let called = narrowed(visible(db), &listing).select(students::id);
    // Whose number or name it is exactly is not cut away behind those who only have it in theirs.
    let whole = listing.search.trim().to_lowercase();
    let is_whole = lower(students::student_number).eq(whole.clone()).or(lower(
        coalesce(students::preferred_name, students::first_name).concat(" ").concat(students::last_name),
    )
    .eq(whole.clone())
    .or(lower(students::first_name.concat(" ").concat(students::last_name)).eq(whole)));
    let mut found: Vec<Candidate> = class_enrollments::table
        .inner_join(classes::table.on(joins::enrolled_class()))
        .inner_join(students::table.on(joins::enrolled_student()))
        .filter(class_enrollments::organization_id.eq(db.organization()))
        .filter(class_enrollments::student_id.eq_any(called))
        .filter(joins::on_roll(db.today()))
        .filter(calls(ClassKind::Homeroom, ClassStatus::Active))
        .filter(exists(joins::year_begun_by(db.today())))
        .select((
            students::id,
            students::student_number,
            students::first_name,
            students::preferred_name,
            students::last_name,
            students::name_language,
            classes::name,
        ))
        .order((is_whole.desc(), students::last_name, students::first_name, students::id))
        .limit(OFFERED)
        .load(db.conn())?;
    found.dedup_by_key(|one| one.student);
    let exact: Vec<Candidate> = found.iter().filter(|one| one.is_called(words)).cloned().collect();
    Ok(if exact.len() == 1 { exact } else { found })
}

/// The numbers of everybody on a class's roll today, for a list to begin with.
///
/// # Errors
/// [`Error::NotFound`] out of reach.
pub fn numbers_of_class(class: Uuid, db: &mut Db<'_, UpdateAttendanceRecords>) -> Result<Vec<String>> {
    let on_roll = class_enrollments::table
        .filter(class_enrollments::organization_id.eq(db.organization()))
        .filter(class_enrollments::class_id.eq(class))
        .filter(joins::on_roll(db.today()))
        .select(class_enrollments::student_id);
    Ok(visible(db)
        .filter(students::id.eq_any(on_roll))
        .order((students::last_name, students::first_name, students::id))
        .select(students::student_number)
        .limit(200)
        .load(db.conn())?)
}

impl Candidate {
    /// The name that is called, and the family name.
    #[must_use]
    pub fn called(&self) -> String {
        format!("{} {}", self.preferred_name.as_ref().unwrap_or(&self.first_name), self.last_name)
    }

    fn is_called(&self, words: &str) -> bool {
        let words = words.trim().to_lowercase();
        let full = format!("{} {}", self.first_name, self.last_name).to_lowercase();
        [full, self.called().to_lowercase(), self.number.to_lowercase()].contains(&words)
    }
}

#[diesel::dsl::auto_type(no_type_alias)]
fn calls(kind: ClassKind, status: ClassStatus) -> _ {
    classes::kind.eq(kind).and(classes::status.eq(status)).and(classes::deleted_at.is_null())
}
