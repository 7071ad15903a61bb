//! The taking of one register: who took it, when it was submitted, and on whose behalf.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use diesel::prelude::*;
use schema::attendance_sessions;
use uuid::Uuid;

use super::{
    chance::Chance,
    fate::number_of,
    homeroom::{Homeroom, Worker},
    house::House,
};
use crate::{clock::new_id, db::Db, error::Result, permit::Seed};

/// One taking of a register.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = attendance_sessions)]
pub(super) struct TakingRow {
    organization_id: Uuid,
    pub(super) id: Uuid,
    campus_id: Uuid,
    class_id: Uuid,
    session_date: NaiveDate,
    slot: &'static str,
    taken_by_id: Option<Uuid>,
    #[diesel(embed)]
    submission: Submission,
}

/// That a register is in.
#[derive(Clone, Copy, Debug, Default, Insertable, AsChangeset)]
#[diesel(table_name = attendance_sessions)]
pub(super) struct Submission {
    submitted_at: Option<DateTime<Utc>>,
    submitted_by_id: Option<Uuid>,
    on_behalf_of_id: Option<Uuid>,
}

/// A taking that is known already.
#[derive(HasQuery)]
#[diesel(table_name = attendance_sessions)]
pub(super) struct Taken {
    pub(super) id: Uuid,
    session_date: NaiveDate,
    slot: String,
    pub(super) submitted_at: Option<DateTime<Utc>>,
}

impl Taken {
    /// Every taking of a class since a day.
    pub(super) fn since(day: NaiveDate, class: Uuid, db: &mut Db<'_, Seed>) -> Result<Vec<Self>> {
        Ok(Self::query()
            .filter(attendance_sessions::organization_id.eq(db.organization()))
            .filter(attendance_sessions::class_id.eq(class))
            .filter(attendance_sessions::class_subject_id.is_null())
            .filter(attendance_sessions::session_date.ge(day))
            .filter(attendance_sessions::deleted_at.is_null())
            .load(db.conn())?)
    }

    /// Whether it is the taking of a day and slot.
    pub(super) fn is(&self, day: NaiveDate, slot: &str) -> bool {
        self.session_date == day && self.slot == slot
    }

    /// Submits it after all.
    pub(super) fn submit(&self, how: Submission, db: &mut Db<'_, Seed>) -> Result<()> {
        diesel::update(attendance_sessions::table.find((db.organization(), self.id)))
            .set((how, attendance_sessions::version.eq(attendance_sessions::version + 1)))
            .execute(db.conn())?;
        Ok(())
    }
}

/// Which register: a homeroom's, on a day, in a slot.
#[derive(Clone, Copy)]
pub(super) struct Calling<'a> {
    pub(super) house: &'a House,
    pub(super) homeroom: &'a Homeroom,
    pub(super) day: NaiveDate,
    pub(super) slot: &'static str,
}

impl Calling<'_> {
    /// A taking that nobody has begun.
    pub(super) fn untouched(&self, organization_id: Uuid) -> TakingRow {
        TakingRow {
            organization_id,
            id: new_id(),
            campus_id: self.house.id,
            class_id: self.homeroom.id,
            session_date: self.day,
            slot: self.slot,
            taken_by_id: None,
            submission: Submission::default(),
        }
    }

    /// A taking that its teacher has begun.
    pub(super) fn begun(&self, organization_id: Uuid) -> TakingRow {
        TakingRow {
            taken_by_id: Some(self.homeroom.in_front(self.day).staff),
            ..self.untouched(organization_id)
        }
    }

    /// A taking that was submitted, before `now`.
    pub(super) fn submitted(&self, organization_id: Uuid, now: DateTime<Utc>) -> TakingRow {
        let (by, submission) = self.submission(now);
        TakingRow { taken_by_id: Some(by.staff), submission, ..self.untouched(organization_id) }
    }

    /// Who submits it and when: mostly whoever stands in front, soon after the bell; now and then the office for them.
    pub(super) fn submission(&self, now: DateTime<Utc>) -> (Worker, Submission) {
        let class = number_of(&self.homeroom.name);
        let mut chance = Chance::of_day(class.rotate_left(7), self.day.num_days_from_ce().into());
        let office = self.house.office.filter(|_| chance.falls(15));
        let by = office.unwrap_or_else(|| self.homeroom.in_front(self.day));
        let minutes =
            if chance.falls(60) || office.is_some() { chance.between(35, 75) } else { chance.between(3, 22) };
        let bell = if self.slot == "pm" {
            self.house.ends - TimeDelta::minutes(120)
        } else {
            self.house.policy.late_after
        };
        let at = self.house.at(self.day, bell + TimeDelta::minutes(minutes.into()));
        let submission = Submission {
            submitted_at: Some(at.min(now - TimeDelta::minutes(2))),
            submitted_by_id: Some(by.user),
            on_behalf_of_id: (by.staff != self.homeroom.teacher.staff).then_some(self.homeroom.teacher.staff),
        };
        (by, submission)
    }
}
