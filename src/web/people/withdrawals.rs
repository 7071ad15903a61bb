//! A student leaves the school.

use actix_web::{
    get, post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    access::looked::Kind,
    people::{student::Student, withdrawal::Withdrawal},
    permit::UpdateStudents,
};
use serde::Deserialize;

use crate::web::{
    dates,
    extract::May,
    failure::Failure,
    filters,
    form::{Errors, Form, refused},
    page::{Area, Shell},
    reply::{Page, see_other, show, show_again},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(new).service(create);
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct WithdrawalForm {
    last_day: String,
    reason: String,
    graduates: String,
}

impl WithdrawalForm {
    fn check(&self) -> Result<Withdrawal, Errors> {
        let mut errors = Errors::default();
        let withdrawal = Withdrawal {
            last_day: errors.needed_day("last_day", &self.last_day),
            reason: errors.line("reason", &self.reason, 120),
            graduates: self.graduates == "yes",
        };
        errors.or(withdrawal)
    }
}

#[derive(Template)]
#[template(path = "people/students/withdrawal.html")]
struct New {
    shell: Shell,
    student: Student,
    form: WithdrawalForm,
    errors: Errors,
}

async fn page(
    may: &May<UpdateStudents>,
    id: Uuid,
    form: WithdrawalForm,
    errors: Errors,
) -> Result<New, Failure> {
    let student = may.db(move |db| {
        db.saw(Kind::Names, [id]);
        Student::of(id, db)
    });
    Ok(New { shell: Shell::of(may.signed_in(), Area::Students), student: student.await?, form, errors })
}

#[get("/students/{id}/withdrawal/new")]
async fn new(may: May<UpdateStudents>, id: Path<Uuid>) -> Page {
    let (_, today, _) = may.signed_in().now();
    let form = WithdrawalForm { last_day: dates::written(Some(today)), ..WithdrawalForm::default() };
    show(&page(&may, *id, form, Errors::default()).await?)
}

#[post("/students/{id}/withdrawal")]
async fn create(may: May<UpdateStudents>, id: Path<Uuid>, Form(form): Form<WithdrawalForm>) -> Page {
    let id = *id;
    let errors = match form.check() {
        Ok(withdrawal) => match may.db(move |db| withdrawal.record(id, db)).await {
            Ok(()) => return see_other(format!("/students/{id}")),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&page(&may, id, form, errors).await?)
}
