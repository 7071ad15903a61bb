//! How long records are kept after a student left, and whose are past that.

use actix_web::{get, post, web::ServiceConfig};
use askama::Template;
use school::{
    access::looked::Kind,
    keeping::retention::{self, Past},
    permit::{CreateErasures, ReadErasures, UpdateRetentionPeriods},
    words::RecordKind,
};

use crate::web::{
    extract::May,
    failure::Failure,
    filters,
    form::{Errors, Fields},
    page::{Area, Shell},
    reply::{Page, see_other, show, show_again},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index).service(update);
}

/// The years of a kind of record, as typed.
struct Typed {
    kind: RecordKind,
    years: String,
}

#[derive(Template)]
#[template(path = "keeping/retention/index.html")]
struct Index {
    shell: Shell,
    periods: Vec<Typed>,
    past: Vec<Past>,
    may_set: bool,
    may_ask: bool,
    errors: Errors,
}

async fn page(may: &May<ReadErasures>) -> Result<Index, Failure> {
    let (years, past) = may
        .db(|db| {
            let past = retention::past(db)?;
            db.saw(Kind::Names, past.iter().map(|one| one.id));
            Ok((retention::years(db)?, past))
        })
        .await?;
    let typed = |(kind, years): (RecordKind, i32)| Typed { kind, years: years.to_string() };
    Ok(Index {
        shell: Shell::of(may.signed_in(), Area::Retention),
        periods: years.into_iter().map(typed).collect(),
        past,
        may_set: may.also::<UpdateRetentionPeriods>().is_some(),
        may_ask: may.also::<CreateErasures>().is_some(),
        errors: Errors::default(),
    })
}

#[get("/retention")]
async fn index(may: May<ReadErasures>) -> Page {
    show(&page(&may).await?)
}

#[post("/retention")]
async fn update(may: May<UpdateRetentionPeriods>, fields: Fields) -> Page {
    let mut errors = Errors::default();
    let years: Vec<(RecordKind, i16)> = RecordKind::ALL
        .iter()
        .map(|kind| (*kind, errors.needed_count(kind.word(), fields.get(kind.word()), 1..=100)))
        .collect();
    if errors.is_empty() {
        may.db(move |db| retention::set(&years, db)).await?;
        return see_other("/retention");
    }
    let mut again = page(&may.narrow()?).await?;
    for period in &mut again.periods {
        fields.get(period.kind.word()).clone_into(&mut period.years);
    }
    again.errors = errors;
    show_again(&again)
}
