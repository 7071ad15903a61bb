//! Students: the list; their own pages stand beside it.

mod attendance;
mod edit;
mod file;
mod form;
mod months;
mod new;
mod page;
mod parts;

use actix_web::{get, web::ServiceConfig};
use askama::Template;
use chrono::NaiveDate;
use school::{
    academics::{campus::Campus, grade::Grade},
    access::looked::Kind,
    db::Db,
    people::{student::Student, student_list::Listed},
    permit::{CreateStudents, ReadStudents},
    slice::{Listing, Slice},
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
    app.service(index)
        .configure(file::routes)
        .configure(attendance::routes)
        .configure(new::routes)
        .configure(edit::routes)
        .configure(page::routes);
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

type Found = (Slice<Listed>, Vec<Campus>, Vec<Grade>);

fn found(listing: &Listing, db: &mut Db<'_, ReadStudents>) -> school::Result<Found> {
    let students = Student::listed(listing, db)?;
    db.saw(Kind::Names, students.rows.iter().map(|one| one.student.id));
    Ok((students, Campus::all(db)?, Grade::all(db)?))
}

#[get("/students")]
async fn index(may: May<ReadStudents>, asked: Asked) -> Page {
    let listing = asked.listing.clone();
    let (students, campuses, grades) = may.db(move |db| found(&listing, db)).await?;
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
