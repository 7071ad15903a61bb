//! Correcting what was recorded, and withdrawing it: each says why, and both stay in the student's history.

use actix_web::{
    get,
    http::StatusCode,
    post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Error, Uuid,
    attendance::intervention::Intervention,
    edit::Edit as Edited,
    permit::UpdateAttendanceInterventions,
    words::{InterventionKind, InterventionOutcome},
};
use serde::Deserialize;

use super::{About, about, form::InterventionForm};
use crate::web::{
    extract::May,
    failure::Failure,
    filters,
    form::{Errors, Form, refused},
    page::{Area, Shell},
    reply::{Page, fragment, see_other, show, show_again},
    stale,
    stale::Stale,
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(edit).service(update).service(create_withdrawal);
}

#[derive(Template)]
#[template(path = "attendance/interventions/edit.html")]
struct Edit {
    shell: Shell,
    about: About,
    known: Intervention,
    form: InterventionForm,
    errors: Errors,
    stale: Option<Stale>,
    withdrawal: String,
}

type Place = (Uuid, Uuid);

async fn page(
    may: &May<UpdateAttendanceInterventions>,
    place: Place,
    typed: Option<InterventionForm>,
) -> Result<Edit, Failure> {
    let known = may.db(move |db| Intervention::of(place, db)).await?;
    Ok(Edit {
        shell: Shell::of(may.signed_in(), Area::FollowUps),
        about: about(may, place.0).await?,
        form: typed.unwrap_or_else(|| InterventionForm::of(&known)),
        known,
        errors: Errors::default(),
        stale: None,
        withdrawal: String::new(),
    })
}

#[get("/students/{id}/interventions/{intervention}/edit")]
async fn edit(may: May<UpdateAttendanceInterventions>, place: Path<Place>) -> Page {
    show(&page(&may, *place, None).await?)
}

#[post("/students/{id}/interventions/{intervention}")]
async fn update(
    may: May<UpdateAttendanceInterventions>,
    place: Path<Place>,
    Form(form): Form<InterventionForm>,
) -> Page {
    let place = *place;
    let mut again = page(&may, place, Some(form.clone())).await?;
    again.errors = match (form.check(), form.reason()) {
        (Ok(new), Ok(because)) => {
            let seen = stale::read(&form.seen);
            match may.db(move |db| new.correct(place, (seen, &because), db)).await {
                Ok(Edited::Kept) => return see_other(format!("/students/{}", place.0)),
                Ok(Edited::Stale { now, by }) => return conflict(again, &now, by),
                Err(error) => refused(error)?,
            }
        }
        (checked, reason) => {
            let mut errors = checked.err().unwrap_or_default();
            errors.join(reason.err().unwrap_or_default());
            errors
        }
    };
    show_again(&again)
}

/// Somebody was faster: the form as typed, the difference above it, and the next save counts.
fn conflict(mut page: Edit, now: &Intervention, by: Option<String>) -> Page {
    let there = InterventionForm::of(now);
    let people = page.people();
    page.stale = Some(Stale::between(there.labelled(&people), page.form.labelled(&people), by));
    page.form.seen = there.seen;
    fragment(StatusCode::CONFLICT, &page)
}

impl Edit {
    /// Whom one may choose, and whoever it names though they are barred or untied since.
    fn people(&self) -> Vec<(Uuid, String)> {
        let mut people = self.about.reachable();
        let named = self.known.contact_id.zip(self.known.with_name.clone());
        people.extend(named.filter(|(known, _)| people.iter().all(|(id, _)| id != known)));
        people
    }
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Withdrawal {
    withdrawn_because: String,
}

#[post("/students/{id}/interventions/{intervention}/withdrawal")]
async fn create_withdrawal(
    may: May<UpdateAttendanceInterventions>,
    place: Path<Place>,
    Form(form): Form<Withdrawal>,
) -> Page {
    let place = *place;
    let mut errors = Errors::default();
    let because = errors.needed("withdrawn_because", &form.withdrawn_because, 200);
    if errors.is_empty() {
        may.db(move |db| Intervention::withdraw(place, &because, db)).await?;
        return see_other(format!("/students/{}", place.0));
    }
    let mut again = page(&may, place, None).await?;
    if again.known.is_withdrawn() {
        return Err(Error::Conflict("This was withdrawn already.".into()).into());
    }
    again.errors = errors;
    again.withdrawal = form.withdrawn_because;
    show_again(&again)
}
