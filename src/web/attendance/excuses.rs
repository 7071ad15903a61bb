//! Excusing from the board: one with a click, or everybody who was chosen.

use actix_web::{post, web::ServiceConfig};
use school::{
    Error, Uuid,
    attendance::{excusal, excusal::Excusal, register::Key},
    permit::UpdateAttendanceRecords,
    text,
};

use crate::web::{
    dates,
    extract::May,
    form::Fields,
    reply::{Page, see_other},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(create);
}

#[post("/board/excuses")]
async fn create(may: May<UpdateAttendanceRecords>, fields: Fields) -> Page {
    let day = dates::read_day(fields.get("day")).ok_or(Error::NotFound)?;
    let chosen = if fields.get("only").is_empty() { fields.get("who[]") } else { fields.get("only") };
    let who: Option<Vec<Excusal>> = chosen.lines().map(|one| read(day, one)).collect();
    let who = who.ok_or(Error::NotFound)?;
    let note = text::line(fields.get("note"), 200).map_err(|reason| Error::invalid("note", reason))?;
    let code = fields.get("code").to_owned();
    may.db(move |db| {
        let note = Some(note.as_str()).filter(|note| !note.is_empty());
        excusal::excuse(&who, &code, note, db)
    })
    .await?;
    let campus = Uuid::parse_str(fields.get("campus")).map(|campus| format!("&campus={campus}"));
    see_other(format!("/board?day={day}{}", campus.unwrap_or_default()))
}

/// Reads `class/slot/student/version`.
fn read(day: chrono::NaiveDate, written: &str) -> Option<Excusal> {
    let mut parts = written.split('/');
    let class = Uuid::parse_str(parts.next()?).ok()?;
    let slot = parts.next()?.to_owned();
    let student = Uuid::parse_str(parts.next()?).ok()?;
    let version = parts.next()?.parse().ok()?;
    Some(Excusal { key: Key { class, day, slot }, student, version })
}
