//! An absent teacher's classes of a day, each with whoever could take it.

use actix_web::{
    get,
    web::{Path, Query, ServiceConfig},
};
use askama::Template;
use chrono::NaiveDate;
use school::{
    Uuid,
    academics::class::Class,
    attendance::{
        candidates::{Around, Candidate},
        cover::{self, Cover},
    },
    db::Db,
    permit::{ReadStaffAttendance, UpdateClasses},
};
use serde::Deserialize;

use crate::web::{
    dates,
    extract::May,
    filters,
    page::{Area, Shell},
    reply::{Page, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(show_one);
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    day: String,
}

/// A class that stands without its teacher.
struct Orphan {
    class: Class,
    covers: Vec<Cover>,
    candidates: Vec<Candidate>,
}

#[derive(Template)]
#[template(path = "attendance/cover/absence.html")]
struct Show {
    shell: Shell,
    person: Uuid,
    name: String,
    day: NaiveDate,
    is_today: bool,
    classes: Vec<Orphan>,
    opens_list: bool,
}

type Found = (String, Vec<Orphan>);

fn found(person: Uuid, day: NaiveDate, db: &mut Db<'_, UpdateClasses>) -> school::Result<Found> {
    let (name, classes) = cover::classes_of(person, day, db)?;
    let ids: Vec<Uuid> = classes.iter().map(|class| class.id).collect();
    let covers = cover::of_classes(&ids, day, db)?;
    let around = Around::of(&classes, day, db)?;
    let orphans = classes.into_iter().map(|class| Orphan {
        covers: covers.iter().filter(|one| one.class == class.id && one.staff != person).cloned().collect(),
        candidates: takers(&around, &class, person),
        class,
    });
    Ok((name, orphans.collect()))
}

/// Who could take a class and its register in the place of somebody; whoever takes none is offered on the class's own page.
fn takers(around: &Around, class: &Class, person: Uuid) -> Vec<Candidate> {
    let could = around.could_take(class).into_iter();
    could.filter(|one| one.id != person && !one.takes_none).collect()
}

#[get("/staff/{id}/cover")]
async fn show_one(may: May<UpdateClasses>, id: Path<Uuid>, asked: Query<Asked>) -> Page {
    let today = may.signed_in().now().1;
    let day = dates::read_day(&asked.day).unwrap_or(today).max(today);
    let person = *id;
    let (name, classes) = may.asking::<ReadStaffAttendance>().db(move |db| found(person, day, db)).await?;
    show(&Show {
        shell: Shell::of(may.signed_in(), Area::StaffAttendance),
        person,
        name,
        day,
        is_today: day == today,
        classes,
        opens_list: may.also::<ReadStaffAttendance>().is_some(),
    })
}
