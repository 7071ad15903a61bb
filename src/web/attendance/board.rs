//! The office's day: every register with its state, who is absent, whom to call, and excusing.

mod asked;
mod file;
mod shared;

use std::sync::Arc;

use actix_web::{
    get,
    web::{Data, Query, ServiceConfig},
};
use askama::Template;
use chrono::{Days, NaiveDate};
use school::{
    Uuid,
    academics::campus::Campus,
    attendance::{
        board::{Absence, Board},
        day::Call,
        reachable::Reachable,
    },
    permit::{
        ReadCampusAttendance, ReadGuardians, UpdateAttendanceRecords, UpdateCalendarDays, UpdateClasses,
    },
};

use super::{
    heading::when,
    today::{State, state},
};
use crate::web::{
    extract::May,
    filters,
    live::Shown,
    page::{Area, Shell},
    reply::{Page, show},
};

use asked::Asked;
pub use shared::Boards;
use shared::Seen;

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
    before: Option<NaiveDate>,
    after: Option<NaiveDate>,
    missing: Vec<Call>,
    others: Vec<Call>,
    seen: Arc<Seen>,
    may_call: bool,
    may_excuse: bool,
    may_close: bool,
    may_cover: bool,
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
    let (mut missing, others): (Vec<Call>, Vec<Call>) =
        seen.board.calls.iter().cloned().partition(|call| call.late_by(day).is_some());
    missing.sort_by_key(|call| std::cmp::Reverse(call.late_by(day)));
    tag.on(show(&Index {
        shell: Shell::of(may.signed_in(), Area::Board),
        day,
        campus,
        before: day.checked_sub_days(Days::new(1)),
        after: day.checked_add_days(Days::new(1)).filter(|after| *after <= today),
        missing,
        others,
        seen,
        may_call: may.also::<ReadGuardians>().is_some(),
        may_excuse: may.also::<UpdateAttendanceRecords>().is_some(),
        may_cover: may.also::<UpdateClasses>().is_some() && day == today,
        may_close: may.also::<UpdateCalendarDays>().is_some() && day == today,
    }))
}

impl Index {
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
        self.board().calls.iter().filter(|call| call.is_due() || call.submitted.is_some()).count()
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

    /// Who is missing now first, then who is here against the office's mark.
    fn conflicts(&self) -> Vec<&Absence> {
        let mut conflicts: Vec<_> =
            self.board().absences.iter().filter(|absence| absence.is_conflict()).collect();
        conflicts.sort_by_key(|absence| absence.is_here);
        conflicts
    }

    fn away(&self) -> Vec<&Absence> {
        self.board().absences.iter().filter(|absence| !absence.is_conflict()).collect()
    }

    /// Where somebody was seen who is missing now.
    fn seen_in(&self, absence: &Absence) -> String {
        absence.seen_in.as_deref().map_or_else(|| "at the front desk".into(), when)
    }

    fn whom(&self, absence: &Absence) -> Option<&Reachable> {
        self.seen.people.get(&absence.student)
    }

    /// Word is awaited, and nobody's number is known to whom one might call.
    fn has_nobody_to_call(&self, absence: &Absence) -> bool {
        let numbers = self.whom(absence).map_or(0, |whom| whom.people.len());
        self.may_call && absence.is_awaiting() && numbers == 0
    }

    fn mark(&self, absence: &Absence) -> String {
        format!("/registers/{}/{}/{}/marks/{}", absence.class, self.day, absence.slot, absence.student)
    }

    /// Who is meant, as excusing reads it.
    fn who(&self, absence: &Absence) -> String {
        format!("{}/{}/{}/{}", absence.class, absence.slot, absence.student, absence.version)
    }

    fn standing(&self, absence: &Absence) -> String {
        absence.code.as_ref().map(|code| code.code.clone()).unwrap_or_default()
    }
}
