//! Days to be declared: holidays, closures, make-up and half days.

use actix_web::{
    get, post,
    web::{Query, ServiceConfig},
};
use askama::Template;
use school::{academics::campus::Campus, permit::UpdateCalendarDays, words::CalendarDayKind};
use serde::Deserialize;

use super::form::DaysForm;
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

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Asked {
    day: String,
    campus: String,
}

#[derive(Template)]
#[template(path = "academics/calendar/new.html")]
struct New {
    shell: Shell,
    campuses: Vec<Campus>,
    form: DaysForm,
    errors: Errors,
}

async fn page(may: &May<UpdateCalendarDays>, form: DaysForm, errors: Errors) -> Result<New, Failure> {
    Ok(New {
        shell: Shell::of(may.signed_in(), Area::Calendar),
        campuses: may.db(Campus::within_reach).await?,
        form,
        errors,
    })
}

/// The day that was clicked, at the campus where it was; without one at all of them.
#[get("/calendar/days/new")]
async fn new(may: May<UpdateCalendarDays>, asked: Query<Asked>) -> Page {
    let mut page = page(&may, DaysForm::default(), Errors::default()).await?;
    let ids: Vec<String> = page.campuses.iter().map(|campus| campus.id.to_string()).collect();
    page.form.campus = ids.iter().find(|id| **id == asked.campus).cloned().unwrap_or_else(|| ids.join("\n"));
    page.form.first_day = dates::written(dates::read_day(&asked.day));
    show(&page)
}

#[post("/calendar/days")]
async fn create(may: May<UpdateCalendarDays>, Form(form): Form<DaysForm>) -> Page {
    let errors = match form.check() {
        Ok(days) => {
            let back = days.campuses.first().map(ToString::to_string).unwrap_or_default();
            match may.db(move |db| days.declare(db)).await {
                Ok(()) => return see_other(format!("/calendar?campus={back}")),
                Err(error) => refused(error)?,
            }
        }
        Err(errors) => errors,
    };
    show_again(&page(&may, form, errors).await?)
}
