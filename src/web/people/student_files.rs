//! A student's complete file in one click, for the family or another school; and what was given out before.

mod form;
mod packed;

use actix_web::{
    HttpResponse, get,
    http::header,
    post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    access::looked::Kind,
    clock::local,
    keeping::{
        complete_file::CompleteFile,
        disclosure::{Disclosure, Wanted},
    },
    people::{guardian::Family, student::Student},
    permit::CreateStudentFiles,
    words::DisclosureBasis,
};

use form::FileForm;
use packed::{Cover, packed};

use crate::web::{
    dates,
    export::disposition,
    extract::May,
    failure::Failure,
    filters,
    form::{Errors, Form, refused},
    page::{Area, Shell},
    reply::{Page, show, show_again},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(new).service(create);
}

#[derive(Template)]
#[template(path = "people/files/new.html")]
struct New {
    shell: Shell,
    student: Student,
    family: Family,
    given: Vec<Given>,
    form: FileForm,
    errors: Errors,
}

/// A file that was given out, as a page tells it.
struct Given {
    day: String,
    said: Disclosure,
}

async fn page(
    may: &May<CreateStudentFiles>,
    id: Uuid,
    form: FileForm,
    errors: Errors,
) -> Result<New, Failure> {
    let (student, family, given) = may
        .db(move |db| {
            db.saw(Kind::Guardians, [id]);
            let family = Family::of_student(id, db)?;
            if !family.restrictions.is_empty() {
                db.saw(Kind::Restrictions, [id]);
            }
            Ok((Student::named(id, db)?, family, Disclosure::of_student(id, db)?))
        })
        .await?;
    let zone = may.signed_in().person().time_zone();
    let given = given.into_iter().map(|said| Given { day: dates::full(&local(said.at, zone).0), said });
    let shell = Shell::of(may.signed_in(), Area::Students);
    Ok(New { shell, student, family, given: given.collect(), form, errors })
}

#[get("/students/{id}/files")]
async fn new(may: May<CreateStudentFiles>, id: Path<Uuid>) -> Page {
    show(&page(&may, *id, FileForm::usual(), Errors::default()).await?)
}

/// The file is packed before it is noted, and noted before it is sent.
async fn given(
    may: &May<CreateStudentFiles>,
    id: Uuid,
    wanted: Wanted,
) -> Result<(String, Vec<u8>), Failure> {
    let person = may.signed_in().person();
    let (_, today, time) = may.signed_in().now();
    let cover = Cover {
        school: person.place().into(),
        by: person.name(),
        at: format!("{} {}", dates::full(&today), dates::time(&time)),
    };
    may.db(move |db| {
        let file = CompleteFile::gather(id, &wanted, db)?;
        let (bytes, sha256) = packed(&file, &wanted, &cover)?;
        Disclosure::keep(&file, &wanted, &sha256, db)?;
        Ok((file.student.called(), bytes))
    })
    .await
}

#[post("/students/{id}/files")]
async fn create(may: May<CreateStudentFiles>, id: Path<Uuid>, Form(form): Form<FileForm>) -> Page {
    let errors = match form.check() {
        Ok(wanted) => match given(&may, *id, wanted).await {
            Ok((name, bytes)) => return answer(&name, bytes),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&page(&may, *id, form, errors).await?)
}

fn answer(name: &str, bytes: Vec<u8>) -> Page {
    Ok(HttpResponse::Ok()
        .content_type("application/zip")
        .insert_header((header::CONTENT_DISPOSITION, disposition(&format!("Complete file {name}"), "zip")))
        .body(bytes))
}
