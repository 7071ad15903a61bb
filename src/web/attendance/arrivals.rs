//! A member of staff says that they are here.

use actix_web::{get, post, web::ServiceConfig};
use askama::Template;
use chrono::NaiveDate;
use school::{
    attendance::staff_arrival::Arrival,
    permit::{CreateAttendanceSessions, CreateStaffAttendance, Permission},
};
use serde::Deserialize;

use crate::web::{
    extract::May,
    failure::Failure,
    filters,
    form::{Errors, Form},
    page::{Area, Shell},
    reply::{Page, see_other, show, show_again},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(show_own).service(create);
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ArrivalForm {
    note: String,
}

#[derive(Template)]
#[template(path = "attendance/staff/arrival.html")]
struct Show {
    shell: Shell,
    today: NaiveDate,
    arrival: Option<Arrival>,
    note: String,
    errors: Errors,
}

async fn page(may: &May<CreateStaffAttendance>, note: String, errors: Errors) -> Result<Show, Failure> {
    Ok(Show {
        shell: Shell::of(may.signed_in(), Area::Today),
        today: may.signed_in().now().1,
        arrival: may.db(Arrival::of).await?,
        note,
        errors,
    })
}

/// How the day of whoever may say so stands, where their campus asks.
pub(super) async fn own<P: Permission>(may: &May<P>) -> Result<Option<Arrival>, Failure> {
    match may.also::<CreateStaffAttendance>() {
        Some(may) => may.db(Arrival::of).await,
        None => Ok(None),
    }
}

#[get("/arrival")]
async fn show_own(may: May<CreateStaffAttendance>) -> Page {
    show(&page(&may, String::new(), Errors::default()).await?)
}

#[post("/arrival")]
async fn create(may: May<CreateStaffAttendance>, Form(form): Form<ArrivalForm>) -> Page {
    let mut errors = Errors::default();
    let note = errors.line("note", &form.note, 300);
    if !errors.is_empty() {
        return show_again(&page(&may, form.note, errors).await?);
    }
    may.db(move |db| Arrival::say(note, db)).await?;
    let takes_registers = may.also::<CreateAttendanceSessions>().is_some();
    see_other(if takes_registers { "/today" } else { "/arrival" })
}
