//! Absences ahead: a child's call or note, a trip's list, and taking them back.

use actix_web::{
    get, post,
    web::{Path, Query, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    access::looked::Kind,
    attendance::{
        code::Code,
        planned::{MOST, NewPlan, Plan},
        seat,
        taken_word::Staying,
    },
    permit::{ReadAttendanceSessions, UpdateAttendanceRecords},
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
    app.service(index).service(new).service(create).service(create_removal);
}

#[derive(Template)]
#[template(path = "attendance/planned/index.html")]
struct Index {
    shell: Shell,
    plans: Vec<Plan>,
    /// Marks that stay though what they say was taken back.
    staying: Vec<Staying>,
}

#[derive(Deserialize)]
struct Done {
    taken_back: Option<Uuid>,
}

impl Index {
    /// Those who stand on one list, together.
    fn lists(&self) -> Vec<&[Plan]> {
        self.plans.chunk_by(|one, next| one.list.is_some() && one.list == next.list).collect()
    }
}

#[get("/planned-absences")]
async fn index(may: May<UpdateAttendanceRecords>, done: Query<Done>) -> Page {
    let (plans, staying) = may
        .db(move |db| {
            let plans = Plan::to_come(db)?;
            let staying = done.taken_back.map(|id| Staying::of(id, db)).transpose()?.unwrap_or_default();
            let spoken_of = staying.iter().map(|mark| mark.student);
            db.saw(Kind::Attendance, plans.iter().map(|plan| plan.student).chain(spoken_of));
            Ok((plans, staying))
        })
        .await?;
    show(&Index { shell: Shell::of(may.signed_in(), Area::Ahead), plans, staying })
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    who: String,
    class: Option<Uuid>,
}

/// The fields; every one is text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct PlanForm {
    who: String,
    code: String,
    starts_on: String,
    ends_on: String,
    starts_at: String,
    ends_at: String,
    reason: String,
    told_by: String,
}

#[derive(Template)]
#[template(path = "attendance/planned/new.html")]
struct New {
    shell: Shell,
    codes: Vec<Code>,
    form: PlanForm,
    errors: Errors,
}

async fn page(may: &May<UpdateAttendanceRecords>, form: PlanForm, errors: Errors) -> Result<New, Failure> {
    let mut codes = may.narrow::<ReadAttendanceSessions>()?.db(Code::all).await?;
    codes.retain(|code| code.is_in_use() && code.set_by_office);
    Ok(New { shell: Shell::of(may.signed_in(), Area::Ahead), codes, form, errors })
}

#[get("/planned-absences/new")]
async fn new(may: May<UpdateAttendanceRecords>, asked: Query<Asked>) -> Page {
    let Asked { who, class } = asked.into_inner();
    let who = match class {
        Some(class) => may.db(move |db| seat::numbers_of_class(class, db)).await?.join("\n"),
        None => who,
    };
    let today = dates::written(Some(may.signed_in().now().1));
    let form = PlanForm { who, starts_on: today.clone(), ends_on: today, ..PlanForm::default() };
    show(&page(&may, form, Errors::default()).await?)
}

#[post("/planned-absences")]
async fn create(may: May<UpdateAttendanceRecords>, Form(form): Form<PlanForm>) -> Page {
    let errors = match form.check() {
        Ok(plan) => match may.db(move |db| plan.note(db)).await {
            Ok(_) => return see_other("/planned-absences"),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&page(&may, form, errors).await?)
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Removal {
    list: String,
}

#[post("/planned-absences/{planned}/removal")]
async fn create_removal(
    may: May<UpdateAttendanceRecords>,
    id: Path<Uuid>,
    Form(removal): Form<Removal>,
) -> Page {
    let id = *id;
    may.db(move |db| Plan::take_back(id, removal.list == "yes", db)).await?;
    see_other(format!("/planned-absences?taken_back={id}"))
}

impl PlanForm {
    /// What the form says, or what is wrong with it.
    fn check(&self) -> Result<NewPlan, Errors> {
        let mut errors = Errors::default();
        let e = &mut errors;
        let lines = self.who.lines().map(str::trim).filter(|line| !line.is_empty());
        let who: Vec<String> = lines.map(|line| line.chars().take(100).collect()).collect();
        if who.is_empty() || who.len() > MOST {
            e.add("who", format!("Write between one and {MOST} lines, a name or number each."));
        }
        let plan = NewPlan {
            who,
            starts_on: e.needed_day("starts_on", &self.starts_on),
            ends_on: e.needed_day("ends_on", &self.ends_on),
            starts_at: e.time("starts_at", &self.starts_at),
            ends_at: e.time("ends_at", &self.ends_at),
            code: e.needed_choice("code", &self.code),
            reason: e.needed("reason", &self.reason, 200),
            told_by: e.line("told_by", &self.told_by, 200),
        };
        errors.or(plan)
    }
}
