//! Changing a student's particulars.

use actix_web::{
    get,
    http::StatusCode,
    post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    access::looked::Kind,
    districts::program::Program,
    edit::Edit as Edited,
    people::{particulars::Particulars, student::Student},
    permit::UpdateStudents,
    words::{Gender, StudentStatus},
};

use super::form::StudentForm;
use crate::web::{
    extract::May,
    failure::Failure,
    filters,
    form::{Errors, Form, refused},
    page::{Area, Shell},
    reply::{Page, fragment, see_other, show, show_again},
    stale::Stale,
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(edit).service(update);
}

#[derive(Template)]
#[template(path = "people/students/edit.html")]
struct Edit {
    shell: Shell,
    student: Student,
    programs: Vec<Program>,
    form: StudentForm,
    errors: Errors,
    stale: Option<Stale>,
}

impl Edit {
    async fn of(may: &May<UpdateStudents>, student: Student, form: StudentForm) -> Result<Self, Failure> {
        Ok(Self {
            shell: Shell::of(may.signed_in(), Area::Students),
            student,
            programs: may.db(Program::offered).await?,
            form,
            errors: Errors::default(),
            stale: None,
        })
    }

    fn may_be_on_leave(&self) -> bool {
        matches!(self.student.status, StudentStatus::Active | StudentStatus::OnLeave)
    }
}

#[get("/students/{id}/edit")]
async fn edit(may: May<UpdateStudents>, id: Path<Uuid>) -> Page {
    let id = *id;
    let known = may
        .db(move |db| {
            db.saw(Kind::Student, [id]);
            Particulars::of(id, db)
        })
        .await?;
    let form = StudentForm::of(&known);
    show(&Edit::of(&may, known.student, form).await?)
}

#[post("/students/{id}")]
async fn update(may: May<UpdateStudents>, id: Path<Uuid>, Form(form): Form<StudentForm>) -> Page {
    let id = *id;
    let known = may
        .db(move |db| {
            db.saw(Kind::Student, [id]);
            Student::of(id, db)
        })
        .await?;
    let errors = match form.amendment(may.signed_in().now().1) {
        Ok(amendment) => match may.db(move |db| amendment.keep(id, db)).await {
            Ok(Edited::Kept) => return see_other(format!("/students/{id}")),
            Ok(Edited::Stale { now, by }) => return conflict(&may, *now, form, by).await,
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&Edit { errors, ..Edit::of(&may, known, form).await? })
}

/// Somebody was faster: the form as typed, the difference above it, and the next save counts.
async fn conflict(
    may: &May<UpdateStudents>,
    now: Particulars,
    form: StudentForm,
    by: Option<String>,
) -> Page {
    let there = StudentForm::of(&now);
    let mut page = Edit::of(may, now.student, form).await?;
    let (there_now, typed) = (there.labelled(&page.programs), page.form.labelled(&page.programs));
    page.stale = Some(Stale::between(there_now, typed, by));
    page.form.seen = there.seen;
    fragment(StatusCode::CONFLICT, &page)
}
