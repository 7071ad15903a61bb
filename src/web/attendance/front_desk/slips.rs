//! A slip to hand over: who came or left, when, and with whom.

use actix_web::{
    get,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{Uuid, access::looked::Kind, attendance::movement::Movement, permit::UpdateAttendanceRecords};

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

#[derive(Template)]
#[template(path = "attendance/front_desk/slip.html")]
struct Show {
    shell: Shell,
    movement: Movement,
}

#[get("/front-desk/movements/{movement}/slip")]
async fn show_one(may: May<UpdateAttendanceRecords>, id: Path<Uuid>) -> Page {
    let movement = may
        .db(move |db| {
            let movement = Movement::of(*id, db)?;
            db.saw(Kind::Attendance, [movement.student]);
            Ok(movement)
        })
        .await?;
    show(&Show { shell: Shell::of(may.signed_in(), Area::FrontDesk), movement })
}
