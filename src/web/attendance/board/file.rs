//! Who is absent on a day, as a file.

use actix_web::{
    get,
    web::{Path, Query, ServiceConfig},
};
use school::{
    access::looked::Kind,
    attendance::board::{Absence, Board},
    permit::ReadCampusAttendance,
};

use super::Asked;
use crate::web::{
    export::{Cell, Format, Sheet},
    extract::May,
    reply::Page,
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(export);
}

const HEADING: [&str; 6] = ["Name", "Class", "Register", "Mark", "Note", "Here, says the teacher"];

#[get("/board.{format}")]
async fn export(may: May<ReadCampusAttendance>, format: Path<Format>, asked: Query<Asked>) -> Page {
    let (_, today, _) = may.signed_in().now();
    let view = asked.view(today);
    let board = may
        .db(move |db| {
            let board = Board::of(view, db)?;
            db.saw(Kind::Attendance, board.absences.iter().map(|absence| absence.student));
            Ok(board)
        })
        .await?;
    let mut sheet = Sheet::new(format!("Absent {}", view.0), &HEADING);
    sheet.rows.extend(board.absences.into_iter().map(row));
    sheet.answer(*format).await
}

fn row(absence: Absence) -> Vec<Cell> {
    let mark = if absence.is_awaiting() {
        Some("Awaiting word".to_owned())
    } else {
        absence.code.map(|code| code.name)
    };
    vec![
        absence.name.into(),
        absence.class_name.into(),
        absence.slot.into(),
        mark.into(),
        absence.note.into(),
        if absence.is_here { "yes" } else { "no" }.into(),
    ]
}
