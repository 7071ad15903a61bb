//! Somebody leaves early: with whom, checked against who may not collect them.

use actix_web::{
    get, post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    access::looked::Kind,
    attendance::{
        code::Code,
        collection::{Collector, Escort, Stranger, escorts},
        following::reasons,
        movement::{Movement, NewMovement},
    },
    people::student::Student,
    permit::{ReadGuardians, ReadStudents, UpdateAttendanceRecords},
    words::MovementKind,
};
use serde::Deserialize;

use crate::web::{
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

/// The fields; every one is text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct DepartureForm {
    collector: String,
    collected_by: String,
    note: String,
    rest_of_day: String,
}

#[derive(Template)]
#[template(path = "attendance/front_desk/departure.html")]
struct New {
    shell: Shell,
    student: Student,
    escorts: Vec<Escort>,
    strangers: Vec<Stranger>,
    reasons: Vec<Code>,
    form: DepartureForm,
    errors: Errors,
}

async fn page(
    may: &May<UpdateAttendanceRecords>,
    id: Uuid,
    form: DepartureForm,
    errors: Errors,
) -> Result<New, Failure> {
    let reader = may.instead::<ReadStudents>()?;
    let student = reader.db(move |db| {
        db.saw(Kind::Names, [id]);
        Student::of(id, db)
    });
    let student = student.await?;
    let (escorts, strangers) = match may.also::<ReadGuardians>() {
        Some(reader) => {
            let escorts = reader.db(move |db| {
                db.saw(Kind::Guardians, [id]);
                escorts(id, db)
            });
            escorts.await?
        }
        None => (Vec::new(), Vec::new()),
    };
    let reasons = may.db(move |db| reasons(id, db)).await?;
    let shell = Shell::of(may.signed_in(), Area::FrontDesk);
    Ok(New { shell, student, escorts, strangers, reasons, form, errors })
}

#[get("/students/{id}/departures/new")]
async fn new(may: May<UpdateAttendanceRecords>, id: Path<Uuid>) -> Page {
    show(&page(&may, *id, DepartureForm::default(), Errors::default()).await?)
}

#[post("/students/{id}/departures")]
async fn create(may: May<UpdateAttendanceRecords>, id: Path<Uuid>, Form(form): Form<DepartureForm>) -> Page {
    let id = *id;
    let errors = match form.check(id) {
        Ok(movement) => match may.db(move |db| Movement::stamp(&movement, db)).await {
            Ok(id) => return see_other(format!("/front-desk?done={id}")),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&page(&may, id, form, errors).await?)
}

impl DepartureForm {
    /// What the form says, or what is wrong with it.
    fn check(&self, student: Uuid) -> Result<NewMovement, Errors> {
        let mut errors = Errors::default();
        let e = &mut errors;
        let named = e.line("collected_by", &self.collected_by, 200);
        let contact = e.choice("collector", &self.collector);
        if contact.is_none() && named.is_none() {
            e.add("collector", "Say who collects, or write that they go alone.");
        }
        let movement = NewMovement {
            student,
            kind: MovementKind::Departure,
            collector: contact.map(Collector::Contact).or(named.map(Collector::Named)),
            note: e.line("note", &self.note, 200),
            rest_of_day: e.line("rest_of_day", &self.rest_of_day, 40),
        };
        errors.or(movement)
    }
}
