//! Marks of children in registers of days on which they were not on the class's roll after all.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::{dsl::exists, prelude::*};
use schema::{attendance_records as records, attendance_sessions as sessions};
use uuid::Uuid;

use super::{joins, worth};
use crate::{db::Db, error::Result, permit::Permission};

/// A student whose time on a class's roll became shorter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gone {
    /// Who.
    pub(crate) student: Uuid,
    /// The class.
    pub(crate) class: Uuid,
    /// The first day on which they may not be on its roll any more.
    pub(crate) from: NaiveDate,
}

/// Puts their marks away in registers of days on which they are not on the roll, and counts those days anew. Such a mark
/// can be restored, as every one that was taken back. To be called when the rolls are as they shall be.
pub(crate) fn take_back<P: Permission>(gone: &[Gone], db: &mut Db<'_, P>) -> Result<()> {
    let Some(first) = gone.iter().map(|one| one.from).min() else {
        return Ok(());
    };
    let of_register = sessions::organization_id
        .eq(records::organization_id)
        .and(sessions::id.eq(records::attendance_session_id));
    let found: Vec<(Uuid, Uuid, Uuid, NaiveDate)> = records::table
        .inner_join(sessions::table.on(of_register))
        .filter(records::organization_id.eq(db.organization()))
        .filter(records::student_id.eq_any(gone.iter().map(|one| one.student).collect::<Vec<_>>()))
        .filter(records::session_date.ge(first))
        .filter(records::deleted_at.is_null())
        .filter(sessions::class_id.eq_any(gone.iter().map(|one| one.class).collect::<Vec<_>>()))
        .filter(diesel::dsl::not(exists(joins::stay_of_mark())))
        .select((records::id, records::student_id, sessions::class_id, records::session_date))
        .order((records::session_date, records::student_id, records::id))
        .load(db.conn())?;
    let lost: Vec<_> = found
        .into_iter()
        .filter(|(_, student, class, day)| {
            gone.iter().any(|one| (one.student, one.class) == (*student, *class) && one.from <= *day)
        })
        .collect();
    diesel::update(records::table)
        .filter(records::organization_id.eq(db.organization()))
        .filter(records::id.eq_any(lost.iter().map(|(id, ..)| *id).collect::<Vec<_>>()))
        .set((records::deleted_at.eq(db.now()), records::version.eq(records::version + 1)))
        .execute(db.conn())?;
    let mut days: BTreeMap<NaiveDate, Vec<Uuid>> = BTreeMap::new();
    for (_, student, _, day) in lost {
        days.entry(day).or_default().push(student);
    }
    days.into_iter().try_for_each(|(day, students)| worth::count(&students, day, db))
}
