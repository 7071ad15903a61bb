//! When registers are due at each campus and what makes a day, from a day on.

mod form;
mod new;

use actix_web::{
    get, post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use chrono::NaiveDate;
use school::{
    Uuid,
    academics::campus::Campus,
    attendance::campus_policy::CampusPolicy,
    permit::{ReadCampusAttendance, UpdateAttendancePolicies},
};

use crate::web::{
    dates,
    extract::May,
    filters,
    page::{Area, Shell},
    reply::{Page, see_other, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index).configure(new::routes).service(create_removal);
}

#[derive(Template)]
#[template(path = "attendance/policies/index.html")]
struct Index {
    shell: Shell,
    today: NaiveDate,
    campuses: Vec<(Campus, Vec<CampusPolicy>)>,
    may_update: bool,
}

impl Index {
    /// Of policies that stand newest first: whether this one applies now.
    fn applies(&self, policies: &[CampusPolicy], policy: &CampusPolicy) -> bool {
        let now = policies.iter().find(|one| one.applies_from <= self.today);
        now.is_some_and(|now| now.id == policy.id)
    }
}

#[get("/attendance-policies")]
async fn index(may: May<ReadCampusAttendance>) -> Page {
    show(&Index {
        shell: Shell::of(may.signed_in(), Area::Policies),
        today: may.signed_in().now().1,
        campuses: may.db(CampusPolicy::all).await?,
        may_update: may.also::<UpdateAttendancePolicies>().is_some(),
    })
}

#[post("/attendance-policies/{id}/removal")]
async fn create_removal(may: May<UpdateAttendancePolicies>, id: Path<Uuid>) -> Page {
    may.db(move |db| CampusPolicy::drop(*id, db)).await?;
    see_other("/attendance-policies")
}
