//! One list at one of its headcounts: the missing first.

use actix_web::{
    get,
    web::{Path, Query, ServiceConfig},
};
use askama::Template;
use school::{
    Error, Uuid,
    access::looked::Kind,
    attendance::{
        headcount::Headcount,
        roll_call::RollCall,
        roll_call_line::{Line, MOST},
    },
    permit::UpdateRollCalls,
};
use serde::Deserialize;

use crate::web::{
    extract::May,
    failure::Failure,
    filters,
    form::Errors,
    page::{Area, Shell},
    reply::{Page, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(show_one);
}

/// A line with all that its piece of the page needs.
pub(super) struct Row {
    pub(super) line: Line,
    pub(super) place: String,
    pub(super) said: String,
    pub(super) is_open: bool,
}

impl Row {
    pub(super) fn of(line: Line, list: &RollCall, headcount: Uuid) -> Self {
        let said = line.tick.as_ref().filter(|tick| tick.is_there);
        let said = said.map(|tick| format!("{} · {} {}", list.clock(&tick.at), tick.by.0, tick.by.1));
        Self {
            line,
            place: place(list.id, headcount),
            said: said.unwrap_or_default(),
            is_open: list.closed.is_none(),
        }
    }

    pub(super) fn version(&self) -> i32 {
        self.line.tick.as_ref().map_or(0, |tick| tick.version)
    }

    pub(super) fn name(&self) -> String {
        let pupil = &self.line.pupil;
        format!("{} {}", pupil.preferred_name.as_ref().unwrap_or(&pupil.first_name), pupil.last_name)
    }
}

/// Where a headcount is found; its ticks are kept under the same name in a browser.
fn place(list: Uuid, headcount: Uuid) -> String {
    format!("roll-calls/{list}/headcounts/{headcount}")
}

#[derive(Template)]
#[template(path = "attendance/roll_calls/show.html")]
pub(super) struct Show {
    shell: Shell,
    list: RollCall,
    headcounts: Vec<Headcount>,
    current: Headcount,
    place: String,
    expected: Vec<Row>,
    others: Vec<Row>,
    note: String,
    moment: String,
    errors: Errors,
}

impl Show {
    /// Whether there are more than are shown.
    fn is_cut(&self) -> bool {
        i64::try_from(self.expected.len() + self.others.len()).is_ok_and(|shown| shown >= MOST)
    }

    /// Those who should be there and were not seen.
    fn missing(&self) -> usize {
        self.expected.iter().filter(|row| row.line.is_missing()).count()
    }

    /// Everybody who was seen.
    fn there(&self) -> usize {
        self.expected.iter().chain(&self.others).filter(|row| row.line.is_there()).count()
    }

    /// Each class with how many of it are there and expected.
    fn classes(&self) -> Vec<(&str, usize, usize)> {
        let mut all: Vec<(&str, usize, usize)> = Vec::new();
        for row in &self.expected {
            let name = row.line.class_name.as_deref().unwrap_or("No class");
            let there = usize::from(row.line.is_there());
            match all.iter_mut().find(|one| one.0 == name) {
                Some(one) => *one = (name, one.1 + there, one.2 + 1),
                None => all.push((name, there, 1)),
            }
        }
        all.sort_unstable();
        all
    }

    /// Shows again what was said at closing.
    pub(super) fn closing(&mut self, note: &str, reason: impl Into<String>) {
        note.clone_into(&mut self.note);
        self.errors.add("note", reason);
    }

    /// Shows again what another headcount was called.
    pub(super) fn beginning(&mut self, name: &str, errors: Errors) {
        name.clone_into(&mut self.moment);
        self.errors = errors;
    }
}

/// The list at a headcount; without one, at the last.
pub(super) async fn page(
    may: &May<UpdateRollCalls>,
    id: Uuid,
    headcount: Option<Uuid>,
) -> Result<Show, Failure> {
    let (list, headcounts, current, lines) = may
        .db(move |db| {
            let list = RollCall::of(id, db)?;
            let headcounts = Headcount::all(&list, db)?;
            let chosen = headcounts.iter().find(|one| Some(one.id) == headcount);
            let current = chosen.or(headcounts.last()).cloned().ok_or(Error::NotFound)?;
            let lines = Line::all(&list, current.id, db)?;
            db.saw(Kind::Attendance, lines.iter().map(|line| line.pupil.id));
            Ok((list, headcounts, current, lines))
        })
        .await?;
    let rows = lines.into_iter().map(|line| Row::of(line, &list, current.id));
    let (expected, others) = rows.partition(|row| row.line.is_expected());
    Ok(Show {
        shell: Shell::of(may.signed_in(), Area::RollCalls),
        place: place(id, current.id),
        list,
        headcounts,
        current,
        expected,
        others,
        note: String::new(),
        moment: String::new(),
        errors: Errors::default(),
    })
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    headcount: String,
}

#[get("/roll-calls/{id}")]
async fn show_one(may: May<UpdateRollCalls>, id: Path<Uuid>, asked: Query<Asked>) -> Page {
    show(&page(&may, *id, Uuid::parse_str(&asked.headcount).ok()).await?)
}
