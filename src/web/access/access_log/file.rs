//! The record of access as a file: a row for each child who was shown, and one for each look that showed none.

use actix_web::{
    get,
    web::{Path, ServiceConfig},
};
use chrono_tz::Tz;
use school::{
    Error, Uuid,
    access::{
        looked::Kind,
        record::{About, Entry, LONGEST},
    },
    db::Db,
    people::student::Student,
    permit::ReadAccessEvents,
    slice::{FILE, Listing},
};

use super::look::Look;
use crate::web::{
    export::{Cell, Format, Sheet},
    extract::May,
    list::Asked,
    reply::Page,
    span::Span,
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(export).service(of_student);
}

const HEADING: [&str; 10] =
    ["When", "Who", "What", "Of what", "Student", "Number", "By which right", "Through", "From", "Why"];

fn every(about: About, listing: &Listing, db: &mut Db<'_, ReadAccessEvents>) -> school::Result<Vec<Entry>> {
    let entries = Entry::every(about, listing, db)?;
    if entries.iter().map(|entry| entry.students.len().max(1)).sum::<usize>() > FILE {
        let said = format!("These days have more than {FILE} rows. Choose fewer days, or one person.");
        return Err(Error::Conflict(said));
    }
    db.saw(Kind::Log, entries.iter().flat_map(|entry| &entry.students).map(|student| student.id));
    Ok(entries)
}

fn saved(name: String, entries: Vec<Entry>, zone: Tz) -> Sheet {
    let mut sheet = Sheet::new(name, &HEADING);
    for look in Look::all(entries, zone) {
        let row = |student: Option<&Student>| {
            vec![
                look.moment.as_str().into(),
                look.by().into(),
                look.did().into(),
                look.entry.kind.map(Kind::label).into(),
                student.map(Student::called).into(),
                student.map(|student| student.student_number.as_str()).into(),
                look.right().into(),
                Cell::from(look.page()),
                look.entry.address.as_str().into(),
                look.because().into(),
            ]
        };
        if look.entry.students.is_empty() {
            sheet.rows.push(row(None));
        }
        sheet.rows.extend(look.entry.students.iter().map(|student| row(Some(student))));
    }
    sheet
}

#[get("/access-log.{format}")]
async fn export(may: May<ReadAccessEvents>, format: Path<Format>, asked: Asked) -> Page {
    let (_, today, _) = may.signed_in().now();
    let span = Span::asked(&asked, today, LONGEST);
    let about = About::Days(span.first, span.last);
    let entries = may.db(move |db| every(about, &asked.listing, db)).await?;
    let name = format!("Record of access {} to {}", span.first, span.last);
    saved(name, entries, may.signed_in().person().time_zone()).answer(*format).await
}

/// Of other children that a look showed, this file says nothing.
#[get("/students/{id}/access-history.{format}")]
async fn of_student(may: May<ReadAccessEvents>, place: Path<(Uuid, Format)>, asked: Asked) -> Page {
    let (id, format) = *place;
    let (student, entries) = may
        .db(move |db| {
            let student = Student::of(id, db)?;
            let mut entries = Entry::every(About::Student(id), &asked.listing, db)?;
            for entry in &mut entries {
                entry.students.retain(|one| one.id == id);
            }
            db.saw(Kind::Log, [id]);
            Ok((student, entries))
        })
        .await?;
    let name = format!("Who looked {}", student.called());
    saved(name, entries, may.signed_in().person().time_zone()).answer(format).await
}
