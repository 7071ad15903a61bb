//! Who stands in front of a class, from when to when.

use actix_web::{
    get, post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    academics::{class::Class, class_staff::NewDuty, duty},
    people::{staff, staff::Named},
    permit::UpdateClasses,
    words::ClassDuty,
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

/// The fields; every one is text.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct DutyForm {
    staff_id: String,
    duty: String,
    starts_on: String,
    ends_on: String,
}

impl DutyForm {
    fn check(&self, class_id: Uuid) -> Result<NewDuty, Errors> {
        let mut errors = Errors::default();
        let duty = NewDuty {
            class_id,
            staff_id: errors.needed_choice("staff_id", &self.staff_id),
            duty: errors.needed_word("duty", ClassDuty::named(&self.duty), ClassDuty::Teacher),
            starts_on: errors.needed_day("starts_on", &self.starts_on),
            ends_on: errors.day("ends_on", &self.ends_on),
        };
        errors.or(duty)
    }
}

#[derive(Template)]
#[template(path = "academics/classes/duty.html")]
struct New {
    shell: Shell,
    class: Class,
    people: Vec<Named>,
    form: DutyForm,
    errors: Errors,
}

async fn page(may: &May<UpdateClasses>, class: Uuid, form: DutyForm, errors: Errors) -> Result<New, Failure> {
    let (class, people) = may.db(move |db| Ok((Class::of(class, db)?, staff::at_work(db)?))).await?;
    Ok(New { shell: Shell::of(may.signed_in(), Area::Classes), class, people, form, errors })
}

#[get("/classes/{id}/staff/new")]
async fn new(may: May<UpdateClasses>, id: Path<Uuid>) -> Page {
    let form = DutyForm { starts_on: dates::written(Some(may.signed_in().now().1)), ..DutyForm::default() };
    show(&page(&may, *id, form, Errors::default()).await?)
}

#[post("/classes/{id}/staff")]
async fn create(may: May<UpdateClasses>, id: Path<Uuid>, Form(form): Form<DutyForm>) -> Page {
    let id = *id;
    let errors = match form.check(id) {
        Ok(given) => match may.db(move |db| duty::appoint(&given, db)).await {
            Ok(()) => return see_other(format!("/classes/{id}")),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&page(&may, id, form, errors).await?)
}
