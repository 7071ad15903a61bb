//! Students: the list.

use actix_web::{get, web::ServiceConfig};
use askama::Template;
use school::{people::student::Student, permit::ReadStudents, slice::Slice};

use crate::web::{
    extract::May,
    filters,
    list::Asked,
    page::{Area, Shell},
    reply::{Page, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index);
}

#[derive(Template)]
#[template(path = "people/students/index.html")]
struct Index {
    shell: Shell,
    asked: Asked,
    students: Slice<Student>,
}

#[get("/students")]
async fn index(may: May<ReadStudents>, asked: Asked) -> Page {
    let listing = asked.listing.clone();
    let students = may.db(move |db| Student::listed(&listing, db)).await?;
    show(&Index {
        shell: Shell::of(may.signed_in(), Area::Students),
        asked,
        students,
    })
}
