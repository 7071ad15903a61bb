//! The office's day: every register with its state, who is absent, whom to call, and excusing.

mod file;
mod rows;
mod shared;

use std::sync::Arc;

use actix_web::{
    get,
    http::StatusCode,
    web::{Data, Query, ServiceConfig},
};
use askama::Template;
use chrono::{Days, NaiveDate};
use school::{
    attendance::{board::Board, day::Call},
    permit::{
        ReadCampusAttendance, ReadGuardians, UpdateAttendanceRecords, UpdateCalendarDays, UpdateClasses,
    },
};
use serde::Deserialize;

use super::today::{State, state};
use crate::web::{
    dates,
    extract::May,
    filters,
    form::Errors,
    live::Shown,
    page::{Area, Shell},
    reply::{Page, fragment, show},
};

pub use shared::Boards;
use shared::Seen;

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index).configure(file::routes);
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    day: String,
}

#[derive(Template)]
#[template(path = "attendance/board/index.html")]
struct Index {
    shell: Shell,
    day: NaiveDate,
    before: Option<NaiveDate>,
    after: Option<NaiveDate>,
    missing: Vec<Call>,
    others: Vec<Call>,
    seen: Arc<Seen>,
    may_call: bool,
    may_excuse: bool,
    may_close: bool,
    may_cover: bool,
    typed: Typed,
    errors: Errors,
}

/// What somebody typed and ticked who wanted to excuse.
#[derive(Clone, Default)]
pub(super) struct Typed {
    pub(super) code: String,
    pub(super) note: String,
    /// Class, slot and student of each.
    pub(super) chosen: Vec<String>,
}

#[get("/board")]
async fn index(
    may: May<ReadCampusAttendance>,
    boards: Data<Boards>,
    asked: Query<Asked>,
    shown: Shown,
) -> Page {
    let (_, today, _) = may.signed_in().now();
    let day = dates::read_day(&asked.day).unwrap_or(today).min(today);
    let (tag, found) =
        shown.unless_same(&may.asking::<ReadGuardians>(), move |db| boards.of(day, db)).await?;
    let Some(seen) = found else { return tag.nothing_new() };
    tag.on(show(&Index::of(&may, day, seen)))
}

/// The board as it is now, with what was typed and what is wrong with it.
pub(super) async fn again(
    may: &May<ReadCampusAttendance>,
    boards: Data<Boards>,
    day: NaiveDate,
    (typed, errors, status): (Typed, Errors, StatusCode),
) -> Page {
    let seen = may.asking::<ReadGuardians>().db(move |db| boards.of(day, db)).await?;
    fragment(status, &Index { typed, errors, ..Index::of(may, day, seen) })
}

impl Index {
    fn of(may: &May<ReadCampusAttendance>, day: NaiveDate, seen: Arc<Seen>) -> Self {
        let (_, today, _) = may.signed_in().now();
        let (mut missing, others): (Vec<Call>, Vec<Call>) =
            seen.board.calls.iter().cloned().partition(|call| call.late_by(day).is_some());
        missing.sort_by_key(|call| std::cmp::Reverse(call.late_by(day)));
        Self {
            shell: Shell::of(may.signed_in(), Area::Board),
            day,
            before: day.checked_sub_days(Days::new(1)),
            after: day.checked_add_days(Days::new(1)).filter(|after| *after <= today),
            missing,
            others,
            seen,
            may_call: may.also::<ReadGuardians>().is_some(),
            may_excuse: may.also::<UpdateAttendanceRecords>().is_some(),
            may_cover: may.also::<UpdateClasses>().is_some() && day == today,
            may_close: may.also::<UpdateCalendarDays>().is_some() && day == today,
            typed: Typed::default(),
            errors: Errors::default(),
        }
    }

    fn board(&self) -> &Board {
        &self.seen.board
    }

    fn state(&self, call: &Call) -> State {
        state(call, &self.day)
    }

    /// Whether a class may be given to somebody from here.
    fn wants_cover(&self, call: &Call) -> bool {
        self.may_cover && call.submitted.is_none() && !call.is_off()
    }

    fn due(&self) -> usize {
        self.board().calls.iter().filter(|call| !call.is_off()).count()
    }

    fn submitted(&self) -> usize {
        self.board().calls.iter().filter(|call| call.submitted.is_some()).count()
    }

    /// On the rolls of the registers that are in: enrolled, here, late.
    fn counted(&self) -> (usize, usize, usize) {
        let submitted = || self.board().calls.iter().filter(|call| call.submitted.is_some());
        (
            submitted().map(|call| call.enrolled).sum(),
            submitted().map(Call::here).sum(),
            submitted().map(|call| call.late).sum(),
        )
    }

    fn awaiting(&self) -> usize {
        self.board().absences.iter().filter(|absence| absence.is_awaiting()).count()
    }
}
