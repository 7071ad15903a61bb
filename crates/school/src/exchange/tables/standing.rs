//! The marks that students have already on the days of a table.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::{super::roster::run::Run, registers::SLOT};
use crate::error::Result;

/// A mark as it stands.
pub(super) struct Standing {
    pub(super) id: Uuid,
    student: Uuid,
    day: NaiveDate,
    pub(super) session: Uuid,
    pub(super) class: Uuid,
    /// Whether it stands in a register of the whole day.
    pub(super) is_of_day: bool,
    pub(super) teacher_code: Option<Uuid>,
    pub(super) office_code: Option<Uuid>,
    pub(super) minutes: Option<i16>,
    pub(super) remark: Option<String>,
}

type Written = (Uuid, Uuid, NaiveDate, Uuid, Option<Uuid>, Option<Uuid>, Option<i16>, Option<String>);

/// Marks in the order of student and day: there may be a year of a school.
pub(super) struct Marks(Vec<Standing>);

impl Marks {
    /// Registers and marks are looked up apart: together, right after a year came in, PostgreSQL knows too little of their
    /// number and takes minutes.
    pub(super) fn between(students: &[Uuid], days: (NaiveDate, NaiveDate), run: &mut Run) -> Result<Self> {
        use schema::attendance_records as records;
        let registers = registers(days, run)?;
        let found: Vec<Written> = records::table
            .filter(records::organization_id.eq(run.db.organization()))
            .filter(records::student_id.eq_any(students))
            .filter(records::session_date.between(days.0, days.1))
            .filter(records::deleted_at.is_null())
            .select((
                records::id,
                records::student_id,
                records::session_date,
                records::attendance_session_id,
                records::teacher_code_id,
                records::office_code_id,
                records::minutes_late,
                records::remarks,
            ))
            .load(run.db.conn())?;
        let marks =
            found.into_iter().filter_map(|(id, student, day, session, teacher, office, minutes, remark)| {
                let (class, is_of_day) = *registers.get(&session)?;
                let (teacher_code, office_code) = (teacher, office);
                Some(Standing {
                    id,
                    student,
                    day,
                    session,
                    class,
                    is_of_day,
                    teacher_code,
                    office_code,
                    minutes,
                    remark,
                })
            });
        let mut marks: Vec<_> = marks.collect();
        marks.sort_unstable_by_key(Standing::about);
        Ok(Self(marks))
    }

    /// A student's marks of a day, in the registers of a class where one is named.
    pub(super) fn of(
        &self,
        student: Uuid,
        day: NaiveDate,
        class: Option<Uuid>,
    ) -> impl Iterator<Item = &Standing> {
        let about = (student, day);
        let first = self.0.partition_point(|mark| mark.about() < about);
        let all = self.0.iter().skip(first).take_while(move |mark| mark.about() == about);
        all.filter(move |mark| class.is_none_or(|class| class == mark.class))
    }
}

impl Standing {
    fn about(&self) -> (Uuid, NaiveDate) {
        (self.student, self.day)
    }
}

/// The registers of these days that are of no single subject: class, and whether of the whole day.
fn registers((first, last): (NaiveDate, NaiveDate), run: &mut Run) -> Result<HashMap<Uuid, (Uuid, bool)>> {
    use schema::attendance_sessions as sessions;
    let found: Vec<(Uuid, Uuid, String)> = sessions::table
        .filter(sessions::organization_id.eq(run.db.organization()))
        .filter(sessions::session_date.between(first, last))
        .filter(sessions::deleted_at.is_null())
        .filter(sessions::class_subject_id.is_null())
        .select((sessions::id, sessions::class_id, sessions::slot))
        .load(run.db.conn())?;
    Ok(found.into_iter().map(|(id, class, slot)| (id, (class, slot == SLOT))).collect())
}
