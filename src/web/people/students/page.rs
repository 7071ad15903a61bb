//! A student's own page: what is written of them, and what the reader may see beside it.

use actix_web::{
    get,
    web::{Path, ServiceConfig},
};
use askama::Template;
use chrono::NaiveDate;
use school::{
    Error, Uuid,
    academics::{roster, roster::Attended},
    people::{attended_days::Days, history::Change, particulars::Particulars, placement::Placement},
    permit::{ReadAttendanceRecords, ReadClasses, ReadStudents, UpdateStudents},
    words::AttendanceStatus,
};

use crate::web::{
    dates,
    extract::May,
    failure::Failure,
    filters,
    page::{Area, Shell},
    people::{
        changes::{Told, told},
        heat,
        heat::Heat,
    },
    reply::{Page, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(show_one);
}

#[derive(Template)]
#[template(path = "people/students/show.html")]
struct Show {
    shell: Shell,
    today: NaiveDate,
    known: Particulars,
    places: Vec<Placement>,
    attended: Vec<Attended>,
    open_classes: Vec<Uuid>,
    days: Option<Days>,
    changes: Vec<Told>,
    may_update: bool,
}

impl Show {
    /// Whole years since the birthday.
    fn age(&self) -> Option<u32> {
        self.today.years_since(self.known.student.date_of_birth?)
    }

    fn place_now(&self) -> Option<&Placement> {
        self.places.iter().find(|place| place.runs_on(self.today))
    }

    fn opens(&self, class: &Uuid) -> bool {
        self.open_classes.contains(class)
    }
}

/// A part of the page that this reader's permission for it may not reach: then it is left out.
fn in_sight<T>(part: Result<T, Failure>) -> Result<Option<T>, Failure> {
    match part {
        Err(Failure(Error::NotFound)) => Ok(None),
        other => other.map(Some),
    }
}

#[get("/students/{id}")]
async fn show_one(may: May<ReadStudents>, id: Path<Uuid>) -> Page {
    let id = *id;
    let opens_classes = may.also::<ReadClasses>().is_some();
    let (known, places, attended, open_classes, changes) = may
        .db(move |db| {
            let attended = roster::of_student(id, db)?;
            let open = if opens_classes { roster::open_to(&attended, db)? } else { Vec::new() };
            let known = Particulars::of(id, db)?;
            let places = Placement::of_student(id, db)?;
            Ok((known, places, attended, open, Change::of_student(id, db)?))
        })
        .await?;
    let days = match may.also::<ReadAttendanceRecords>() {
        Some(may) => in_sight(may.db(move |db| Days::of_student(id, db)).await)?,
        None => None,
    };
    let zone = may.signed_in().person().time_zone();
    show(&Show {
        shell: Shell::of(may.signed_in(), Area::Students),
        today: may.signed_in().now().1,
        changes: told(&changes, zone),
        known,
        places,
        attended,
        open_classes,
        days,
        may_update: may.also::<UpdateStudents>().is_some(),
    })
}
