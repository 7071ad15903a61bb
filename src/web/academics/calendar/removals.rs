//! Taking days out of the calendar.

use actix_web::{
    post,
    web::{Path, ServiceConfig},
};
use school::{Uuid, academics::calendar_change, permit::UpdateCalendarDays};
use serde::Deserialize;

use crate::web::{
    dates,
    extract::May,
    form::Form,
    reply::{Page, see_other},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(create);
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RemovalForm {
    /// The last of several days that are the same; empty: only the one.
    last_day: String,
}

#[post("/calendar/days/{day}/removal")]
async fn create(may: May<UpdateCalendarDays>, day: Path<Uuid>, Form(form): Form<RemovalForm>) -> Page {
    let last = dates::read_day(&form.last_day);
    let gone = may.db(move |db| calendar_change::remove(*day, last, db)).await?;
    see_other(format!("/calendar?campus={}", gone.campus_id))
}
