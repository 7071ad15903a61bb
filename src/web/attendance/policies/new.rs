//! A campus's next policy.

use actix_web::{
    get, post,
    web::{Query, ServiceConfig},
};
use askama::Template;
use school::{
    academics::campus::Campus, attendance::campus_policy::CampusPolicy, permit::UpdateAttendancePolicies,
    words::AttendanceBasis,
};
use serde::Deserialize;

use super::form::PolicyForm;
use crate::web::{
    extract::May,
    failure::Failure,
    filters,
    form::{Errors, Form, refused},
    page::{Area, Shell},
    reply::{Page, see_other, show, show_again},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(new).service(create);
}

#[derive(Template)]
#[template(path = "attendance/policies/new.html")]
struct New {
    shell: Shell,
    campuses: Vec<Campus>,
    form: PolicyForm,
    errors: Errors,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    campus: String,
}

async fn page(may: &May<UpdateAttendancePolicies>, form: PolicyForm, errors: Errors) -> Result<New, Failure> {
    let campuses = may.db(Campus::within_reach).await?;
    Ok(New { shell: Shell::of(may.signed_in(), Area::Policies), campuses, form, errors })
}

#[get("/attendance-policies/new")]
async fn new(may: May<UpdateAttendancePolicies>, asked: Query<Asked>) -> Page {
    let all = may.db(CampusPolicy::all).await?;
    let chosen = all.iter().find(|(campus, _)| campus.id.to_string() == asked.campus || all.len() == 1);
    let form = match chosen {
        Some((_, policies)) if let Some(newest) = policies.first() => PolicyForm::of(newest),
        Some((campus, _)) => PolicyForm { campus_id: campus.id.to_string(), ..PolicyForm::usual() },
        None => PolicyForm::usual(),
    };
    show(&page(&may, form, Errors::default()).await?)
}

#[post("/attendance-policies")]
async fn create(may: May<UpdateAttendancePolicies>, Form(form): Form<PolicyForm>) -> Page {
    let errors = match form.check(may.signed_in().person().name()) {
        Ok(policy) => match may.db(move |db| CampusPolicy::set(&policy, db)).await {
            Ok(()) => return see_other("/attendance-policies"),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&page(&may, form, errors).await?)
}
