//! Excusing from the board: one with a click, or everybody who was chosen.

use actix_web::{
    http::StatusCode,
    post,
    web::{Data, ServiceConfig},
};
use chrono::NaiveDate;
use school::{
    Error, Uuid,
    attendance::{excusal, excusal::Excusal, register::Key},
    permit::{ReadCampusAttendance, UpdateAttendanceRecords},
};

use super::board::{self, Boards, Typed, View};
use crate::web::{
    dates,
    extract::May,
    failure::Failure,
    form::{Errors, Fields, refused},
    reply::{Page, see_other},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(create);
}

#[post("/board/excuses")]
async fn create(may: May<UpdateAttendanceRecords>, boards: Data<Boards>, fields: Fields) -> Page {
    let day = dates::read_day(fields.get("day")).ok_or(Error::NotFound)?;
    let chosen = if fields.get("only").is_empty() { fields.get("who[]") } else { fields.get("only") };
    let who: Option<Vec<Excusal>> = chosen.lines().map(|one| read(day, one)).collect();
    let who = who.ok_or(Error::NotFound)?;
    let campus = Uuid::parse_str(fields.get("campus")).ok();
    let (mut errors, code) = (Errors::default(), fields.get("code").to_owned());
    let note = errors.line("note", fields.get("note"), 200);
    let wrong = match errors.or((code, note)) {
        Ok((code, note)) => match may.db(move |db| excusal::excuse(&who, &code, note.as_deref(), db)).await {
            Ok(()) => {
                let campus = campus.map(|campus| format!("&campus={campus}")).unwrap_or_default();
                return see_other(format!("/board?day={day}{campus}"));
            }
            Err(failure) => said(failure)?,
        },
        Err(errors) => (errors, StatusCode::UNPROCESSABLE_ENTITY),
    };
    again(&may, boards, (day, campus), &fields, wrong).await
}

/// The board with everything that was typed and ticked, and why nobody was excused.
async fn again(
    may: &May<UpdateAttendanceRecords>,
    boards: Data<Boards>,
    view: View,
    fields: &Fields,
    (errors, status): (Errors, StatusCode),
) -> Page {
    let reader = may.also::<ReadCampusAttendance>().ok_or(Error::Forbidden)?;
    let student = |one: &str| one.rsplit_once('/').map_or("", |(who, _)| who).to_owned();
    let typed = Typed {
        code: fields.get("code").to_owned(),
        note: fields.get("note").to_owned(),
        chosen: fields.get("who[]").lines().map(student).collect(),
    };
    board::again(&reader, boards, view, (typed, errors, status)).await
}

fn said(failure: Failure) -> Result<(Errors, StatusCode), Failure> {
    match failure.0 {
        Error::Conflict(why) => {
            let mut errors = Errors::default();
            errors.add("", why);
            Ok((errors, StatusCode::CONFLICT))
        }
        other => Ok((refused(Failure(other))?, StatusCode::UNPROCESSABLE_ENTITY)),
    }
}

/// Reads `class/slot/student/version`.
fn read(day: NaiveDate, written: &str) -> Option<Excusal> {
    let mut parts = written.split('/');
    let class = Uuid::parse_str(parts.next()?).ok()?;
    let slot = parts.next()?.to_owned();
    let student = Uuid::parse_str(parts.next()?).ok()?;
    let version = parts.next()?.parse().ok()?;
    Some(Excusal { key: Key { class, day, slot }, student, version })
}
