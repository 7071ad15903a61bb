//! The last day of somebody in front of a class.

use actix_web::{
    post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use chrono::NaiveDate;
use school::{
    Error, Uuid,
    academics::{class::Class, duty, duty::Duty},
    permit::UpdateClasses,
};
use serde::Deserialize;

use crate::web::{
    extract::May,
    failure::Failure,
    filters,
    form::{Errors, Form},
    page::{Area, Shell},
    reply::{Page, see_other, show_again},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(end);
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct EndForm {
    last_day: String,
}

impl EndForm {
    fn check(&self) -> Result<NaiveDate, Errors> {
        let mut errors = Errors::default();
        let last_day = errors.needed_day("last_day", &self.last_day);
        errors.or(last_day)
    }
}

/// What the class's page asks in a line, again with what is wrong.
#[derive(Template)]
#[template(path = "academics/classes/ending.html")]
struct Again {
    shell: Shell,
    class: Class,
    duty: Duty,
    form: EndForm,
    errors: Errors,
}

async fn again(
    may: &May<UpdateClasses>,
    (class, duty): (Uuid, Uuid),
    form: EndForm,
    errors: Errors,
) -> Result<Again, Failure> {
    let (class, duties) = may
        .db(move |db| Ok((Class::of(class, db)?, duty::of_class(class, NaiveDate::default(), db)?)))
        .await?;
    let duty = duties.into_iter().find(|one| one.id == duty).ok_or(Error::NotFound)?;
    Ok(Again { shell: Shell::of(may.signed_in(), Area::Classes), class, duty, form, errors })
}

#[post("/classes/{id}/staff/{duty}/end")]
async fn end(may: May<UpdateClasses>, place: Path<(Uuid, Uuid)>, Form(form): Form<EndForm>) -> Page {
    let (class, duty) = *place;
    match form.check() {
        Ok(last_day) => {
            may.db(move |db| duty::end(class, duty, last_day, db)).await?;
            see_other(format!("/classes/{class}"))
        }
        Err(errors) => show_again(&again(&may, (class, duty), form, errors).await?),
    }
}
