//! Students: the list; their own pages stand beside it.

mod edit;
mod form;
mod new;
mod page;

use actix_web::{get, web::ServiceConfig};
use askama::Template;
use chrono::NaiveDate;
use school::{
    academics::{campus::Campus, grade::Grade},
    people::{student::Student, student_list::Listed},
    permit::{CreateStudents, ReadStudents},
    slice::Slice,
    words::StudentStatus,
};

use crate::web::{
    extract::May,
    filters,
    list::Asked,
    page::{Area, Shell},
    reply::{Page, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index).configure(new::routes).configure(edit::routes).configure(page::routes);
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
    let (students, campuses, grades) =
        may.db(move |db| Ok((Student::listed(&listing, db)?, Campus::all(db)?, Grade::all(db)?))).await?;
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
