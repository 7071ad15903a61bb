//! A slip to hand over: who came or left, when, and with whom.

use actix_web::{
    get,
    web::{Path, Query, ServiceConfig},
};
use askama::Template;
use school::{Uuid, access::looked::Kind, attendance::movement::Movement, permit::UpdateAttendanceRecords};
use serde::Deserialize;

use crate::web::{
    dates,
    extract::May,
    filters,
    page::{Area, Shell},
    reply::{Page, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(show_one);
}

#[derive(Deserialize)]
struct Asked {
    print: Option<String>,
}

#[derive(Template)]
#[template(path = "attendance/front_desk/slip.html")]
struct Show {
    shell: Shell,
    movement: Movement,
    prints_itself: bool,
}

#[get("/front-desk/movements/{movement}/slip")]
async fn show_one(may: May<UpdateAttendanceRecords>, id: Path<Uuid>, asked: Query<Asked>) -> Page {
    let movement = may
        .db(move |db| {
            let movement = Movement::of(*id, db)?;
            db.saw(Kind::Attendance, [movement.student]);
            Ok(movement)
        })
        .await?;
    let shell = Shell::of(may.signed_in(), Area::FrontDesk);
    show(&Show { shell, movement, prints_itself: asked.print.is_some() })
}
