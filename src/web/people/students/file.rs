//! The list of students as a file: everybody whom the same search and filters find, in the same order.

use actix_web::{
    get,
    web::{Path, ServiceConfig},
};
use school::{access::looked::Kind, people::student::Student, permit::ReadStudents};

use crate::web::{
    dates,
    export::{Format, Sheet},
    extract::May,
    list::Asked,
    reply::Page,
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(export);
}

const HEADING: [&str; 6] = ["Name", "Name in another script", "Number", "Grade", "Homeroom", "Status"];

#[get("/students.{format}")]
async fn export(may: May<ReadStudents>, format: Path<Format>, asked: Asked) -> Page {
    let today = may.signed_in().now().1;
    let students = may
        .db(move |db| {
            let students = Student::every(&asked.listing, db)?;
            db.saw(Kind::Names, students.iter().map(|one| one.student.id));
            Ok(students)
        })
        .await?;
    let mut sheet = Sheet::new(format!("Students {}", dates::written(Some(today))), &HEADING);
    sheet.rows.extend(students.into_iter().map(|one| {
        vec![
            one.student.called().into(),
            one.student.other_script_name.into(),
            one.student.student_number.into(),
            one.grade.into(),
            one.homeroom.into(),
            one.student.status.label().into(),
        ]
    }));
    sheet.answer(*format).await
}
