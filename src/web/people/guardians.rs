//! A student's contacts: tied on, changed, untied.

mod form;
mod new;

use actix_web::{
    get,
    http::StatusCode,
    post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    access::looked::Kind,
    edit::Edit as Edited,
    people::{
        guardian::{Guardian, Rights},
        restriction::Restriction,
        student::Student,
    },
    permit::UpdateGuardians,
    words::Relationship,
};

use form::RightsForm;

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
    app.configure(new::routes).service(edit).service(update).service(remove);
}

#[derive(Template)]
#[template(path = "people/guardians/edit.html")]
struct Edit {
    shell: Shell,
    student: Student,
    guardian: Guardian,
    bars: Vec<Restriction>,
    form: RightsForm,
    errors: Errors,
    stale: Option<Stale>,
}

async fn page(
    may: &May<UpdateGuardians>,
    (student, link): (Uuid, Uuid),
    typed: Option<RightsForm>,
) -> Result<Edit, Failure> {
    let (guardian, bars, student) = may
        .db(move |db| {
            let guardian = Guardian::of(student, link, db)?;
            db.saw(Kind::Guardians, [student]);
            let bars = Restriction::of_contact(student, guardian.contact.id, db)?;
            Ok((guardian, bars, Student::named(student, db)?))
        })
        .await?;
    Ok(Edit {
        shell: Shell::of(may.signed_in(), Area::Students),
        form: typed.unwrap_or_else(|| RightsForm::of(&guardian)),
        student,
        guardian,
        bars,
        errors: Errors::default(),
        stale: None,
    })
}

#[get("/students/{id}/guardians/{link}/edit")]
async fn edit(may: May<UpdateGuardians>, place: Path<(Uuid, Uuid)>) -> Page {
    show(&page(&may, *place, None).await?)
}

async fn change(
    may: &May<UpdateGuardians>,
    place: (Uuid, Uuid),
    rights: Rights,
    seen: &str,
) -> Result<Edited<Guardian>, Failure> {
    let seen = stale::read(seen);
    may.db(move |db| Guardian::change(place, &rights, seen, db)).await
}

#[post("/students/{id}/guardians/{link}")]
async fn update(may: May<UpdateGuardians>, place: Path<(Uuid, Uuid)>, Form(form): Form<RightsForm>) -> Page {
    let place = *place;
    let mut again = page(&may, place, Some(form.clone())).await?;
    again.errors = match form.check() {
        Ok(rights) => match change(&may, place, rights, &form.seen).await {
            Ok(Edited::Kept) => return see_other(format!("/students/{}", place.0)),
            Ok(Edited::Stale { now, by }) => return conflict(again, &now, by),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&again)
}

/// Somebody was faster: the form as typed, the difference above it, and the next save counts.
fn conflict(mut page: Edit, now: &Guardian, by: Option<String>) -> Page {
    let there = RightsForm::of(now);
    page.stale = Some(Stale::between(there.labelled(), page.form.labelled(), by));
    page.form.seen = there.seen;
    fragment(StatusCode::CONFLICT, &page)
}

#[post("/students/{id}/guardians/{link}/removal")]
async fn remove(may: May<UpdateGuardians>, place: Path<(Uuid, Uuid)>) -> Page {
    let (student, link) = *place;
    may.db(move |db| Guardian::remove(student, link, db)).await?;
    see_other(format!("/students/{student}"))
}
