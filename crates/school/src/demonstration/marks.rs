//! From what became of a student to the marks in the register: the teacher's, and the office's beside it.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc};
use diesel::prelude::*;
use schema::attendance_records;
use uuid::Uuid;

use super::{
    chance::Chance,
    fate::{Fate, fate},
    homeroom::Pupil,
    house::House,
};
use crate::{
    attendance::code::{self, Code},
    clock::new_id,
    db::Db,
    error::{Error, Result},
    permit::Seed,
    words::AttendanceStatus,
};

/// A line of a register.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = attendance_records)]
pub(super) struct MarkRow {
    organization_id: Uuid,
    id: Uuid,
    pub(super) attendance_session_id: Uuid,
    pub(super) student_id: Uuid,
    pub(super) session_date: NaiveDate,
    pub(super) teacher_code_id: Option<Uuid>,
    pub(super) office_code_id: Option<Uuid>,
    pub(super) is_here: bool,
    pub(super) status: AttendanceStatus,
    minutes_late: Option<i16>,
    arrived_at: Option<NaiveTime>,
    pub(super) left_at: Option<NaiveTime>,
    remarks: Option<&'static str>,
    pub(super) office_note: Option<String>,
    pub(super) office_set_at: Option<DateTime<Utc>>,
}

/// The school's codes by their short names.
pub(super) struct Codes(BTreeMap<String, Code>);

/// A register that is being written.
pub(super) struct Page<'a> {
    pub(super) house: &'a House,
    pub(super) codes: &'a Codes,
    pub(super) session: Uuid,
    pub(super) day: NaiveDate,
    pub(super) slot: &'static str,
    /// The whole class is out of the house.
    pub(super) is_trip: bool,
    pub(super) now: DateTime<Utc>,
}

const ILL: [&str; 6] = [
    "Fever, mother called",
    "Stomach upset, message from home",
    "Cough, staying home two days",
    "Ear ache, father called",
    "Ill since last night",
    "Doctor says until Thursday",
];
const AWAY: [&str; 5] = [
    "Dentist, note shown",
    "Family matter, father called",
    "Consulate appointment",
    "Wedding in the family",
    "Bus broke down, called from the road",
];
const REMARKS: [&str; 5] = [
    "Tired today",
    "Glasses forgotten",
    "Moved to the front",
    "Helped a new classmate",
    "Headache after the break",
];

impl Codes {
    /// Every code, retired ones too.
    pub(super) fn read(db: &mut Db<'_, Seed>) -> Result<Self> {
        Ok(Self(code::all(db)?.into_iter().map(|code| (code.code.clone(), code)).collect()))
    }

    fn called(&self, name: &str) -> Result<&Code> {
        self.0.get(name).ok_or(Error::NotFound)
    }

    fn status(&self, id: Uuid) -> Result<AttendanceStatus> {
        let code = self.0.values().find(|code| code.id == id).ok_or(Error::NotFound)?;
        Ok(code.status())
    }
}

impl Page<'_> {
    /// The line of somebody: what became of them, in codes.
    pub(super) fn line(&self, organization: Uuid, pupil: &Pupil) -> Result<MarkRow> {
        let mut chance = self.chance(pupil);
        let fate = self.fate(pupil);
        let code = match fate {
            Fate::Late(_) => "late",
            Fate::LeftEarly(_) => "left_early",
            Fate::Ill(_) | Fate::Away | Fate::Missing => "absent",
            Fate::Present if self.is_trip => "off_site",
            Fate::Present => "present",
        };
        let mut line = self.marked(organization, pupil, code)?;
        match fate {
            Fate::Late(minutes) => {
                line.minutes_late = i16::try_from(minutes).ok();
                let bell = self.house.policy.late_after;
                line.arrived_at = Some(bell + TimeDelta::minutes(minutes.into()));
            }
            Fate::LeftEarly(before) => {
                line.left_at = Some(self.house.ends - TimeDelta::minutes(before.into()));
            }
            Fate::Present => line.remarks = chance.falls(4).then(|| chance.pick(&REMARKS)),
            Fate::Ill(_) | Fate::Away | Fate::Missing => {
                let learned = learned(fate, &mut chance);
                self.excuse(&mut line, learned, &mut chance)?;
            }
        }
        Ok(line)
    }

    fn chance(&self, pupil: &Pupil) -> Chance {
        let day = self.day.num_days_from_ce();
        Chance::of_day(pupil.number.rotate_left(17), day.into())
    }

    /// In the afternoon nobody is late from the morning, and in the morning nobody has left.
    fn fate(&self, pupil: &Pupil) -> Fate {
        match fate(pupil.number, self.day) {
            Fate::Late(_) if self.slot == "pm" => Fate::Present,
            Fate::LeftEarly(_) if self.slot == "am" || self.day == self.house.today(self.now) => {
                Fate::Present
            }
            other => other,
        }
    }

    /// A line with the teacher's mark.
    pub(super) fn marked(&self, organization_id: Uuid, pupil: &Pupil, code: &str) -> Result<MarkRow> {
        let code = self.codes.called(code)?;
        Ok(MarkRow {
            organization_id,
            id: new_id(),
            attendance_session_id: self.session,
            student_id: pupil.id,
            session_date: self.day,
            teacher_code_id: Some(code.id),
            office_code_id: None,
            is_here: false,
            status: code.status(),
            minutes_late: None,
            arrived_at: None,
            left_at: None,
            remarks: None,
            office_note: None,
            office_set_at: None,
        })
    }

    /// What the office learned in the course of the morning, if it did and if that was before now.
    fn excuse(&self, line: &mut MarkRow, learned: Option<(&str, &str)>, chance: &mut Chance) -> Result<()> {
        let after = TimeDelta::minutes(chance.between(20, 150).into());
        let at = self.house.at(self.day, self.house.policy.due_time + after);
        if let Some((code, note)) = learned.filter(|_| at < self.now) {
            let code = self.codes.called(code)?.id;
            self.stands(line, code, note, at)?;
        }
        Ok(())
    }

    /// The office's mark, which stands.
    pub(super) fn stands(&self, line: &mut MarkRow, code: Uuid, note: &str, at: DateTime<Utc>) -> Result<()> {
        line.office_code_id = Some(code);
        line.office_note = Some(note.to_owned());
        line.office_set_at = Some(at);
        line.status = self.codes.status(code)?;
        Ok(())
    }

    /// The office's mark by the code's short name.
    pub(super) fn stands_as(
        &self,
        line: &mut MarkRow,
        code: &str,
        note: &str,
        at: DateTime<Utc>,
    ) -> Result<()> {
        self.stands(line, self.codes.called(code)?.id, note, at)
    }
}

/// What the office hears of an absence, if it hears: the code that it sets and its note.
fn learned(fate: Fate, chance: &mut Chance) -> Option<(&'static str, &'static str)> {
    let (per_mille, code, note) = match fate {
        Fate::Ill(0) => (850, "ill", chance.pick(&ILL)),
        Fate::Ill(_) => (970, "ill", "Still ill"),
        Fate::Away => (820, "excused", chance.pick(&AWAY)),
        _ => (600, "unexcused", "Nobody answers at home"),
    };
    chance.falls(per_mille).then_some((code, note))
}
