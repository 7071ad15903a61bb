//! Cover: a class is given to somebody else in two clicks, and taken back in one.

mod absences;
mod form;

use actix_web::{
    get, post,
    web::{Path, Query, ServiceConfig},
};
use askama::Template;
use chrono::NaiveDate;
use school::{
    Uuid,
    academics::class::{Class, Named},
    attendance::{
        candidates::{Around, Candidate},
        cover::{self, Cover},
    },
    permit::{ReadStaffAttendance, UpdateClasses},
    words::ClassDuty,
};
use serde::Deserialize;

use form::{Back, CoverForm};

use crate::web::{
    dates,
    extract::May,
    failure::Failure,
    filters,
    form::{Errors, Fields, Form, refused},
    page::{Area, Shell},
    reply::{Page, see_other, show, show_again},
};

/// The routes of this file and of the absent teacher's page.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(new).service(create).service(create_removal).configure(absences::routes);
}

/// How many of those who are free are shown at once.
const SHOWN: usize = 8;

#[derive(Template)]
#[template(path = "attendance/cover/new.html")]
struct New {
    shell: Shell,
    class: Class,
    day: NaiveDate,
    regulars: Vec<Named>,
    covers: Vec<Cover>,
    free: Vec<Candidate>,
    others: Vec<Candidate>,
    form: CoverForm,
    errors: Errors,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    day: String,
    #[serde(default)]
    back: String,
}

async fn page(
    may: &May<UpdateClasses>,
    id: Uuid,
    mut form: CoverForm,
    errors: Errors,
) -> Result<New, Failure> {
    let today = may.signed_in().now().1;
    let day = dates::read_day(&form.starts_on).unwrap_or(today);
    let asking = may.asking::<ReadStaffAttendance>();
    let (class, regulars, covers, candidates) = asking
        .db(move |db| {
            let class = Class::of(id, db)?;
            let around = Around::of(std::slice::from_ref(&class), day, db)?;
            let candidates = around.could_take(&class);
            Ok((class, cover::regulars(id, day, db)?, cover::of_classes(&[id], day, db)?, candidates))
        })
        .await?;
    if form.covers.is_empty() {
        form.covers = regulars.first().map(|one| one.id.to_string()).unwrap_or_default();
    }
    // Whoever stands in the class anyway covers nobody there.
    let could = candidates.into_iter().filter(|one| regulars.iter().all(|regular| regular.id != one.id));
    let (mut free, mut others): (Vec<_>, Vec<_>) = could.partition(Candidate::is_free);
    let more = free.split_off(free.len().min(SHOWN));
    others.splice(0..0, more);
    let shell = Shell::of(may.signed_in(), Area::Board);
    Ok(New { shell, class, day, regulars, covers, free, others, form, errors })
}

#[get("/classes/{id}/covers/new")]
async fn new(may: May<UpdateClasses>, id: Path<Uuid>, asked: Query<Asked>) -> Page {
    let today = may.signed_in().now().1;
    let day = dates::read_day(&asked.day).unwrap_or(today).max(today);
    let form = CoverForm::on(day, &asked.back);
    show(&page(&may, *id, form, Errors::default()).await?)
}

#[post("/classes/{id}/covers")]
async fn create(may: May<UpdateClasses>, id: Path<Uuid>, Form(form): Form<CoverForm>) -> Page {
    let id = *id;
    let errors = match form.check(id) {
        Ok(given) => match may.db(move |db| cover::give(&given, db)).await {
            Ok(_) => return see_other(Back::read(&form.back).path(id, &form.starts_on)),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&page(&may, id, form, errors).await?)
}

#[post("/classes/{id}/covers/{duty}/removal")]
async fn create_removal(may: May<UpdateClasses>, place: Path<(Uuid, Uuid)>, fields: Fields) -> Page {
    let (class, duty) = *place;
    may.db(move |db| cover::take_back(class, duty, db)).await?;
    see_other(Back::read(fields.get("back")).path(class, fields.get("day")))
}
