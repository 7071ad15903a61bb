//! What was changed after a register was submitted: who, when, from what to what.

mod file;

use actix_web::{get, web::ServiceConfig};
use askama::Template;
use chrono::NaiveDate;
use school::{
    academics::campus::Campus,
    access::looked::Kind,
    attendance::{
        correction::{Correction, LONGEST},
        registered_classes::classes,
    },
    db::Db,
    permit::ReadCampusAttendance,
    slice::{Listing, Slice},
};

use crate::web::{
    extract::May,
    filters,
    list::Asked,
    page::{Area, Shell},
    reply::{Page, show},
    span::Span,
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index).configure(file::routes);
}

/// A class to choose.
struct Class {
    id: school::Uuid,
    name: String,
}

#[derive(Template)]
#[template(path = "attendance/corrections/index.html")]
struct Index {
    shell: Shell,
    asked: Asked,
    today: NaiveDate,
    span: Span,
    campuses: Vec<Campus>,
    classes: Vec<Class>,
    corrections: Slice<Correction>,
}

impl Index {
    fn next(&self) -> Option<String> {
        let last = self.corrections.rows.last().filter(|_| self.corrections.more)?;
        Some(self.asked.next("", &last.id))
    }
}

type Found = (Slice<Correction>, Vec<Campus>, Vec<Class>);

fn found(span: Span, listing: &Listing, db: &mut Db<'_, ReadCampusAttendance>) -> school::Result<Found> {
    let corrections = Correction::listed(span.days(), listing, db)?;
    db.saw(Kind::Attendance, corrections.rows.iter().flat_map(|one| &one.marks).map(|mark| mark.student));
    let classes = classes(span.days(), db)?.into_iter().map(|(id, name)| Class { id, name });
    Ok((corrections, Campus::known_within_reach(db)?, classes.collect()))
}

#[get("/corrections")]
async fn index(may: May<ReadCampusAttendance>, asked: Asked) -> Page {
    let (_, today, _) = may.signed_in().now();
    let span = Span::asked(&asked, today, LONGEST);
    let listing = asked.listing.clone();
    let (corrections, campuses, classes) = may.db(move |db| found(span, &listing, db)).await?;
    show(&Index {
        shell: Shell::of(may.signed_in(), Area::Corrections),
        asked,
        today,
        span,
        campuses,
        classes,
        corrections,
    })
}
