//! Classes: the list and a class's own page.

mod edit;
mod file;
mod form;
mod new;

use actix_web::{
    get,
    web::{Path, Query, ServiceConfig},
};
use askama::Template;
use chrono::NaiveDate;
use school::{
    Uuid,
    academics::{
        campus::Campus,
        class::{Class, Described},
        class_list::Listed,
        duty,
        duty::Duty,
        grade::Grade,
        roster,
        roster::Seat,
    },
    access::looked::Kind,
    db::Db,
    permit::{ReadAttendanceSessions, ReadClasses, ReadStudents, UpdateClassEnrollments, UpdateClasses},
    slice::{Listing, Slice},
    words::{ClassKind, ClassStatus},
};
use serde::Deserialize;

use crate::web::{
    dates,
    extract::May,
    filters,
    list::Asked,
    page::{Area, Shell},
    reply::{Page, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index)
        .configure(new::routes)
        .configure(edit::routes)
        .configure(file::routes)
        .service(show_one);
}

#[derive(Template)]
#[template(path = "academics/classes/index.html")]
struct Index {
    shell: Shell,
    asked: Asked,
    today: NaiveDate,
    classes: Slice<Listed>,
    campuses: Vec<Campus>,
    grades: Vec<Grade>,
    may_create: bool,
}

impl Index {
    fn next(&self) -> Option<String> {
        let last = self.classes.rows.last().filter(|_| self.classes.more)?;
        Some(self.asked.next(&last.class.name, &last.class.id))
    }

    /// Whether a class's year has not begun yet.
    fn is_to_come(&self, one: &Listed) -> bool {
        one.begins_on.is_some_and(|first| first > self.today)
    }
}

type Found = (Slice<Listed>, Vec<Campus>, Vec<Grade>);

fn found(listing: &Listing, db: &mut Db<'_, ReadClasses>) -> school::Result<Found> {
    let classes = Class::listed(listing, db)?;
    Ok((classes, Campus::all(db)?, Grade::all(db)?))
}

#[get("/classes")]
async fn index(may: May<ReadClasses>, asked: Asked) -> Page {
    let listing = asked.listing.clone();
    let (classes, campuses, grades) = may.db(move |db| found(&listing, db)).await?;
    show(&Index {
        shell: Shell::of(may.signed_in(), Area::Classes),
        asked,
        today: may.signed_in().now().1,
        classes,
        campuses,
        grades,
        may_create: may.also::<UpdateClasses>().is_some(),
    })
}

#[derive(Deserialize)]
struct OnDay {
    #[serde(default)]
    day: String,
}

#[derive(Template)]
#[template(path = "academics/classes/show.html")]
struct Show {
    shell: Shell,
    today: NaiveDate,
    day: NaiveDate,
    known: Described,
    roll: Vec<Seat>,
    duties: Vec<Duty>,
    may_update: bool,
    may_enroll: bool,
    opens_students: bool,
    opens_registers: bool,
}

type Around = (Described, Vec<Seat>, Vec<Duty>);

fn around(id: Uuid, day: NaiveDate, db: &mut Db<'_, ReadClasses>) -> school::Result<Around> {
    let known = Class::described(id, db)?;
    let roll = roster::of_class(id, day, db)?;
    db.saw(Kind::Names, roll.iter().map(|seat| seat.student.id));
    Ok((known, roll, duty::of_class(id, day, db)?))
}

#[get("/classes/{id}")]
async fn show_one(may: May<ReadClasses>, id: Path<Uuid>, on: Query<OnDay>) -> Page {
    let (_, today, _) = may.signed_in().now();
    let (id, day) = (*id, dates::read_day(&on.day).unwrap_or(today));
    let (known, roll, duties) = may.db(move |db| around(id, day, db)).await?;
    show(&Show {
        shell: Shell::of(may.signed_in(), Area::Classes),
        today,
        day,
        known,
        roll,
        duties,
        may_update: may.also::<UpdateClasses>().is_some(),
        may_enroll: may.also::<UpdateClassEnrollments>().is_some(),
        opens_students: may.also::<ReadStudents>().is_some(),
        opens_registers: may.also::<ReadAttendanceSessions>().is_some(),
    })
}
