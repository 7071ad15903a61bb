//! Whom to follow up, as a file: everybody whom the same search and filters find, in the same order.

use actix_web::{
    get,
    web::{Path, ServiceConfig},
};
use school::{
    access::looked::Kind,
    attendance::{absence::Tier, absentee::Absentee},
    permit::ReadAttendanceInterventions,
};

use crate::web::{
    export::{Cell, Format, Sheet},
    extract::May,
    list::Asked,
    reply::Page,
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(export);
}

const HEADING: [&str; 12] = [
    "Name",
    "Number",
    "Homeroom",
    "Days enrolled",
    "Days absent",
    "Absent, %",
    "Tier",
    "Days in a row",
    "No contact since",
    "Last action",
    "On",
    "Look again on",
];

#[get("/absence-follow-ups.{format}")]
async fn export(may: May<ReadAttendanceInterventions>, format: Path<Format>, asked: Asked) -> Page {
    let (_, today, _) = may.signed_in().now();
    let all = may
        .db(move |db| {
            let all = Absentee::listed(&asked.listing, db)?;
            db.saw(Kind::FollowUp, all.iter().map(|one| one.student));
            Ok(all)
        })
        .await?;
    let mut sheet = Sheet::new(format!("Absence follow-up {today}"), &HEADING);
    sheet.rows.extend(all.iter().map(row));
    sheet.answer(*format).await
}

fn row(one: &Absentee) -> Vec<Cell> {
    let (absence, action) = (&one.absence, one.last_action.as_ref());
    let did = action.map(|action| format!("{}: {}", action.kind.label(), action.outcome.label()));
    vec![
        one.called().into(),
        one.number.as_str().into(),
        one.homeroom.clone().into(),
        Cell::Halves(absence.possible),
        Cell::Halves(absence.absent),
        Cell::Tenths(absence.thousandths()),
        absence.tier().map(Tier::label).into(),
        absence.in_a_row().into(),
        one.last_contact.into(),
        did.into(),
        action.map(|action| action.happened_on).into(),
        one.look_again_on.into(),
    ]
}
