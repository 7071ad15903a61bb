//! A new member of staff.

use actix_web::{get, post, web::ServiceConfig};
use askama::Template;
use school::{
    academics::campus::Campus,
    people::staff_member::Member,
    permit::UpdateStaff,
    words::{StaffStatus, StaffType},
};

use super::form::StaffForm;
use crate::web::{
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

#[derive(Template)]
#[template(path = "people/staff/new.html")]
struct New {
    shell: Shell,
    campuses: Vec<Campus>,
    form: StaffForm,
    errors: Errors,
}

async fn page(may: &May<UpdateStaff>, form: StaffForm, errors: Errors) -> Result<New, Failure> {
    Ok(New {
        shell: Shell::of(may.signed_in(), Area::Staff),
        campuses: may.db(Campus::within_reach).await?,
        form,
        errors,
    })
}

#[get("/staff/new")]
async fn new(may: May<UpdateStaff>) -> Page {
    show(&page(&may, StaffForm::default(), Errors::default()).await?)
}

#[post("/staff")]
async fn create(may: May<UpdateStaff>, Form(form): Form<StaffForm>) -> Page {
    let errors = match form.check() {
        Ok(member) => match may.db(move |db| Member::hire(&member, db)).await {
            Ok(id) => return see_other(format!("/staff/{id}")),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&page(&may, form, errors).await?)
}
