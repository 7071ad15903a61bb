//! One row of a register: kept at once from the roll, or on a page of its own.

use actix_web::{
    get,
    http::StatusCode,
    post, put,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Error, Result, Uuid,
    access::looked::Kind,
    attendance::{
        history::{self, Change},
        mark::{By, Line, NewMark},
        recent::Recent,
        register::{Key, Register},
        submissions,
    },
    permit::{CreateAttendanceSessions, ReadAttendanceSessions},
};

use super::{
    around::Around,
    marking::{Marking, by},
    read::{self, MarkAddress, Wrong},
    row::RowView,
};
use crate::web::{
    extract::May,
    failure::Failure,
    filters,
    form::Fields,
    page::{Area, Shell},
    reply::{Page, fragment, see_other, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(edit).service(update).service(create);
}

#[derive(Template)]
#[template(path = "attendance/registers/_row.html")]
struct RowPiece {
    row: RowView,
    around: Around,
}

#[derive(Template)]
#[template(path = "attendance/registers/mark.html")]
struct Edit {
    shell: Shell,
    row: RowView,
    around: Around,
    class_name: String,
    day: chrono::NaiveDate,
    changes: Vec<Change>,
    submissions: Vec<Change>,
}

#[get("/registers/{class}/{day}/{slot}/marks/{student}")]
async fn edit(may: May<ReadAttendanceSessions>, address: Path<MarkAddress>) -> Page {
    let (key, student) = address.key()?;
    show(&mark_page(&may, key, student).await?)
}

/// Takes whichever right [`Marking`] finds.
#[put("/registers/{class}/{day}/{slot}/marks/{student}")]
async fn update(may: May<ReadAttendanceSessions>, address: Path<MarkAddress>, fields: Fields) -> Page {
    let (key, student) = address.key()?;
    let marking = Marking::of(&may, &key).await?;
    let (new, wrong) = read::mark(student, &fields);
    if !wrong.is_empty() {
        return refused(&may, key, new, wrong).await;
    }
    match marking.keep(key.clone(), new.clone()).await {
        Ok(line) if line.is_stale => disputed(&may, &line, &new).await,
        Ok(line) => piece(&may, &line),
        Err(Failure(Error::Invalid { field, message })) => {
            refused(&may, key, new, Wrong::from([(field, message)])).await
        }
        Err(other) => Err(other),
    }
}

/// Takes whichever right [`Marking`] finds.
#[post("/registers/{class}/{day}/{slot}/marks/{student}")]
async fn create(may: May<ReadAttendanceSessions>, address: Path<MarkAddress>, fields: Fields) -> Page {
    let (key, student) = address.key()?;
    let marking = Marking::of(&may, &key).await?;
    let (new, wrong) = read::mark(student, &fields);
    let mut outcome = (StatusCode::UNPROCESSABLE_ENTITY, wrong);
    if outcome.1.is_empty() {
        match marking.keep(key.clone(), new.clone()).await {
            Ok(line) if !line.is_stale => return see_other(back(&fields, &key)),
            Ok(_) => outcome.0 = StatusCode::CONFLICT,
            Err(Failure(Error::Invalid { field, message })) => outcome.1 = Wrong::from([(field, message)]),
            Err(other) => return Err(other),
        }
    }
    let mut page = mark_page(&may, key, student).await?;
    if let (StatusCode::CONFLICT, Some(last)) = (outcome.0, page.changes.first()) {
        let reason = format!("{} marked this {}. Look, and save again.", last.by, last.at);
        outcome.1.insert("code", reason);
    }
    page.row.retype(&new, outcome.1);
    fragment(outcome.0, &page)
}

fn piece(may: &May<ReadAttendanceSessions>, line: &Line) -> Page {
    let around = around(may, line);
    let row = RowView::of(&line.row, &Recent::default(), &around);
    fragment(StatusCode::OK, &RowPiece { row, around })
}

fn around(may: &May<ReadAttendanceSessions>, line: &Line) -> Around {
    Around::of(
        &line.head,
        (&*line.head.codes, std::slice::from_ref(&line.row)),
        by(may, line.head.campus),
        true,
    )
}

async fn disputed(may: &May<ReadAttendanceSessions>, line: &Line, sent: &NewMark) -> Page {
    let (head, student) = (line.head.clone(), sent.student);
    let changes = may.db(move |db| history::of_mark(&head, student, db)).await?;
    let around = around(may, line);
    let mut row = RowView::of(&line.row, &Recent::default(), &around);
    row.dispute(&line.row, sent, changes.first(), &around);
    fragment(StatusCode::CONFLICT, &RowPiece { row, around })
}

async fn refused(may: &May<ReadAttendanceSessions>, key: Key, sent: NewMark, wrong: Wrong) -> Page {
    let Edit { mut row, around, .. } = mark_page(may, key, sent.student).await?;
    row.retype(&sent, wrong);
    fragment(StatusCode::UNPROCESSABLE_ENTITY, &RowPiece { row, around })
}

async fn mark_page(may: &May<ReadAttendanceSessions>, key: Key, student: Uuid) -> Result<Edit, Failure> {
    let (register, changes, submissions) = may
        .db(move |db| {
            let register = Register::of(&key, db)?;
            db.saw(Kind::Attendance, [student]);
            let changes = history::of_mark(&register.head, student, db)?;
            let submissions = submissions::of(&register.head, db)?;
            Ok((register, changes, submissions))
        })
        .await?;
    let by = by(may, register.head.campus);
    let may_take = by == By::Office || may.also::<CreateAttendanceSessions>().is_some();
    let around = Around::of(
        &register.head,
        (&*register.head.codes, &register.rows),
        by,
        may_take && register.head.may_change(by).is_ok(),
    );
    let row = register.rows.iter().find(|row| row.pupil.id == student).ok_or(Error::NotFound)?;
    let area = if by == By::Office { Area::Board } else { Area::Today };
    Ok(Edit {
        shell: Shell::of(may.signed_in(), area),
        row: RowView::of(row, &register.recent, &around),
        around,
        class_name: register.head.class_name.clone(),
        day: register.head.key.day,
        changes,
        submissions,
    })
}

/// Back to where the form was, if that is the board; else to the register.
fn back(fields: &Fields, key: &Key) -> String {
    if fields.get("back") == "board" {
        format!("/board?day={}", key.day)
    } else {
        format!("/registers/{}/{}/{}", key.class, key.day, key.slot)
    }
}
