//! The school's own marks: the list, and taking one out of use and back.

mod edit;
mod form;
mod new;

use actix_web::{
    get, post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    attendance::code::Code,
    permit::{ReadAttendanceSessions, ReadCampusAttendance, UpdateAttendanceCodes},
};

use crate::web::{
    dates,
    extract::May,
    filters,
    page::{Area, Shell},
    reply::{Page, see_other, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index)
        .configure(new::routes)
        .configure(edit::routes)
        .service(create_retirement)
        .service(create_return);
}

#[derive(Template)]
#[template(path = "attendance/codes/index.html")]
struct Index {
    shell: Shell,
    codes: Vec<Code>,
    may_update: bool,
}

impl Index {
    fn who(&self, code: &Code) -> &'static str {
        match (code.set_by_teacher, code.set_by_office) {
            (true, true) => "Teachers and office",
            (true, false) => "Teachers",
            _ => "Office",
        }
    }

    fn in_use(&self) -> Vec<&Code> {
        self.codes.iter().filter(|code| code.is_in_use()).collect()
    }

    fn retired(&self) -> Vec<&Code> {
        self.codes.iter().filter(|code| !code.is_in_use()).collect()
    }
}

#[get("/attendance-codes")]
async fn index(may: May<ReadAttendanceSessions>) -> Page {
    let area = if may.also::<ReadCampusAttendance>().is_some() { Area::Policies } else { Area::Elsewhere };
    show(&Index {
        shell: Shell::of(may.signed_in(), area),
        codes: may.db(Code::all).await?,
        may_update: may.also::<UpdateAttendanceCodes>().is_some(),
    })
}

#[post("/attendance-codes/{id}/retirement")]
async fn create_retirement(may: May<UpdateAttendanceCodes>, id: Path<Uuid>) -> Page {
    may.db(move |db| Code::retire(*id, db)).await?;
    see_other("/attendance-codes")
}

#[post("/attendance-codes/{id}/return")]
async fn create_return(may: May<UpdateAttendanceCodes>, id: Path<Uuid>) -> Page {
    may.db(move |db| Code::take_back(*id, db)).await?;
    see_other("/attendance-codes")
}
