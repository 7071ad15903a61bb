//! Students: the list and a student's own page.

mod edit;
mod form;
mod new;

use actix_web::{
    get,
    web::{Path, ServiceConfig},
};
use askama::Template;
use chrono::NaiveDate;
use school::{
    Uuid,
    academics::{campus::Campus, grade::Grade},
    people::{
        history::Change, particulars::Particulars, placement::Placement, student::Student,
        student_list::Listed,
    },
    permit::{CreateStudents, ReadStudents, UpdateStudents},
    slice::Slice,
    words::StudentStatus,
};

use super::changes::{Told, told};
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
        .service(show_one);
}

#[derive(Template)]
#[template(path = "people/students/index.html")]
struct Index {
    shell: Shell,
    asked: Asked,
    today: NaiveDate,
    students: Slice<Listed>,
    campuses: Vec<Campus>,
    grades: Vec<Grade>,
    may_create: bool,
}

impl Index {
    fn next(&self) -> Option<String> {
        let last = self.students.rows.last().filter(|_| self.students.more)?;
        let place = last.place(&self.asked.listing.sort);
        Some(self.asked.next(&place, &last.student.id))
    }
}

#[get("/students")]
async fn index(may: May<ReadStudents>, asked: Asked) -> Page {
    let listing = asked.listing.clone();
    let (students, campuses, grades) = may
        .db(move |db| {
            Ok((
                Student::listed(&listing, db)?,
                Campus::all(db)?,
                Grade::all(db)?,
            ))
        })
        .await?;
    show(&Index {
        shell: Shell::of(may.signed_in(), Area::Students),
        asked,
        today: may.signed_in().now().1,
        students,
        campuses,
        grades,
        may_create: may.also::<CreateStudents>().is_some(),
    })
}

#[derive(Template)]
#[template(path = "people/students/show.html")]
struct Show {
    shell: Shell,
    today: NaiveDate,
    known: Particulars,
    places: Vec<Placement>,
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
}

#[get("/students/{id}")]
async fn show_one(may: May<ReadStudents>, id: Path<Uuid>) -> Page {
    let id = *id;
    let (known, places, changes) = may
        .db(move |db| {
            Ok((
                Particulars::of(id, db)?,
                Placement::of_student(id, db)?,
                Change::of_student(id, db)?,
            ))
        })
        .await?;
    let zone = may.signed_in().person().time_zone();
    show(&Show {
        shell: Shell::of(may.signed_in(), Area::Students),
        today: may.signed_in().now().1,
        changes: told(&changes, zone),
        known,
        places,
        may_update: may.also::<UpdateStudents>().is_some(),
    })
}
