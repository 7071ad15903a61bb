//! One look, with every child whom it showed.

use actix_web::{
    get,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    access::{looked::Kind, record::Entry},
    permit::ReadAccessEvents,
};

use super::look::Look;
use crate::web::{
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
#[template(path = "access/access_log/show.html")]
struct Show {
    shell: Shell,
    look: Look,
}

#[get("/access-log/{event}")]
async fn show_one(may: May<ReadAccessEvents>, id: Path<Uuid>) -> Page {
    let entry = may
        .db(move |db| {
            let entry = Entry::of(*id, db)?;
            db.saw(Kind::Log, entry.students.iter().map(|student| student.id));
            Ok(entry)
        })
        .await?;
    show(&Show {
        shell: Shell::of(may.signed_in(), Area::AccessLog),
        look: Look::of(entry, may.signed_in().person().time_zone()),
    })
}
