//! Closing school on a day: what it would do, doing it, and undoing it.

use actix_web::{
    get, post,
    web::{Path, Query, ServiceConfig},
};
use askama::Template;
use chrono::NaiveDate;
use school::{
    Uuid,
    academics::{
        closing::{self, Prospect},
        closure::Closing,
        reopening,
    },
    permit::UpdateCalendarDays,
};
use serde::Deserialize;

use crate::web::{
    dates,
    extract::May,
    failure::Failure,
    filters,
    form::{Errors, Form, refused},
    page::{Area, Shell},
    reply::{Page, see_other, show, show_again},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(new).service(create).service(undo);
}

/// The fields; every one is text, and a tick a line.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct ClosureForm {
    day: String,
    #[serde(rename = "campus[]")]
    campus: String,
    /// `day` for a whole one, `hours` from an hour on.
    extent: String,
    closes_at: String,
    reason: String,
}

impl ClosureForm {
    fn check(&self) -> Result<Closing, Errors> {
        let mut errors = Errors::default();
        let e = &mut errors;
        let day = e.needed_day("day", &self.day);
        let campuses = e.needed_choices("campus", &self.campus);
        let closes_at = match self.extent.as_str() {
            "day" => None,
            "hours" => {
                let at = e.time("closes_at", &self.closes_at);
                e.required("closes_at", at, "Write the hour from which there is no school, such as 12:00.")
            }
            _ => e.required("extent", None, "Choose whether school closes all day or from an hour on."),
        };
        let reason = e.line("reason", &self.reason, 200);
        errors.or(Closing { day, campuses, closes_at, reason })
    }
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    day: String,
}

#[derive(Template)]
#[template(path = "academics/closures/new.html")]
struct New {
    shell: Shell,
    today: NaiveDate,
    day: NaiveDate,
    prospects: Vec<Prospect>,
    form: ClosureForm,
    errors: Errors,
}

async fn page(may: &May<UpdateCalendarDays>, day: NaiveDate, form: ClosureForm) -> Result<New, Failure> {
    Ok(New {
        shell: Shell::of(may.signed_in(), Area::Calendar),
        today: may.signed_in().now().1,
        day,
        prospects: may.db(move |db| closing::prospects(day, db)).await?,
        form,
        errors: Errors::default(),
    })
}

/// Every campus that has school that day is ticked, for the whole of it: one more click closes it.
#[get("/closures/new")]
async fn new(may: May<UpdateCalendarDays>, asked: Query<Asked>) -> Page {
    let day = dates::read_day(&asked.day).unwrap_or(may.signed_in().now().1);
    let mut page = page(&may, day, ClosureForm { extent: "day".into(), ..ClosureForm::default() }).await?;
    let open = page.prospects.iter().filter(|one| one.off.is_none());
    page.form.campus = open.map(|one| one.campus.id.to_string()).collect::<Vec<_>>().join("\n");
    show(&page)
}

#[post("/closures")]
async fn create(may: May<UpdateCalendarDays>, Form(form): Form<ClosureForm>) -> Page {
    let day = dates::read_day(&form.day).unwrap_or(may.signed_in().now().1);
    let errors = match form.check() {
        Ok(closing) => {
            let first = closing.campuses.first().map(ToString::to_string).unwrap_or_default();
            match may.db(move |db| closing.declare(db)).await {
                Ok(_) => return see_other(format!("/calendar?campus={first}")),
                Err(error) => refused(error)?,
            }
        }
        Err(errors) => errors,
    };
    show_again(&New { errors, ..page(&may, day, form).await? })
}

#[post("/closures/{closure}/undoing")]
async fn undo(may: May<UpdateCalendarDays>, id: Path<Uuid>) -> Page {
    let campus = may.db(move |db| reopening::undo(*id, db)).await?;
    see_other(format!("/calendar?campus={campus}"))
}

impl New {
    /// Whether any campus has school that could close.
    fn can_close(&self) -> bool {
        self.prospects.iter().any(|one| one.off.is_none())
    }

    fn submitted(&self) -> i64 {
        self.prospects.iter().filter(|one| one.off.is_none()).map(|one| one.submitted).sum()
    }

    fn registers(&self, one: &Prospect) -> String {
        registers(one)
    }

    fn is_ticked(&self, one: &Prospect) -> bool {
        one.off.is_none() && self.form.campus.contains(&one.campus.id.to_string())
    }
}

/// What becomes of a campus's registers, in words.
fn registers(one: &Prospect) -> String {
    let counted = |many: i64, what: &str| match many {
        1 => format!("1 register {what}"),
        many => format!("{many} registers {what}"),
    };
    match (one.submitted, one.begun) {
        (0, 0) => "No register begun".into(),
        (0, begun) => counted(begun, "begun"),
        (submitted, 0) => counted(submitted, "submitted"),
        (submitted, begun) => format!("{}, {begun} begun", counted(submitted, "submitted")),
    }
}
