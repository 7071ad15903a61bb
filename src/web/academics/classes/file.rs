//! A class's roll of a day as a file.

use actix_web::{
    get,
    web::{Path, Query, ServiceConfig},
};
use school::{
    Uuid,
    academics::{class::Class, roster},
    access::looked::Kind,
    permit::ReadClasses,
};

use super::OnDay;
use crate::web::{
    dates,
    export::{Format, Sheet},
    extract::May,
    reply::Page,
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(export);
}

const HEADING: [&str; 5] = ["Name", "Name in another script", "Number", "On the roll since", "Until"];

#[get("/classes/{id}/roll.{format}")]
async fn export(may: May<ReadClasses>, place: Path<(Uuid, Format)>, on: Query<OnDay>) -> Page {
    let (_, today, _) = may.signed_in().now();
    let ((id, format), day) = (*place, dates::read_day(&on.day).unwrap_or(today));
    let (class, roll) = may
        .db(move |db| {
            let roll = roster::of_class(id, day, db)?;
            db.saw(Kind::Names, roll.iter().map(|seat| seat.student.id));
            Ok((Class::of(id, db)?, roll))
        })
        .await?;
    let mut sheet = Sheet::new(format!("Roll {} {day}", class.name), &HEADING);
    sheet.rows.extend(roll.into_iter().map(|seat| {
        vec![
            seat.student.called().into(),
            seat.student.other_script_name.into(),
            seat.student.student_number.into(),
            seat.enrolled_on.into(),
            seat.ended_on.into(),
        ]
    }));
    sheet.answer(format).await
}
