//! Letters about absence: chosen, previewed, written, printed.

use actix_web::{
    get,
    http::StatusCode,
    post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use chrono::Days;
use school::{
    Uuid,
    access::looked::Kind,
    attendance::{
        intervention::Intervention,
        letter::Letter,
        letter_round::{MOST, Round},
        letter_template::LetterTemplate,
    },
    edit::Edit,
    permit::{CreateLetters, UpdateLetterTemplates},
};

use crate::web::{
    dates,
    extract::May,
    failure::Failure,
    filters,
    form::{Errors, Fields, refused},
    list::Asked,
    page::{Area, Shell},
    reply::{Page, fragment, see_other, show, show_again},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(new).service(create).service(show_one);
}

/// In how many days a look again is proposed, once a letter is on its way.
const TWO_WEEKS: Days = Days::new(14);

#[derive(Template)]
#[template(path = "attendance/letters/new.html")]
struct New {
    shell: Shell,
    students: Vec<Uuid>,
    templates: Vec<LetterTemplate>,
    template: Option<Uuid>,
    round: Option<Round>,
    look_again_on: String,
    seen: String,
    errors: Errors,
    overtaken: Option<(Option<String>, Intervention)>,
    may_change_templates: bool,
}

impl New {
    fn is_chosen(&self, one: &LetterTemplate) -> bool {
        self.template == Some(one.id)
    }

    /// How many letters there are to write.
    fn letters(&self) -> usize {
        self.round.iter().flat_map(|round| &round.drafts).map(|draft| draft.letters.len()).sum()
    }
}

/// What was chosen before anything is written.
struct Chosen {
    students: Vec<Uuid>,
    template: Option<Uuid>,
}

impl Chosen {
    fn read(students: &str, template: &str) -> Self {
        let mut students: Vec<Uuid> =
            students.lines().filter_map(|line| Uuid::parse_str(line).ok()).collect();
        students.sort_unstable();
        students.dedup();
        Self { students, template: Uuid::parse_str(template).ok() }
    }
}

async fn page(may: &May<CreateLetters>, chosen: Chosen) -> Result<New, Failure> {
    let Chosen { students, template } = chosen;
    let about = students.clone();
    let (templates, round) = may
        .db(move |db| {
            let mut templates = LetterTemplate::all(db)?;
            templates.retain(LetterTemplate::is_in_use);
            let round = match template.or_else(|| templates.first().map(|one| one.id)) {
                Some(template) if !about.is_empty() && about.len() <= MOST => {
                    let round = Round::compose(&about, template, db)?;
                    db.saw(Kind::FollowUp, round.drafts.iter().map(|draft| draft.student));
                    Some((template, round))
                }
                _ => None,
            };
            Ok((templates, round))
        })
        .await?;
    let (template, round) = round.unzip();
    let today = may.signed_in().now().1;
    Ok(New {
        shell: Shell::of(may.signed_in(), Area::FollowUps),
        seen: written(round.as_ref().and_then(|round| round.seen)),
        students,
        templates,
        template,
        round,
        look_again_on: dates::written(today.checked_add_days(TWO_WEEKS)),
        errors: Errors::default(),
        overtaken: None,
        may_change_templates: may.also::<UpdateLetterTemplates>().is_some(),
    })
}

fn written(seen: Option<Uuid>) -> String {
    seen.map(|id| id.to_string()).unwrap_or_default()
}

#[get("/letters/new")]
async fn new(may: May<CreateLetters>, asked: Asked) -> Page {
    let asked = |name| asked.listing.filter(name).unwrap_or_default();
    show(&page(&may, Chosen::read(asked("student[]"), asked("template"))).await?)
}

#[post("/letters")]
async fn create(may: May<CreateLetters>, fields: Fields) -> Page {
    let chosen = Chosen::read(fields.get("student[]"), fields.get("template"));
    let mut errors = Errors::default();
    let template = errors.needed_choice("template", fields.get("template"));
    if chosen.students.is_empty() || chosen.students.len() > MOST {
        errors.add("student", format!("Choose between one and {MOST} students."));
    }
    let look_again_on = errors.needed_day("look_again_on", fields.get("look_again_on"));
    let seen = Uuid::parse_str(fields.get("seen")).ok();
    let mut overtaken = None;
    if errors.is_empty() {
        let students = chosen.students.clone();
        let wrote = may.db(move |db| Round::write((&students, template), look_again_on, seen, db)).await;
        match wrote {
            Ok((first, Edit::Kept)) => return see_other(format!("/letters/{first}")),
            Ok((_, Edit::Stale { now, by })) => overtaken = Some((by, *now)),
            Err(error) => errors = refused(error)?,
        }
    }
    let mut again = page(&may, chosen).await?;
    again.look_again_on = fields.get("look_again_on").to_owned();
    again.errors = errors;
    again.overtaken = overtaken;
    match again.overtaken {
        Some(_) => fragment(StatusCode::CONFLICT, &again),
        None => show_again(&again),
    }
}

#[derive(Template)]
#[template(path = "attendance/letters/show.html")]
struct Show {
    shell: Shell,
    letters: Vec<Letter>,
    left_out: usize,
}

#[get("/letters/{letter}")]
async fn show_one(may: May<CreateLetters>, id: Path<Uuid>) -> Page {
    let (letters, left_out) = may
        .db(move |db| {
            let (letters, left_out) = Letter::with_its_round(*id, db)?;
            db.saw(Kind::FollowUp, letters.iter().map(|letter| letter.student));
            Ok((letters, left_out))
        })
        .await?;
    show(&Show { shell: Shell::of(may.signed_in(), Area::FollowUps), letters, left_out })
}
