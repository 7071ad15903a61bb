//! A program's page: what it is, who works in it, and its students.

use actix_web::{
    get,
    web::{Path, ServiceConfig},
};
use askama::Template;
use chrono_tz::Tz;
use school::{
    Uuid,
    access::looked::Kind,
    clock::local,
    db::Db,
    districts::{district::District, member::Member, program::Program},
    people::{history::Change, student_list::Listed},
    permit::{DeletePrograms, ReadPrograms, ReadSchoolDistricts, ReadStudents, ReadUsers, UpdatePrograms},
    slice::Slice,
};

use crate::web::{
    dates,
    extract::May,
    filters,
    page::{Area, Shell},
    people::changes::{Told, told},
    reply::{Page, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(show_one);
}

/// What is known of a program.
struct Known {
    program: Program,
    district: Option<District>,
    people: Vec<Member>,
    students: Option<Slice<Listed>>,
    changes: Vec<Change>,
}

fn known(id: Uuid, db: &mut Db<'_, ReadPrograms>) -> school::Result<Known> {
    let program = Program::of(id, db)?;
    let students = db.also::<ReadStudents>().map(|mut db| {
        let students = program.students(&mut db)?;
        db.saw(Kind::Names, students.rows.iter().map(|one| one.student.id));
        Ok::<_, school::Error>(students)
    });
    Ok(Known {
        district: program.school_district_id.map(|district| District::of(district, db)).transpose()?,
        people: Member::of_program(id, db)?,
        students: students.transpose()?,
        changes: Change::of_program(id, db)?,
        program,
    })
}

#[derive(Template)]
#[template(path = "districts/programs/show.html")]
struct Show {
    shell: Shell,
    program: Program,
    district: Option<District>,
    people: Vec<Member>,
    /// The first of them, for whoever may see students.
    students: Option<Slice<Listed>>,
    changes: Vec<Told>,
    zone: Tz,
    may_update: bool,
    may_delete: bool,
    opens_accounts: bool,
    opens_districts: bool,
}

impl Show {
    /// The day of an instant where the reader is.
    fn day(&self, member: &Member) -> String {
        dates::full(&local(member.joined_at, self.zone).0)
    }
}

#[get("/programs/{id}")]
async fn show_one(may: May<ReadPrograms>, id: Path<Uuid>) -> Page {
    let id = *id;
    let known = may.asking::<ReadStudents>().db(move |db| known(id, db)).await?;
    let zone = may.signed_in().person().time_zone();
    show(&Show {
        shell: Shell::of(may.signed_in(), Area::Programs),
        program: known.program,
        district: known.district,
        people: known.people,
        students: known.students,
        changes: told(&known.changes, zone),
        zone,
        may_update: may.also::<UpdatePrograms>().is_some(),
        may_delete: may.also::<DeletePrograms>().is_some(),
        opens_accounts: may.also::<ReadUsers>().is_some(),
        opens_districts: may.also::<ReadSchoolDistricts>().is_some(),
    })
}
