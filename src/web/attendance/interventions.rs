//! What was done about a student's absence: recorded, corrected, withdrawn.

mod edit;
mod form;

use actix_web::{
    get,
    http::StatusCode,
    post,
    web::{Path, Query, ServiceConfig},
};
use askama::Template;
use chrono::Days;
use school::{
    Uuid,
    access::looked::Kind,
    attendance::{
        absence::Absence, absence_sums, intervention::Intervention, intervention_change::NewIntervention,
    },
    db::Db,
    edit::Edit as Edited,
    people::{guardian::Family, student::Student},
    permit::{ReadGuardians, UpdateAttendanceInterventions},
    words::{InterventionKind, InterventionOutcome},
};
use serde::Deserialize;

use form::InterventionForm;

use crate::web::{
    dates,
    extract::May,
    failure::Failure,
    filters,
    form::{Errors, Form, refused},
    page::{Area, Shell},
    reply::{Page, fragment, see_other, show, show_again},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(new).service(create).configure(edit::routes);
}

/// In how many days a look again is proposed.
const A_WEEK: Days = Days::new(7);

#[derive(Template)]
#[template(path = "attendance/interventions/new.html")]
struct New {
    shell: Shell,
    about: About,
    form: InterventionForm,
    errors: Errors,
    overtaken: Option<Overtaken>,
}

/// What a page about one student's absence shows beside its form.
struct About {
    student: Student,
    absence: Absence,
    family: Option<Family>,
    done: Vec<Intervention>,
}

/// Somebody else recorded this meanwhile.
struct Overtaken {
    by: Option<String>,
    now: Intervention,
}

impl About {
    fn of(id: Uuid, db: &mut Db<'_, UpdateAttendanceInterventions>) -> school::Result<Self> {
        let family = match db.also::<ReadGuardians>().map(|mut db| Family::of_student(id, &mut db)) {
            None | Some(Err(school::Error::NotFound)) => None,
            Some(family) => Some(family?),
        };
        db.saw(Kind::FollowUp, [id]);
        Ok(Self {
            student: Intervention::student(id, db)?,
            absence: absence_sums::of_student(id, db)?,
            family,
            done: Intervention::of_student(id, db)?,
        })
    }

    /// The contacts whom one may call, to choose from.
    fn reachable(&self) -> Vec<(Uuid, String)> {
        let family = self.family.iter();
        let guardians = family.flat_map(|family| family.guardians.iter().map(move |one| (family, one)));
        let may = guardians.filter(|(family, one)| !family.withholds(&one.contact.id));
        may.map(|(_, one)| {
            let called =
                format!("{}, {}", one.contact.full_name, one.rights.relationship.label().to_lowercase());
            (one.contact.id, called)
        })
        .collect()
    }

    /// What was recorded last, as a form carries it.
    fn seen(&self) -> String {
        self.done.iter().map(|one| one.id).max().map(|id| id.to_string()).unwrap_or_default()
    }
}

async fn about(may: &May<UpdateAttendanceInterventions>, id: Uuid) -> Result<About, Failure> {
    may.asking::<ReadGuardians>().db(move |db| About::of(id, db)).await
}

fn page(
    may: &May<UpdateAttendanceInterventions>,
    about: About,
    form: InterventionForm,
    errors: Errors,
) -> New {
    New { shell: Shell::of(may.signed_in(), Area::FollowUps), about, form, errors, overtaken: None }
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    back: String,
}

#[get("/students/{id}/interventions/new")]
async fn new(may: May<UpdateAttendanceInterventions>, id: Path<Uuid>, asked: Query<Asked>) -> Page {
    let about = about(&may, *id).await?;
    let today = may.signed_in().now().1;
    let form = InterventionForm {
        seen: about.seen(),
        back: asked.into_inner().back,
        happened_on: dates::written(Some(today)),
        look_again_on: dates::written(today.checked_add_days(A_WEEK)),
        ..InterventionForm::default()
    };
    show(&page(&may, about, form, Errors::default()))
}

#[post("/students/{id}/interventions")]
async fn create(
    may: May<UpdateAttendanceInterventions>,
    id: Path<Uuid>,
    Form(form): Form<InterventionForm>,
) -> Page {
    let id = *id;
    let errors = match form.check() {
        Ok(action) => match record(&may, id, action, &form.seen).await {
            Ok(Edited::Kept) => return see_other(form.leads(id)),
            Ok(Edited::Stale { now, by }) => {
                return conflict(&may, id, form, Overtaken { by, now: *now }).await;
            }
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&page(&may, about(&may, id).await?, form, errors))
}

async fn record(
    may: &May<UpdateAttendanceInterventions>,
    student: Uuid,
    action: NewIntervention,
    seen: &str,
) -> Result<Edited<Intervention>, Failure> {
    let seen = Uuid::parse_str(seen).ok();
    may.db(move |db| action.record(student, seen, db)).await
}

/// Somebody was faster: the form as typed, what they recorded above it, and the next save counts.
async fn conflict(
    may: &May<UpdateAttendanceInterventions>,
    id: Uuid,
    mut form: InterventionForm,
    overtaken: Overtaken,
) -> Page {
    form.seen = overtaken.now.id.to_string();
    let mut again = page(may, about(may, id).await?, form, Errors::default());
    again.overtaken = Some(overtaken);
    fragment(StatusCode::CONFLICT, &again)
}
