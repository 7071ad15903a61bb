//! A campus's policies, each from a day on: how often the roll is called, when it is due, what makes a day.

use chrono::{NaiveDate, NaiveTime};
use diesel::prelude::*;
use schema::{attendance_sessions as sessions, campus_attendance_config as config, campuses, classes};
use uuid::Uuid;

use super::{
    policy::{Policy, Said},
    register::Key,
    worth,
};
use crate::{
    academics::campus::Campus,
    clock::new_id,
    db::Db,
    error::{Error, Result},
    permit::{Grants, Permission, ReadCampusAttendance, UpdateAttendancePolicies},
    words::AttendanceBasis,
};

/// The most lessons of a day.
const MOST_LESSONS: usize = 12;

/// A policy as it is kept.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = config)]
pub struct CampusPolicy {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub campus_id: Uuid,
    /// From which day on.
    pub applies_from: NaiveDate,
    /// How often the roll is called.
    pub basis: AttendanceBasis,
    /// When a register is due.
    pub due_time: NaiveTime,
    /// When lateness begins to count.
    pub late_after: NaiveTime,
    /// Minutes at school that make half a day.
    pub half_day_minutes: i16,
    /// Minutes at school that make a whole one.
    pub full_day_minutes: i16,
    /// Days after the register's day on which its teacher may still change it.
    pub teacher_edit_days: i16,
    /// Where the roll is kept, if elsewhere: an address.
    pub attendance_link: Option<String>,
    /// When each lesson starts, in order, where the roll is called by lesson.
    pub lesson_starts: Option<Vec<Option<NaiveTime>>>,
    /// Who wrote it, as they were called then.
    pub updated_by_label: Option<String>,
}

/// A policy to be set.
#[derive(Clone, Debug, Insertable, AsChangeset)]
#[diesel(table_name = config)]
#[diesel(treat_none_as_null = true)]
pub struct NewPolicy {
    /// Whose it is to be.
    pub campus_id: Uuid,
    /// From which day on.
    pub applies_from: NaiveDate,
    /// How often the roll is called.
    pub basis: AttendanceBasis,
    /// When a register is due.
    pub due_time: NaiveTime,
    /// When lateness begins to count.
    pub late_after: NaiveTime,
    /// Minutes at school that make half a day, 1 to 1440.
    pub half_day_minutes: i16,
    /// Minutes at school that make a whole one, at least as many.
    pub full_day_minutes: i16,
    /// Days after the register's day on which its teacher may still change it, 0 to 366.
    pub teacher_edit_days: i16,
    /// Where the roll is kept, if elsewhere: an address.
    pub attendance_link: Option<String>,
    /// When each lesson starts, in order and to the minute, 1 to 12; none where the roll is called otherwise.
    pub lesson_starts: Option<Vec<NaiveTime>>,
    /// Who writes it.
    pub updated_by_label: Option<String>,
}

impl CampusPolicy {
    /// The policies of every campus in reach, newest first. At most 1,000.
    pub fn all(db: &mut Db<'_, impl Grants<ReadCampusAttendance>>) -> Result<Vec<(Campus, Vec<Self>)>> {
        let campuses = Campus::within_reach(db)?;
        let found = Self::query()
            .filter(config::organization_id.eq(db.organization()))
            .filter(config::deleted_at.is_null())
            .filter(config::campus_id.eq_any(campuses.iter().map(|campus| campus.id)))
            .order((config::applies_from.desc(), config::id))
            .limit(1000)
            .load(db.conn())?;
        let of =
            |campus: &Campus| found.iter().filter(|policy| policy.campus_id == campus.id).cloned().collect();
        Ok(campuses.into_iter().map(|campus| (campus.clone(), of(&campus))).collect())
    }

    /// Sets a policy from today or a later day on; one that begins the same day is replaced. What was counted by an
    /// earlier policy stays counted.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a campus out of reach, a day that has passed, and for another way of calling on a day
    /// whose registers have begun.
    pub fn set(new: &NewPolicy, db: &mut Db<'_, UpdateAttendancePolicies>) -> Result<()> {
        let today = db.today();
        new.check_lessons()?;
        hold(new.campus_id, db)?;
        let mut known = Self::all(db)?.into_iter();
        let (_, policies) = known
            .find(|(campus, _)| campus.id == new.campus_id)
            .ok_or_else(|| Error::invalid("campus_id", "Choose one from the list."))?;
        if new.applies_from < today {
            return Err(Error::invalid(
                "applies_from",
                "A policy begins today at the earliest: days that were counted stay as they are.",
            ));
        }
        let standing = policies.iter().find(|policy| policy.applies_from <= today);
        let basis = standing.map_or(AttendanceBasis::Daily, |policy| policy.basis);
        let lessons = standing.map(CampusPolicy::lessons).unwrap_or_default();
        let calls_otherwise = new.basis != basis || new.lesson_starts.clone().unwrap_or_default() != lessons;
        if new.applies_from == today && calls_otherwise && has_begun(new.campus_id, today, db)? {
            return Err(Error::invalid(
                "applies_from",
                "Today's registers have begun. Another way of calling begins tomorrow at the earliest.",
            ));
        }
        let row = (new, config::organization_id.eq(db.organization()), config::id.eq(new_id()));
        match policies.iter().find(|policy| policy.applies_from == new.applies_from) {
            Some(same) => diesel::update(config::table.find((db.organization(), same.id)))
                .set(new)
                .execute(db.conn())?,
            None => diesel::insert_into(config::table).values(row).execute(db.conn())?,
        };
        if new.applies_from == today { worth::count_campus(new.campus_id, today, db) } else { Ok(()) }
    }

    /// When each lesson starts, in order, where the roll is called by lesson.
    #[must_use]
    pub fn lessons(&self) -> Vec<NaiveTime> {
        self.lesson_starts.iter().flatten().copied().flatten().collect()
    }

    /// Drops a policy that has not begun.
    ///
    /// # Errors
    /// [`Error::NotFound`] out of reach, [`Error::Conflict`] once it applies.
    pub fn drop(id: Uuid, db: &mut Db<'_, UpdateAttendancePolicies>) -> Result<()> {
        let (today, now) = (db.today(), db.now());
        let all: Vec<Self> = Self::all(db)?.into_iter().flat_map(|(_, policies)| policies).collect();
        let policy = all.iter().find(|policy| policy.id == id).ok_or(Error::NotFound)?;
        if policy.applies_from <= today {
            return Err(Error::Conflict(
                "This policy applies already. Set another one from a day on.".into(),
            ));
        }
        diesel::update(config::table.find((db.organization(), id)))
            .set(config::deleted_at.eq(now))
            .execute(db.conn())?;
        Ok(())
    }
}

impl NewPolicy {
    /// Lessons are named where the roll is called by lesson, and nowhere else: 1 to 12, each later than the one before.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `lesson_starts`.
    pub fn check_lessons(&self) -> Result<()> {
        let wrong = |why: &str| Err(Error::invalid("lesson_starts", why));
        match (self.basis, self.lesson_starts.as_deref()) {
            (AttendanceBasis::Period, None | Some([])) => wrong("Say when each lesson starts."),
            (AttendanceBasis::Period, Some(starts)) if starts.len() > MOST_LESSONS => {
                wrong("A day has at most 12 lessons.")
            }
            (AttendanceBasis::Period, Some(starts)) if !starts.is_sorted_by(|one, next| one < next) => {
                wrong("Each lesson starts later than the one before.")
            }
            (AttendanceBasis::Period, Some(_)) | (_, None) => Ok(()),
            (_, Some(_)) => wrong("Only where the roll is called in each lesson."),
        }
    }
}

/// Where a campus keeps its roll on a day, if elsewhere.
pub(super) fn link_on<P: Permission>(
    day: NaiveDate,
    campus: Uuid,
    db: &mut Db<'_, P>,
) -> Result<Option<String>> {
    Ok(on(day, campus, db)?.and_then(|policy| policy.kept_at))
}

/// A campus's policy on a day, if it has set one.
pub(super) fn on<P: Permission>(day: NaiveDate, campus: Uuid, db: &mut Db<'_, P>) -> Result<Option<Policy>> {
    let found = config::table
        .filter(config::organization_id.eq(db.organization()))
        .filter(config::campus_id.eq(campus))
        .filter(config::applies_from.le(day))
        .filter(config::deleted_at.is_null())
        .order(config::applies_from.desc())
        .select(Said::as_select())
        .first(db.conn())
        .optional()?;
    Ok(found.map(Policy::from))
}

/// Shares a hold on the campus of a register's class until the transaction ends: whoever changes its calendar or policy
/// waits, and what is read of them from now on still holds when this is kept. A single mark does the same within
/// `keep_marks`.
pub(super) fn hold_calendar<P: Permission>(key: &Key, db: &mut Db<'_, P>) -> Result<()> {
    let place = classes::table.find((db.organization(), key.class)).select(classes::campus_id);
    let _: Option<Uuid> = campuses::table
        .filter(campuses::organization_id.eq(db.organization()))
        .filter(campuses::id.nullable().eq(place.single_value()))
        .select(campuses::id)
        .for_share()
        .first(db.conn())
        .optional()?;
    Ok(())
}

/// The campus, held until the transaction ends, so that nothing is submitted or marked by the policy before meanwhile.
fn hold(campus: Uuid, db: &mut Db<'_, UpdateAttendancePolicies>) -> Result<()> {
    let _: Option<Uuid> = campuses::table
        .find((db.organization(), campus))
        .select(campuses::id)
        .for_no_key_update()
        .first(db.conn())
        .optional()?;
    Ok(())
}

fn has_begun(campus: Uuid, day: NaiveDate, db: &mut Db<'_, UpdateAttendancePolicies>) -> Result<bool> {
    let begun = sessions::table
        .filter(sessions::organization_id.eq(db.organization()))
        .filter(sessions::session_date.eq(day))
        .filter(sessions::campus_id.eq(campus))
        .filter(sessions::deleted_at.is_null());
    Ok(diesel::select(diesel::dsl::exists(begun)).get_result(db.conn())?)
}
