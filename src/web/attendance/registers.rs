//! The register of one class on one day: open it, send it whole, take it back.

use actix_web::{
    get,
    http::StatusCode,
    post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    attendance::{
        code::PRESENT,
        cover::Cover,
        history,
        mark::{By, NewMark},
        register::{Key, Register},
        submission::{self, Sent},
        tally::Tally,
    },
    permit::{CreateAttendanceSessions, ReadAttendanceSessions, UpdateAttendanceRecords},
};

use super::{
    around::Around,
    heading::Heading,
    marking::{Marking, by},
    papers,
    read::{self, Address, Wrong},
    row::RowView,
};
use crate::web::{
    extract::May,
    filters,
    form::Fields,
    live::Shown,
    page::{Area, Shell},
    reply::{Page, fragment, see_other, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(show_one).service(create_submission).service(create_withdrawal);
}

#[derive(Template)]
#[template(path = "attendance/registers/show.html")]
struct Show {
    shell: Shell,
    head: Heading,
    around: Around,
    rows: Vec<RowView>,
    tally: Tally,
    wrong: Vec<(String, String)>,
    /// Who covers the class, for the office to enter what they wrote down.
    papers: Vec<Cover>,
}

#[get("/registers/{class}/{day}/{slot}")]
async fn show_one(may: May<ReadAttendanceSessions>, address: Path<Address>, shown: Shown) -> Page {
    let key = address.key()?;
    let may_enter = may.also::<UpdateAttendanceRecords>().is_some();
    let (tag, found) = shown.unless_same(&may, move |db| papers::opened(&key, may_enter, db)).await?;
    let Some((register, covers)) = found else { return tag.nothing_new() };
    let mut page = page(&may, &register);
    if page.around.by == By::Office && page.head.submitted.is_none() {
        page.papers = covers;
    }
    tag.on(show(&page))
}

/// Takes whichever right [`Marking`] finds.
#[post("/registers/{class}/{day}/{slot}/submission")]
async fn create_submission(may: May<ReadAttendanceSessions>, address: Path<Address>, fields: Fields) -> Page {
    let key = address.key()?;
    let marking = Marking::of(&may, &key).await?;
    let intent = papers::intent(&fields);
    let sent = read::marks(&fields);
    if sent.iter().any(|(_, wrong)| !wrong.is_empty()) {
        return refused(&may, key, sent).await;
    }
    let marks: Vec<NewMark> = sent.into_iter().map(|(mark, _)| kept(mark, &fields)).collect();
    let (at, kept) = (key.clone(), marks.clone());
    let outcome = match marking {
        Marking::Teacher(may) => {
            may.db(move |db| submission::send_by_teacher(&at, &kept, intent, db)).await?
        }
        Marking::Office(may) => may.db(move |db| submission::send_by_office(&at, &kept, intent, db)).await?,
    };
    match outcome {
        Sent::Kept => see_other(path(&key)),
        Sent::Stale(students) => disputed(&may, key, &marks, &students).await,
    }
}

/// Takes whichever right [`Marking`] finds.
#[post("/registers/{class}/{day}/{slot}/withdrawal")]
async fn create_withdrawal(may: May<ReadAttendanceSessions>, address: Path<Address>) -> Page {
    let key = address.key()?;
    let at = key.clone();
    match Marking::of(&may, &key).await? {
        Marking::Teacher(may) => may.db(move |db| submission::withdraw_by_teacher(&at, db)).await?,
        Marking::Office(may) => may.db(move |db| submission::withdraw_by_office(&at, db)).await?,
    }
    see_other(path(&key))
}

fn path(key: &Key) -> String {
    format!("/registers/{}/{}/{}", key.class, key.day, key.slot)
}

/// All present, and a person's choice between two marks, are said by the button that was pressed.
fn kept(mut mark: NewMark, fields: &Fields) -> NewMark {
    if fields.get("act") == "all_present" && mark.version == 0 {
        mark.code = PRESENT.into();
    }
    mark
}

async fn refused(may: &May<ReadAttendanceSessions>, key: Key, sent: Vec<(NewMark, Wrong)>) -> Page {
    let register = may.db(move |db| Register::of(&key, db)).await?;
    let mut page = page(may, &register);
    for row in &mut page.rows {
        let Some((mark, wrong)) = sent.iter().find(|(mark, _)| mark.student == row.id) else {
            continue;
        };
        for (field, reason) in wrong {
            page.wrong.push((format!("{field}-{}", row.id), format!("{}: {reason}", row.name)));
        }
        row.retype(mark, wrong.clone());
    }
    fragment(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn disputed(may: &May<ReadAttendanceSessions>, key: Key, marks: &[NewMark], students: &[Uuid]) -> Page {
    let asked = students.to_vec();
    let (register, changes) = may
        .db(move |db| {
            let register = Register::of(&key, db)?;
            let changes = history::of_marks(&register.head, &asked, db)?;
            Ok((register, changes))
        })
        .await?;
    let mut page = page(may, &register);
    for (row, kept) in page.rows.iter_mut().zip(&register.rows) {
        let Some(mark) = marks.iter().find(|mark| mark.student == row.id) else {
            continue;
        };
        if students.contains(&row.id) {
            let last = changes.get(&row.id).and_then(|changes| changes.first());
            row.dispute(kept, mark, last, &page.around);
            let note = row
                .clash
                .as_ref()
                .map_or_else(String::new, |clash| format!("{}: {}", clash.by, clash.theirs));
            page.wrong.push((format!("s-{}", row.id), format!("{}. {note}", row.name)));
        } else {
            row.retype(mark, Wrong::new());
        }
    }
    fragment(StatusCode::CONFLICT, &page)
}

fn page(may: &May<ReadAttendanceSessions>, register: &Register) -> Show {
    let by = by(may, register.head.campus);
    let may_take = may.also::<CreateAttendanceSessions>().is_some() || by == By::Office;
    let may_change = may_take && register.head.may_change(by).is_ok();
    let around = Around::of(&register.head, (&*register.head.codes, &register.rows), by, may_change);
    let rows = register.rows.iter().map(|row| {
        let mut view = RowView::of(row, &register.recent, &around);
        view.suggest(row, &register.earlier, &around);
        view
    });
    let area = if by == By::Office { Area::Board } else { Area::Today };
    Show {
        shell: Shell::of(may.signed_in(), area),
        head: Heading::of(register),
        rows: rows.collect(),
        around,
        tally: Tally::of(&register.rows, &register.head),
        wrong: Vec::new(),
        papers: Vec::new(),
    }
}
