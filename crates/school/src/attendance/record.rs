//! How marks are kept: many rows, one statement, nothing overwritten that somebody else changed.

use chrono::NaiveDate;
use diesel::{prelude::*, query_dsl::methods::FilterDsl as _, upsert::excluded};
use schema::attendance_records::{self, dsl};
use uuid::Uuid;

use super::{draft::Draft, roll::Record};
use crate::{clock::new_id, db::Db, error::Result, permit::Permission};

/// Keeps drafts in a session and answers what was kept: a row that has moved on since it was read is left alone.
pub(crate) fn keep<P: Permission>(
    session: Uuid,
    day: NaiveDate,
    drafts: Vec<Draft>,
    db: &mut Db<'_, P>,
) -> Result<Vec<Record>> {
    let organization = db.organization();
    let rows: Vec<_> = drafts
        .into_iter()
        .map(|draft| {
            (
                draft,
                dsl::organization_id.eq(organization),
                dsl::id.eq(new_id()),
                dsl::attendance_session_id.eq(session),
                dsl::session_date.eq(day),
            )
        })
        .collect();
    Ok(diesel::insert_into(attendance_records::table)
        .values(rows)
        .on_conflict((dsl::organization_id, dsl::attendance_session_id, dsl::student_id))
        .do_update()
        .set((
            dsl::teacher_code_id.eq(excluded(dsl::teacher_code_id)),
            dsl::office_code_id.eq(excluded(dsl::office_code_id)),
            dsl::is_here.eq(excluded(dsl::is_here)),
            dsl::status.eq(excluded(dsl::status)),
            dsl::minutes_late.eq(excluded(dsl::minutes_late)),
            dsl::arrived_at.eq(excluded(dsl::arrived_at)),
            dsl::left_at.eq(excluded(dsl::left_at)),
            dsl::remarks.eq(excluded(dsl::remarks)),
            dsl::office_note.eq(excluded(dsl::office_note)),
            dsl::office_set_at.eq(excluded(dsl::office_set_at)),
            dsl::version.eq(excluded(dsl::version)),
        ))
        .filter((dsl::version + 1).eq(excluded(dsl::version)))
        .returning(Record::as_returning())
        .get_results(db.conn())?)
}
