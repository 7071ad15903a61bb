//! Who looked at one student's record, ever: what a family may ask for.

use actix_web::{
    get,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    access::{
        looked::Kind,
        record::{About, Entry},
    },
    people::student::Student,
    permit::ReadAccessEvents,
    words::AccessAction,
};

use super::{look::Look, next};
use crate::web::{
    extract::May,
    filters,
    list::Asked,
    page::{Area, Shell},
    reply::{Page, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(show_one);
}

#[derive(Template)]
#[template(path = "access/access_log/history.html")]
struct Show {
    shell: Shell,
    asked: Asked,
    student: Student,
    looks: Vec<Look>,
    next: Option<String>,
}

#[get("/students/{id}/access-history")]
async fn show_one(may: May<ReadAccessEvents>, id: Path<Uuid>, asked: Asked) -> Page {
    let (id, listing) = (*id, asked.listing.clone());
    let (student, mut entries) = may
        .db(move |db| {
            let student = Student::of(id, db)?;
            db.saw(Kind::Log, [id]);
            Ok((student, Entry::listed(About::Student(id), &listing, db)?))
        })
        .await?;
    // Other children whom the same look showed are no business of this one's family.
    for entry in &mut entries.rows {
        entry.students.clear();
    }
    show(&Show {
        shell: Shell::of(may.signed_in(), Area::Students),
        student,
        next: next(&entries, &asked),
        looks: Look::all(entries.rows, may.signed_in().person().time_zone()),
        asked,
    })
}
