//! What somebody is barred from, with one student: entered, changed, lifted.

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
        guardian::Family, restriction::Restriction, restriction_change::NewRestriction, student::Student,
    },
    permit::UpdateRestrictions,
};

use form::{Named, RestrictionForm, offered};

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
    app.configure(new::routes).service(edit).service(update).service(lift);
}

#[derive(Template)]
#[template(path = "people/restrictions/edit.html")]
struct Edit {
    shell: Shell,
    student: Student,
    restriction: Restriction,
    is_over: bool,
    is_ahead: bool,
    people: Vec<Named>,
    form: RestrictionForm,
    errors: Errors,
    stale: Option<Stale>,
}

async fn page(
    may: &May<UpdateRestrictions>,
    (student, id): (Uuid, Uuid),
    typed: Option<RestrictionForm>,
) -> Result<Edit, Failure> {
    let (restriction, student, family) = may
        .db(move |db| {
            let restriction = Restriction::of(student, id, db)?;
            db.saw(Kind::Restrictions, [student]);
            Ok((restriction, Student::named(student, db)?, Family::of_student(student, db)?))
        })
        .await?;
    let (_, today, _) = may.signed_in().now();
    Ok(Edit {
        shell: Shell::of(may.signed_in(), Area::Students),
        form: typed.unwrap_or_else(|| RestrictionForm::of(&restriction)),
        student,
        is_over: restriction.is_over(today),
        is_ahead: restriction.is_ahead(today),
        people: offered(&family, Some(&restriction)),
        restriction,
        errors: Errors::default(),
        stale: None,
    })
}

#[get("/students/{id}/restrictions/{restriction}/edit")]
async fn edit(may: May<UpdateRestrictions>, place: Path<(Uuid, Uuid)>) -> Page {
    show(&page(&may, *place, None).await?)
}

async fn change(
    may: &May<UpdateRestrictions>,
    place: (Uuid, Uuid),
    new: NewRestriction,
    seen: &str,
) -> Result<Edited<Restriction>, Failure> {
    let seen = stale::read(seen);
    may.db(move |db| new.change(place, seen, db)).await
}

#[post("/students/{id}/restrictions/{restriction}")]
async fn update(
    may: May<UpdateRestrictions>,
    place: Path<(Uuid, Uuid)>,
    Form(form): Form<RestrictionForm>,
) -> Page {
    let place = *place;
    let mut again = page(&may, place, Some(form.clone())).await?;
    again.errors = match form.check() {
        Ok(new) => match change(&may, place, new, &form.seen).await {
            Ok(Edited::Kept) => return see_other(format!("/students/{}", place.0)),
            Ok(Edited::Stale { now, by }) => return conflict(again, &now, by),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&again)
}

/// Somebody was faster: the form as typed, the difference above it, and the next save counts.
fn conflict(mut page: Edit, now: &Restriction, by: Option<String>) -> Page {
    let there = RestrictionForm::of(now);
    let labelled = |form: &RestrictionForm| form.labelled(&page.people);
    page.stale = Some(Stale::between(labelled(&there), labelled(&page.form), by));
    page.form.seen = there.seen;
    fragment(StatusCode::CONFLICT, &page)
}

#[post("/students/{id}/restrictions/{restriction}/lifting")]
async fn lift(may: May<UpdateRestrictions>, place: Path<(Uuid, Uuid)>) -> Page {
    let place = *place;
    may.db(move |db| Restriction::lift(place, db)).await?;
    see_other(format!("/students/{}", place.0))
}
