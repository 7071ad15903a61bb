//! The front desk: a name, Enter, done. Who comes late is stamped, who leaves early with whom, who comes back.

mod departures;
mod removals;
mod slips;

use actix_web::{
    get, post,
    web::{Query, ServiceConfig},
};
use askama::Template;
use chrono::NaiveDate;
use school::{
    Uuid,
    access::looked::Kind,
    attendance::{
        in_school::is_in_school,
        movement::{Movement, NewMovement},
        seat::{self, Candidate},
    },
    db::Db,
    permit::UpdateAttendanceRecords,
    words::MovementKind,
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
    app.service(index)
        .service(create_arrival)
        .service(create_return)
        .configure(departures::routes)
        .configure(removals::routes)
        .configure(slips::routes);
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "attendance/front_desk/index.html")]
struct Index {
    shell: Shell,
    asked: String,
    found: Vec<Candidate>,
    movements: Vec<Movement>,
    done: Option<Movement>,
    errors: Errors,
}

type Seen = (Vec<Candidate>, Vec<Movement>);

fn seen(words: &str, day: NaiveDate, db: &mut Db<'_, UpdateAttendanceRecords>) -> school::Result<Seen> {
    let (found, movements) = (seat::candidates(words, db)?, Movement::of_day(day, db)?);
    db.saw(Kind::Names, found.iter().map(|one| one.student));
    db.saw(Kind::Attendance, movements.iter().map(|movement| movement.student));
    Ok((found, movements))
}

async fn page(may: &May<UpdateAttendanceRecords>, asked: String, errors: Errors) -> Result<Index, Failure> {
    let (day, words) = (may.signed_in().now().1, asked.clone());
    let (found, movements) = may.db(move |db| seen(&words, day, db)).await?;
    let shell = Shell::of(may.signed_in(), Area::FrontDesk);
    Ok(Index { shell, asked, found, movements, done: None, errors })
}

#[get("/front-desk")]
async fn index(may: May<UpdateAttendanceRecords>, asked: Query<Asked>) -> Page {
    let Asked { q, done } = asked.into_inner();
    let mut page = page(&may, q, Errors::default()).await?;
    page.done = page.movements.iter().find(|movement| movement.id.to_string() == done).cloned();
    show(&page)
}

/// By a name as typed, or by who was chosen.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Who {
    q: String,
    student: String,
    done: String,
}

#[post("/front-desk/arrivals")]
async fn create_arrival(may: May<UpdateAttendanceRecords>, Form(who): Form<Who>) -> Page {
    stamp(&may, who, MovementKind::Arrival).await
}

#[post("/front-desk/returns")]
async fn create_return(may: May<UpdateAttendanceRecords>, Form(who): Form<Who>) -> Page {
    stamp(&may, who, MovementKind::Return).await
}

/// One who is meant is stamped; of several, and of who is in school already, somebody chooses.
async fn stamp(may: &May<UpdateAttendanceRecords>, who: Who, kind: MovementKind) -> Page {
    let chosen = Uuid::parse_str(&who.student).ok();
    // Enter once more, without a name: what was done stays in sight.
    if let (None, "", Ok(done)) = (chosen, who.q.trim(), Uuid::parse_str(&who.done)) {
        return see_other(format!("/front-desk?done={done}"));
    }
    let mut again = page(may, who.q.clone(), Errors::default()).await?;
    let student = match (chosen, again.found.as_slice()) {
        (Some(student), _) => student,
        (None, [only]) if kind == MovementKind::Arrival && is_here(may, only.student).await? => {
            let here =
                format!("{} is in school already. If they came only now, press “Came” below.", only.called());
            again.errors.add("q", here);
            return show_again(&again);
        }
        (None, [only]) => only.student,
        (None, found) => {
            let nobody = "Nobody on a roll today is called that. Try part of the name, or the number.";
            let why = if found.is_empty() { nobody } else { "Several may be meant. Choose one below." };
            again.errors.add("q", why);
            return show_again(&again);
        }
    };
    let movement = NewMovement { student, kind, collector: None, note: None, rest_of_day: None };
    match may.db(move |db| Movement::stamp(&movement, db)).await {
        Ok(id) => see_other(format!("/front-desk?done={id}")),
        Err(error) => {
            again.errors = refused(error)?;
            show_again(&again)
        }
    }
}

async fn is_here(may: &May<UpdateAttendanceRecords>, student: Uuid) -> Result<bool, Failure> {
    may.db(move |db| is_in_school(student, db)).await
}
