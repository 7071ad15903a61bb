//! A list is called once more, and its students are ticked off.

use actix_web::{
    http::StatusCode,
    post, put,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    access::looked::Kind,
    attendance::{
        headcount::{Headcount, tick},
        roll_call::RollCall,
    },
    permit::UpdateRollCalls,
};

use super::show::{self, Row};
use crate::web::{
    extract::May,
    filters,
    form::{Errors, Fields, refused},
    reply::{Page, fragment, see_other, show_again},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(create).service(update_tick).service(create_tick);
}

#[post("/roll-calls/{id}/headcounts")]
async fn create(may: May<UpdateRollCalls>, id: Path<Uuid>, fields: Fields) -> Page {
    let id = *id;
    let typed = fields.get("name");
    let mut errors = Errors::default();
    let name = errors.needed("name", typed, 60);
    if errors.is_empty() {
        match may.db(move |db| Headcount::begin(id, &name, db)).await {
            Ok(headcount) => return see_other(format!("/roll-calls/{id}?headcount={headcount}")),
            Err(error) => errors = refused(error)?,
        }
    }
    let mut page = show::page(&may, id, None).await?;
    page.beginning(typed, errors);
    show_again(&page)
}

#[derive(Template)]
#[template(path = "attendance/roll_calls/_line.html")]
struct Piece {
    row: Row,
}

type Place = (Uuid, Uuid, Uuid);

/// From the page's script: answers the line as it stands now.
#[put("/roll-calls/{id}/headcounts/{headcount}/ticks/{student}")]
async fn update_tick(may: May<UpdateRollCalls>, place: Path<Place>, fields: Fields) -> Page {
    let (id, headcount, student) = *place;
    let is_there = fields.get("is_there") == "yes";
    let (list, line) = may
        .db(move |db| {
            let line = tick((id, headcount), student, is_there, db)?;
            db.saw(Kind::Attendance, [student]);
            Ok((RollCall::of(id, db)?, line))
        })
        .await?;
    fragment(StatusCode::OK, &Piece { row: Row::of(line, &list, headcount) })
}

/// The same without scripts.
#[post("/roll-calls/{id}/headcounts/{headcount}/ticks/{student}")]
async fn create_tick(may: May<UpdateRollCalls>, place: Path<Place>, fields: Fields) -> Page {
    let (id, headcount, student) = *place;
    let is_there = fields.get("is_there") == "yes";
    may.db(move |db| tick((id, headcount), student, is_there, db)).await?;
    see_other(format!("/roll-calls/{id}?headcount={headcount}"))
}
