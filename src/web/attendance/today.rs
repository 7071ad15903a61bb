//! A teacher's day: each of their registers with its state, and the way into it.

use actix_web::{
    get,
    web::{Query, ServiceConfig},
};
use askama::Template;
use chrono::{NaiveDate, NaiveTime};
use school::{
    attendance::{
        cover::{self, Cover},
        day::{self, Call},
        policy::SchoolDay,
        roll_call::RollCall,
        staff_arrival::Arrival,
    },
    db::Db,
    permit::{CreateAttendanceSessions, ReadAttendanceSessions, UpdateRollCalls},
    slice::Listing,
};
use serde::Deserialize;

use super::{arrivals, heading};
use crate::web::{
    dates,
    extract::May,
    filters,
    form::Errors,
    page::{Area, Shell},
    reply::{Page, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index);
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    day: String,
}

#[derive(Template)]
#[template(path = "attendance/today.html")]
struct Today {
    shell: Shell,
    day: NaiveDate,
    time: NaiveTime,
    before: Option<NaiveDate>,
    after: Option<NaiveDate>,
    /// Fire rolls and lists that are being called now.
    lists: Vec<RollCall>,
    calls: Vec<Call>,
    /// What one covers oneself.
    covers: Vec<Cover>,
    /// How one's own day stands, where the campus asks its staff.
    arrival: Option<Arrival>,
    arrival_note: String,
    arrival_errors: Errors,
}

#[get("/today")]
async fn index(may: May<CreateAttendanceSessions>, asked: Query<Asked>) -> Page {
    let (_, today, time) = may.signed_in().now();
    let day = dates::read_day(&asked.day).unwrap_or(today).min(today);
    let (calls, covers) = may.narrow::<ReadAttendanceSessions>()?.db(move |db| own(day, db)).await?;
    let lists = match may.also::<UpdateRollCalls>().filter(|_| day == today) {
        Some(may) => may.db(|db| RollCall::all(&Listing::default(), db)).await?.rows,
        None => Vec::new(),
    };
    let arrival = if day == today { arrivals::own(&may).await? } else { None };
    show(&Today {
        shell: Shell::of(may.signed_in(), Area::Today),
        day,
        time,
        before: day.pred_opt(),
        after: day.succ_opt().filter(|after| *after <= today),
        lists: lists.into_iter().filter(|list| list.day == today && list.closed.is_none()).collect(),
        calls,
        covers,
        arrival,
        arrival_note: String::new(),
        arrival_errors: Errors::default(),
    })
}

/// One's registers, and what of them one covers for somebody else.
fn own(day: NaiveDate, db: &mut Db<'_, ReadAttendanceSessions>) -> school::Result<(Vec<Call>, Vec<Cover>)> {
    let mut calls = day::mine(day, db)?;
    calls.sort_by_key(|call| call.policy.late_after);
    let stands_in = calls.iter().any(|call| call.substitutes.iter().any(|one| Some(one.staff) == db.staff()));
    let covers = if stands_in { cover::mine(day, db)? } else { Vec::new() };
    Ok((calls, covers))
}

/// A register's state: how it sounds, its picture, its words.
pub(super) struct State {
    pub(super) tone: &'static str,
    pub(super) icon: &'static str,
    pub(super) words: String,
}

/// What to say of a register on its day.
pub(super) fn state(call: &Call, day: &NaiveDate) -> State {
    let say = |tone, icon, words: String| State { tone, icon, words };
    if let SchoolDay::No(why) = &call.school_day {
        return say("", "calendar-off", why.clone());
    }
    if let Some((at, _)) = &call.submitted {
        return say("is-ok", "check", format!("Submitted {}", at.format("%H:%M")));
    }
    if call.kept_at().is_some() {
        return say("", "report", "Kept elsewhere".into());
    }
    if !call.is_due() {
        return say("", "users", "Nobody on the roll".into());
    }
    let begun = if call.is_open { "Open" } else { "Not taken" };
    let icon = if call.is_open { "pencil" } else { "circle-dashed" };
    let left = (call.policy.due_time - call.now.1).num_minutes();
    match call.late_by(*day) {
        Some(late) if *day < call.now.0 || late >= 24 * 60 => {
            say("is-bad", icon, format!("{begun}, missing"))
        }
        Some(late) => say("is-bad", icon, format!("{begun}, {} late", span(late))),
        None if *day == call.now.0 && left <= 60 => {
            say("is-late", "clock", format!("{begun}, due in {} min", left.max(0)))
        }
        None => say("", "clock", format!("Due {}", call.policy.due_time.format("%H:%M"))),
    }
}

/// Minutes as people say them: 27 min, 5 h 37 min.
pub(super) fn span(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

impl Today {
    fn state(&self, call: &Call) -> State {
        state(call, &self.day)
    }

    /// Whether its register is to be taken about now: it begins within the quarter of an hour, or has begun.
    fn is_now(&self, call: &Call) -> bool {
        let ahead = call.policy.late_after - call.now.1;
        let begins = self.day < call.now.0 || ahead.num_minutes() <= 15;
        begins && call.is_due() && call.submitted.is_none()
    }

    /// How one stands in a class that is not one's own.
    fn cover(&self, call: &Call) -> Option<&Cover> {
        self.covers.iter().find(|cover| cover.class == call.class)
    }

    /// Which of the day's registers it is, where the time beside it does not say so.
    fn slot(&self, call: &Call) -> Option<String> {
        heading::named(&call.slot).filter(|_| matches!(&*call.slot, "am" | "pm"))
    }

    /// How many registers the day has.
    fn due(&self) -> String {
        match self.calls.iter().filter(|call| call.is_due() || call.is_in()).count() {
            0 if self.calls.iter().any(|call| !call.is_off()) || self.calls.is_empty() => {
                "No register".to_owned()
            }
            0 => "No school".to_owned(),
            1 => "1 register".to_owned(),
            due => format!("{due} registers"),
        }
    }
}
