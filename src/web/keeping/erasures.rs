//! Erasures: what was asked, by whom, and what a second person decided.

mod decisions;
mod new;

use actix_web::{
    get,
    web::{Path, ServiceConfig},
};
use askama::Template;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use school::{
    Uuid,
    access::looked::Kind,
    clock::local,
    keeping::erasure_list,
    permit::{CreateErasures, ReadErasures, UpdateErasures},
    words::ErasureState,
};

use crate::web::{
    dates,
    extract::May,
    failure::Failure,
    filters,
    form::Errors,
    page::{Area, Shell},
    reply::{Page, show},
    spoken::spoken,
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.configure(new::routes).configure(decisions::routes).service(index).service(show_one);
}

/// One as a page tells it.
struct Told {
    said: erasure_list::Told,
    asked: String,
    decided: Option<String>,
    done: Option<String>,
}

impl Told {
    fn of(said: erasure_list::Told, zone: Tz) -> Self {
        let moment = |at: DateTime<Utc>| {
            let (day, time) = local(at, zone);
            format!("{} {}", dates::full(&day), dates::time(&time))
        };
        Self {
            asked: moment(said.erasure.asked_at),
            decided: said.erasure.decided_at.map(moment),
            done: said.erasure.carried_out_at.map(moment),
            said,
        }
    }

    fn icon(&self) -> &'static str {
        match self.said.erasure.state {
            ErasureState::Asked => "clock",
            ErasureState::Approved => "user-check",
            ErasureState::Declined => "x",
            ErasureState::CarriedOut => "check",
        }
    }

    /// What was taken out, in words.
    fn removed(&self) -> Vec<(String, i64)> {
        self.said.erasure.removed().into_iter().map(|(table, rows)| (spoken(&table), rows)).collect()
    }
}

#[derive(Template)]
#[template(path = "keeping/erasures/index.html")]
struct Index {
    shell: Shell,
    erasures: Vec<Told>,
}

#[get("/erasures")]
async fn index(may: May<ReadErasures>) -> Page {
    let zone = may.signed_in().person().time_zone();
    let erasures = may
        .db(|db| {
            let all = erasure_list::Told::listed(db)?;
            db.saw(Kind::Names, all.iter().filter_map(|one| Some(one.student.as_ref()?.id)));
            Ok(all)
        })
        .await?;
    let erasures = erasures.into_iter().map(|one| Told::of(one, zone)).collect();
    show(&Index { shell: Shell::of(may.signed_in(), Area::Retention), erasures })
}

#[derive(Template)]
#[template(path = "keeping/erasures/show.html")]
struct Show {
    shell: Shell,
    one: Told,
    /// Somebody else asked, and this person may decide.
    may_decide: bool,
    asked_oneself: bool,
    why_not: String,
    errors: Errors,
}

async fn page(may: &May<ReadErasures>, id: Uuid, why_not: String, errors: Errors) -> Result<Show, Failure> {
    let told = may
        .db(move |db| {
            let one = erasure_list::Told::of(id, db)?;
            db.saw(Kind::Names, one.student.iter().map(|student| student.id));
            Ok(one)
        })
        .await?;
    let person = may.signed_in().person();
    let waits = told.erasure.state == ErasureState::Asked;
    let asked_oneself = told.erasure.asked_by_id == person.id();
    Ok(Show {
        shell: Shell::of(may.signed_in(), Area::Retention),
        may_decide: waits && !asked_oneself && may.also::<UpdateErasures>().is_some(),
        asked_oneself: waits && asked_oneself && may.also::<CreateErasures>().is_some(),
        one: Told::of(told, person.time_zone()),
        why_not,
        errors,
    })
}

#[get("/erasures/{erasure}")]
async fn show_one(may: May<ReadErasures>, id: Path<Uuid>) -> Page {
    show(&page(&may, *id, String::new(), Errors::default()).await?)
}
