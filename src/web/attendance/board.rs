//! The office's day: every register with its state, who is absent, whom to call, and excusing.

mod asked;
mod file;
mod place;
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
    Error, Uuid,
    academics::campus::Campus,
    attendance::{board::Board, day::Call, policy::SchoolDay},
    permit::{
        ReadCampusAttendance, ReadGuardians, UpdateAttendanceRecords, UpdateCalendarDays, UpdateClasses,
    },
};

use super::today::{State, state};
use crate::web::{
    extract::May,
    filters,
    form::Errors,
    live::Shown,
    page::{Area, Shell},
    reply::{Page, fragment, show},
};

use asked::Asked;
pub use shared::Boards;
use shared::Seen;
pub(super) use shared::View;

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index).configure(file::routes);
}

#[derive(Template)]
#[template(path = "attendance/board/index.html")]
struct Index {
    shell: Shell,
    day: NaiveDate,
    campus: Option<Uuid>,
    /// The campus where whoever looks works.
    home: Option<Uuid>,
    before: Option<NaiveDate>,
    after: Option<NaiveDate>,
    missing: Vec<Call>,
    others: Vec<Call>,
    seen: Arc<Seen>,
    may_call: bool,
    may_excuse: bool,
    may_close: bool,
    may_cover: bool,
    has_no_campus: bool,
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
    let (day, campus) = asked.view(today);
    let may_call = may.asking::<ReadGuardians>();
    let (tag, found) =
        shown.unless_known(&may_call, move |seen, db| boards.of((day, campus), seen, db)).await?;
    let Some(seen) = found else { return tag.nothing_new() };
    let mut page = Index::of(&may, (day, campus), seen);
    page.has_no_campus = page.board().calls.is_empty() && may.db(Campus::all).await?.is_empty();
    tag.on(show(&page))
}

/// The board as it is now, with what was typed and what is wrong with it.
pub(super) async fn again(
    may: &May<ReadCampusAttendance>,
    boards: Data<Boards>,
    view: View,
    (typed, errors, status): (Typed, Errors, StatusCode),
) -> Page {
    let (_, seen) = may.asking::<ReadGuardians>().db(move |db| boards.of(view, None, db)).await?;
    let seen = seen.ok_or_else(|| Error::internal("a board that nobody has was not read"))?;
    fragment(status, &Index { typed, errors, ..Index::of(may, view, seen) })
}

impl Index {
    fn of(may: &May<ReadCampusAttendance>, (day, campus): View, seen: Arc<Seen>) -> Self {
        let (_, today, _) = may.signed_in().now();
        let (mut missing, mut others): (Vec<Call>, Vec<Call>) =
            seen.board.calls.iter().cloned().partition(|call| call.late_by(day).is_some());
        missing.sort_by_key(|call| std::cmp::Reverse(call.late_by(day)));
        others.sort_by_key(|call| call.unmarked == 0);
        Self {
            shell: Shell::of(may.signed_in(), Area::Board),
            day,
            campus,
            home: may.signed_in().person().campus(),
            before: day.checked_sub_days(Days::new(1)),
            after: day.checked_add_days(Days::new(1)).filter(|after| *after <= today),
            missing,
            others,
            seen,
            may_call: may.also::<ReadGuardians>().is_some(),
            may_excuse: may.also::<UpdateAttendanceRecords>().is_some(),
            may_cover: may.also::<UpdateClasses>().is_some() && day == today,
            may_close: may.also::<UpdateCalendarDays>().is_some() && day == today,
            has_no_campus: false,
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
        self.board().calls.iter().filter(|call| call.is_due() || call.is_in()).count()
    }

    /// What follows the board's address to show another day of the same campus.
    fn on(&self, day: &NaiveDate) -> String {
        let campus = self.campus.map(|campus| format!("&campus={campus}")).unwrap_or_default();
        format!("?day={day}{campus}")
    }

    fn is_at(&self, campus: &Campus) -> bool {
        self.campus == Some(campus.id)
    }

    fn has_school(&self) -> bool {
        self.board().calls.iter().any(|call| !call.is_off())
    }

    /// Why there is no school, where there is none.
    fn off(&self) -> Option<&str> {
        self.board().calls.iter().filter(|_| !self.has_school()).find_map(|call| match &call.school_day {
            SchoolDay::No(why) => Some(why.as_str()),
            SchoolDay::Yes | SchoolDay::Half(_) => None,
        })
    }

    fn is_today(&self) -> bool {
        self.after.is_none()
    }

    fn submitted(&self) -> usize {
        self.registers_in().count()
    }

    fn registers_in(&self) -> impl Iterator<Item = &Call> {
        self.board().calls.iter().filter(|call| call.is_in())
    }

    /// Of the children of whom the registers that are in say something: how many, here, late.
    fn counted(&self) -> (usize, usize, usize) {
        let sum = |number: fn(&Call) -> usize| self.registers_in().map(number).sum::<usize>();
        (sum(Call::counted), sum(Call::here), sum(|call| call.late))
    }

    /// Of how many they say nothing yet.
    fn unmarked(&self) -> usize {
        self.registers_in().map(|call| call.unmarked).sum()
    }

    fn awaiting(&self) -> usize {
        self.board().absences.iter().filter(|absence| absence.is_awaiting()).count()
    }
}
