//! A student goes off a class's roll, or over to another class.

use actix_web::{
    get, post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    academics::{
        class::{Class, Named},
        leaving::{Leaving, Transfer},
        roster,
        roster::Seat,
    },
    access::looked::Kind,
    permit::UpdateClassEnrollments,
    words::ClassEnrollmentStatus,
};
use serde::Deserialize;

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
    app.service(edit).service(withdraw).service(transfer);
}

/// The fields of both forms on the page; every one is text.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct DepartureForm {
    last_day: String,
    status: String,
    to: String,
    on: String,
    beyond_capacity: String,
}

impl DepartureForm {
    fn leaving(&self, class: Uuid, enrollment: Uuid) -> Result<Leaving, Errors> {
        let mut errors = Errors::default();
        let status = ClassEnrollmentStatus::named(&self.status);
        let leaving = Leaving {
            class,
            enrollment,
            last_day: errors.needed_day("last_day", &self.last_day),
            status: errors.needed_word("status", status, ClassEnrollmentStatus::Withdrawn),
        };
        errors.or(leaving)
    }

    fn transfer(&self, class: Uuid, enrollment: Uuid) -> Result<Transfer, Errors> {
        let mut errors = Errors::default();
        let over = Transfer {
            class,
            enrollment,
            to: errors.needed_choice("to", &self.to),
            on: errors.needed_day("on", &self.on),
            beyond_capacity: self.beyond_capacity == "yes",
        };
        errors.or(over)
    }
}

/// How a time in a class can end.
const ENDS: [ClassEnrollmentStatus; 3] =
    [ClassEnrollmentStatus::Withdrawn, ClassEnrollmentStatus::Completed, ClassEnrollmentStatus::Transferred];

#[derive(Template)]
#[template(path = "academics/classes/departure.html")]
struct Edit {
    shell: Shell,
    class: Class,
    seat: Seat,
    others: Vec<Named>,
    form: DepartureForm,
    errors: Errors,
}

impl Edit {
    fn path(&self) -> String {
        format!("/classes/{}/enrollments/{}", self.class.id, self.seat.id)
    }
}

async fn page(
    may: &May<UpdateClassEnrollments>,
    (class, enrollment): (Uuid, Uuid),
    typed: Option<DepartureForm>,
    errors: Errors,
) -> Result<Edit, Failure> {
    let today = dates::written(Some(may.signed_in().now().1));
    let (class, seat, others) = may
        .db(move |db| {
            let seat = roster::seat(class, enrollment, db)?;
            db.saw(Kind::Names, [seat.student.id]);
            let class = Class::of(class, db)?;
            let others = class.beside(db)?;
            Ok((class, seat, others))
        })
        .await?;
    let usual = || DepartureForm { last_day: today.clone(), on: today.clone(), ..DepartureForm::default() };
    Ok(Edit {
        shell: Shell::of(may.signed_in(), Area::Classes),
        class,
        seat,
        others,
        form: typed.unwrap_or_else(usual),
        errors,
    })
}

#[get("/classes/{id}/enrollments/{enrollment}/edit")]
async fn edit(may: May<UpdateClassEnrollments>, place: Path<(Uuid, Uuid)>) -> Page {
    show(&page(&may, *place, None, Errors::default()).await?)
}

#[post("/classes/{id}/enrollments/{enrollment}/withdrawal")]
async fn withdraw(
    may: May<UpdateClassEnrollments>,
    place: Path<(Uuid, Uuid)>,
    Form(form): Form<DepartureForm>,
) -> Page {
    let (class, enrollment) = *place;
    let errors = match form.leaving(class, enrollment) {
        Ok(leaving) => match may.db(move |db| leaving.record(db)).await {
            Ok(()) => return see_other(format!("/classes/{class}")),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&page(&may, *place, Some(form), errors).await?)
}

#[post("/classes/{id}/enrollments/{enrollment}/transfer")]
async fn transfer(
    may: May<UpdateClassEnrollments>,
    place: Path<(Uuid, Uuid)>,
    Form(form): Form<DepartureForm>,
) -> Page {
    let (class, enrollment) = *place;
    let errors = match form.transfer(class, enrollment) {
        Ok(over) => match may.db(move |db| over.make(db)).await {
            Ok(()) => return see_other(format!("/classes/{class}")),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&page(&may, *place, Some(form), errors).await?)
}
