//! The marks that students have already on the days of a table.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::{super::roster::run::Run, registers::SLOT};
use crate::error::Result;

/// A mark as it stands.
#[derive(Queryable)]
pub(super) struct Standing {
    student: Uuid,
    day: NaiveDate,
    pub(super) session: Uuid,
    pub(super) class: Uuid,
    slot: String,
    pub(super) teacher_code: Option<Uuid>,
    pub(super) office_code: Option<Uuid>,
    pub(super) minutes: Option<i16>,
    pub(super) remark: Option<String>,
}

/// Marks by student and day.
pub(super) struct Marks(HashMap<(Uuid, NaiveDate), Vec<Standing>>);

impl Marks {
    pub(super) fn between(
        students: &[Uuid],
        (first, last): (NaiveDate, NaiveDate),
        run: &mut Run,
    ) -> Result<Self> {
        use schema::{attendance_records as records, attendance_sessions as sessions};
        let of_register = sessions::organization_id
            .eq(records::organization_id)
            .and(sessions::id.eq(records::attendance_session_id));
        let found: Vec<Standing> = records::table
            .inner_join(sessions::table.on(of_register))
            .filter(records::organization_id.eq(run.db.organization()))
            .filter(records::student_id.eq_any(students))
            .filter(records::session_date.between(first, last))
            .filter(records::deleted_at.is_null())
            .filter(sessions::deleted_at.is_null())
            .filter(sessions::class_subject_id.is_null())
            .select((
                records::student_id,
                records::session_date,
                records::attendance_session_id,
                sessions::class_id,
                sessions::slot,
                records::teacher_code_id,
                records::office_code_id,
                records::minutes_late,
                records::remarks,
            ))
            .load(run.db.conn())?;
        let mut marks: HashMap<_, Vec<Standing>> = HashMap::new();
        for mark in found {
            marks.entry((mark.student, mark.day)).or_default().push(mark);
        }
        Ok(Self(marks))
    }

    /// A student's marks of a day, in the registers of a class where one is named.
    pub(super) fn of(
        &self,
        student: Uuid,
        day: NaiveDate,
        class: Option<Uuid>,
    ) -> impl Iterator<Item = &Standing> {
        let all = self.0.get(&(student, day)).into_iter().flatten();
        all.filter(move |mark| class.is_none_or(|class| class == mark.class))
    }
}

impl Standing {
    /// Whether it stands in a register of the whole day.
    pub(super) fn is_of_day(&self) -> bool {
        self.slot == SLOT
    }
}
