//! Entering a campus's day, and leaving it to the registers.

use actix_web::{
    get,
    http::StatusCode,
    post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use chrono::NaiveDate;
use school::{
    Error, Uuid,
    academics::campus::Campus,
    attendance::campus_day::{CampusDay, Numbers},
    edit::Edit as Edited,
    permit::UpdateCampusAttendanceSummaries,
};

use super::form::DayForm;
use crate::web::{
    dates,
    extract::May,
    failure::Failure,
    figures, filters,
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
#[template(path = "attendance/campus_days/edit.html")]
struct Edit {
    shell: Shell,
    campus: Campus,
    day: NaiveDate,
    computed: Option<Numbers>,
    may_enter: bool,
    form: DayForm,
    errors: Errors,
    stale: Option<Stale>,
}

impl Edit {
    fn back(&self) -> String {
        format!("/campus-days?campus={}&month={}", self.campus.id, dates::year_and_month(&self.day))
    }
}

/// A campus and a day, as an address names them.
type Place = (Uuid, String);

fn read(place: &Place) -> Result<(Uuid, NaiveDate), Error> {
    dates::read_day(&place.1).map(|day| (place.0, day)).ok_or(Error::NotFound)
}

async fn page(
    may: &May<UpdateCampusAttendanceSummaries>,
    (id, day): (Uuid, NaiveDate),
    typed: Option<DayForm>,
) -> Result<Edit, Failure> {
    let found = may.db(move |db| {
        let there = CampusDay::of(id, day, db)?;
        Ok((there.may_be_entered(db)?, there, Campus::within_reach(db)?))
    });
    let (may_enter, there, campuses) = found.await?;
    let campus = campuses.into_iter().find(|campus| campus.id == id).ok_or(Error::NotFound)?;
    let form = typed.unwrap_or_else(|| DayForm::of(&there, &may.signed_in().person().name()));
    Ok(Edit {
        shell: Shell::of(may.signed_in(), Area::CampusDays),
        campus,
        day,
        computed: there.computed,
        may_enter,
        form,
        errors: Errors::default(),
        stale: None,
    })
}

#[get("/campus-days/{campus}/{day}/edit")]
async fn edit(may: May<UpdateCampusAttendanceSummaries>, place: Path<Place>) -> Page {
    show(&page(&may, read(&place)?, None).await?)
}

#[post("/campus-days/{campus}/{day}")]
async fn update(
    may: May<UpdateCampusAttendanceSummaries>,
    place: Path<Place>,
    Form(form): Form<DayForm>,
) -> Page {
    let place = read(&place)?;
    let mut again = page(&may, place, Some(form.clone())).await?;
    again.errors = match form.check() {
        Ok(new) => match may.db(move |db| new.keep(place, form.seen(), db)).await {
            Ok(Edited::Kept) => return see_other(again.back()),
            Ok(Edited::Stale { now, by }) => {
                let there = DayForm::of(&now, "");
                again.stale = Some(Stale::between(there.labelled(), again.form.labelled(), by));
                again.form.seen = there.seen;
                return fragment(StatusCode::CONFLICT, &again);
            }
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&again)
}
