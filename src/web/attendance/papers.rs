//! A register on paper, for whoever takes it without an account: boxes to tick, and what to mind.

use actix_web::{
    get,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    access::looked::Kind,
    attendance::{
        cover::Cover,
        mark::By,
        register::{self, Key, Register},
        submission::Intent,
    },
    db::Db,
    permit::ReadAttendanceSessions,
};

use super::{around::Around, heading::Heading, read::Address, row::RowView};
use crate::web::{
    extract::May,
    filters,
    form::Fields,
    page::{Area, Shell},
    reply::{Page, show},
};

/// The most columns of boxes; what is rarer is written down.
const COLUMNS: usize = 4;

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(show_one);
}

#[derive(Template)]
#[template(path = "attendance/registers/paper.html")]
struct Show {
    shell: Shell,
    head: Heading,
    path: String,
    codes: Vec<String>,
    rows: Vec<RowView>,
    covers: Vec<Cover>,
}

#[get("/registers/{class}/{day}/{slot}/paper")]
async fn show_one(may: May<ReadAttendanceSessions>, address: Path<Address>) -> Page {
    let key = address.key()?;
    let (register, covers) = may.db(move |db| Ok((read(&key, db)?, register::covers_of(&key, db)?))).await?;
    let around = Around::of(&register.head, (&*register.head.codes, &register.rows), By::Teacher, false);
    show(&Show {
        shell: Shell::of(may.signed_in(), Area::Board),
        head: Heading::of(&register),
        codes: around.choices.iter().take(COLUMNS).map(|choice| choice.name.clone()).collect(),
        rows: register.rows.iter().map(|row| RowView::of(row, &register.recent, &around)).collect(),
        path: around.path,
        covers,
    })
}

/// A register whose rows are about to be shown.
pub(super) fn read(key: &Key, db: &mut Db<'_, ReadAttendanceSessions>) -> school::Result<Register> {
    let register = Register::of(key, db)?;
    db.saw(Kind::Attendance, register.rows.iter().map(|row| row.pupil.id));
    Ok(register)
}

/// A register, and who covers its class where that may matter.
pub(super) fn opened(
    key: &Key,
    may_enter: bool,
    db: &mut Db<'_, ReadAttendanceSessions>,
) -> school::Result<(Register, Vec<Cover>)> {
    let register = read(key, db)?;
    let covers = if may_enter && !register.head.is_in() { register::covers_of(key, db)? } else { Vec::new() };
    Ok((register, covers))
}

/// What was pressed, and whose paper is being entered, if anybody's.
pub(super) fn intent(fields: &Fields) -> Intent {
    match (fields.get("act"), Uuid::parse_str(fields.get("paper"))) {
        ("submit", Ok(person)) => Intent::SubmitPaperOf(person),
        ("submit", Err(_)) => Intent::Submit,
        _ => Intent::Save,
    }
}
