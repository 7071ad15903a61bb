//! What was changed after submission, as a file: every correction that the same days and filters find.

use actix_web::{
    get,
    web::{Path, ServiceConfig},
};
use school::{
    access::looked::Kind,
    attendance::correction::{Correction, LONGEST, Mark},
    permit::ReadCampusAttendance,
};

use super::Span;
use crate::web::{
    export::{Cell, Format, Sheet},
    extract::May,
    list::Asked,
    reply::Page,
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(export);
}

const HEADING: [&str; 8] =
    ["Student", "What changed", "Class", "Day", "Register", "When", "By", "For the office or as teacher"];

#[get("/corrections.{format}")]
async fn export(may: May<ReadCampusAttendance>, format: Path<Format>, asked: Asked) -> Page {
    let (_, today, _) = may.signed_in().now();
    let span = Span::asked(&asked, today, LONGEST);
    let all = may
        .db(move |db| {
            let all = Correction::every(span.days(), &asked.listing, db)?;
            db.saw(Kind::Attendance, all.iter().flat_map(|one| &one.marks).map(|mark| mark.student));
            Ok(all)
        })
        .await?;
    let mut sheet = Sheet::new(format!("Corrections {} to {}", span.first, span.last), &HEADING);
    sheet.rows.extend(all.iter().flat_map(|one| one.marks.iter().map(move |mark| row(one, mark))));
    sheet.answer(*format).await
}

fn row(one: &Correction, mark: &Mark) -> Vec<Cell> {
    vec![
        mark.name.0.as_str().into(),
        mark.what.join("; ").into(),
        one.class_name.as_str().into(),
        one.day.into(),
        one.slot.as_str().into(),
        one.at.format("%Y-%m-%d %H:%M").to_string().into(),
        one.by.clone().into(),
        if mark.by_office { "office" } else { "teacher" }.into(),
    ]
}
