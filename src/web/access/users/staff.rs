//! Which member of staff an account belongs to.

use actix_web::{
    get, post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    access::{account::Account, account_staff::Employee},
    people::staff::Named,
    permit::UpdateUsers,
};
use serde::Deserialize;

use super::edit::open;
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
    app.service(edit).service(update).service(create_removal);
}

/// The one field.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct StaffForm {
    staff_id: String,
}

#[derive(Template)]
#[template(path = "access/users/staff.html")]
struct Edit {
    shell: Shell,
    account: Account,
    staff: Vec<Named>,
    form: StaffForm,
    errors: Errors,
}

async fn page(may: &May<UpdateUsers>, id: Uuid, form: StaffForm) -> Result<Edit, Failure> {
    let account = open(may, id).await?;
    let staff = may.db(Employee::offered).await?;
    let errors = Errors::default();
    Ok(Edit { shell: Shell::of(may.signed_in(), Area::Accounts), account, staff, form, errors })
}

#[get("/users/{id}/staff/edit")]
async fn edit(may: May<UpdateUsers>, id: Path<Uuid>) -> Page {
    show(&page(&may, *id, StaffForm::default()).await?)
}

#[post("/users/{id}/staff")]
async fn update(may: May<UpdateUsers>, id: Path<Uuid>, Form(form): Form<StaffForm>) -> Page {
    let id = *id;
    let mut again = page(&may, id, form.clone()).await?;
    let mut errors = Errors::default();
    let chosen = errors.needed_choice("staff_id", &form.staff_id);
    again.errors = match errors.or(chosen) {
        Ok(chosen) => match may.db(move |db| Account::belong_to(id, Some(chosen), db)).await {
            Ok(()) => return see_other(format!("/users/{id}?done=staff")),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&again)
}

#[post("/users/{id}/staff/removal")]
async fn create_removal(may: May<UpdateUsers>, id: Path<Uuid>) -> Page {
    let id = *id;
    may.db(move |db| Account::belong_to(id, None, db)).await?;
    see_other(format!("/users/{id}?done=no-staff"))
}
