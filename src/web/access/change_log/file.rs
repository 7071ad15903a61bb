//! Who changed what, as a file: a row for each field.

use actix_web::{
    get,
    web::{Path, ServiceConfig},
};
use school::{
    Error,
    access::change_log::{LONGEST, Logged},
    people::{history::Part, student::Student},
    permit::ReadAccessEvents,
    slice::FILE,
};

use super::entities::called;
use crate::web::{
    export::{Cell, Format, Sheet},
    extract::May,
    list::Asked,
    people::changes::told_one,
    reply::Page,
    span::Span,
    spoken::spoken,
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(export);
}

const HEADING: [&str; 8] = ["When", "Who", "What", "Of whom", "Number", "Field", "From", "To"];

#[get("/change-log.{format}")]
async fn export(may: May<ReadAccessEvents>, format: Path<Format>, asked: Asked) -> Page {
    let (_, today, _) = may.signed_in().now();
    let zone = may.signed_in().person().time_zone();
    let span = Span::asked(&asked, today, LONGEST);
    let all = may
        .db(move |db| {
            let all = Logged::every(span.days(), &asked.listing, db)?;
            if all.iter().map(|one| one.change.parts.len()).sum::<usize>() > FILE {
                let said =
                    format!("These days have more than {FILE} rows. Choose fewer days, or one person.");
                return Err(Error::Conflict(said));
            }
            Ok(all)
        })
        .await?;
    let mut sheet = Sheet::new(format!("Changes {} to {}", span.first, span.last), &HEADING);
    for one in &all {
        let told = told_one(&one.change, zone);
        let row = |part: &Part| -> Vec<Cell> {
            let whose = joined(one.of(part.row).map(Student::called)).or_else(|| one.account.clone());
            let number = joined(one.of(part.row).map(|student| student.student_number.clone()));
            vec![
                told.at.as_str().into(),
                told.by.as_str().into(),
                called(&one.change.entity).into(),
                whose.into(),
                number.into(),
                spoken(&part.column).into(),
                part.before.clone().into(),
                part.after.clone().into(),
            ]
        };
        sheet.rows.extend(one.change.parts.iter().map(row));
    }
    sheet.answer(*format).await
}

/// Several in one cell; none where there is nobody.
fn joined(words: impl Iterator<Item = String>) -> Option<String> {
    Some(words.collect::<Vec<_>>().join("; ")).filter(|all| !all.is_empty())
}
