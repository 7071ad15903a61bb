//! Who of the staff is here: the office's list of a campus and a day.

mod file;
mod rows;

use actix_web::{
    get,
    http::StatusCode,
    post,
    web::{Path, Query, ServiceConfig},
};
use askama::Template;
use chrono::{Days, NaiveDate};
use school::{
    Error, Uuid,
    academics::campus::Campus,
    attendance::{
        policy::SchoolDay,
        site::Site,
        staff_day::StaffDay,
        staff_record::{self, NewStaffRecord, Saved},
    },
    permit::{ReadStaff, ReadStaffAttendance, UpdateClasses, UpdateStaffAttendance},
    words::StaffAttendanceStatus,
};
use serde::Deserialize;

use rows::{Row, Sent};

use crate::web::{
    dates,
    extract::May,
    failure::Failure,
    filters,
    form::{Errors, Fields},
    page::{Area, Shell},
    reply::{Page, fragment, see_other, show, show_again},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index).configure(file::routes).service(update_settings).service(update);
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    day: String,
    #[serde(default)]
    campus: String,
}

#[derive(Template)]
#[template(path = "attendance/staff/index.html")]
struct Index {
    shell: Shell,
    day: NaiveDate,
    before: Option<NaiveDate>,
    after: Option<NaiveDate>,
    campuses: Vec<Campus>,
    there: StaffDay,
    rows: Vec<Row>,
    errors: Errors,
    opens_staff: bool,
    may_update: bool,
    may_cover: bool,
}

impl Index {
    /// Why nothing can be recorded, where there is no school.
    fn off(&self) -> Option<&str> {
        match &self.there.school_day {
            SchoolDay::No(why) => Some(why),
            SchoolDay::Yes | SchoolDay::Half(_) => None,
        }
    }

    fn count(&self, status: StaffAttendanceStatus) -> usize {
        self.there.count(status)
    }

    fn was_overtaken(&self) -> bool {
        self.rows.iter().any(Row::is_overtaken)
    }

    fn address(&self, day: &NaiveDate) -> String {
        format!("/staff-attendance?campus={}&day={day}", self.there.site.id)
    }

    fn file(&self, format: &str) -> String {
        format!("/staff-attendance.{format}?campus={}&day={}", self.there.site.id, self.day)
    }
}

fn page(may: &May<ReadStaffAttendance>, campuses: Vec<Campus>, there: StaffDay, day: NaiveDate) -> Index {
    let today = there.today;
    Index {
        shell: Shell::of(may.signed_in(), Area::StaffAttendance),
        day,
        before: day.checked_sub_days(Days::new(1)),
        after: day.checked_add_days(Days::new(1)).filter(|after| *after <= today),
        campuses,
        rows: there.people.iter().map(Row::of).collect(),
        there,
        errors: Errors::default(),
        opens_staff: may.also::<ReadStaff>().is_some(),
        may_update: may.also::<UpdateStaffAttendance>().is_some(),
        may_cover: may.also::<UpdateClasses>().is_some() && day == today,
    }
}

/// The campuses to choose from, and the campus and day that were asked for.
async fn asked_for(
    may: &May<ReadStaffAttendance>,
    asked: &Asked,
) -> Result<(Vec<Campus>, StaffDay, NaiveDate), Failure> {
    let (_, today, _) = may.signed_in().now();
    let day = dates::read_day(&asked.day).unwrap_or(today).min(today);
    let campuses = may.db(Campus::within_reach).await?;
    let own = may.signed_in().person().campus();
    let chosen = campuses.iter().find(|campus| campus.id.to_string() == asked.campus);
    let usual = campuses.iter().find(|campus| Some(campus.id) == own).or(campuses.first());
    let campus = chosen.or(usual).map(|campus| campus.id).ok_or(Error::NotFound)?;
    let there = may.db(move |db| StaffDay::of(campus, day, db)).await?;
    Ok((campuses, there, day))
}

#[get("/staff-attendance")]
async fn index(may: May<ReadStaffAttendance>, asked: Query<Asked>) -> Page {
    let (campuses, there, day) = asked_for(&may, &asked).await?;
    show(&page(&may, campuses, there, day))
}

/// What was sent once more, with what is wrong or was overtaken.
async fn again(
    may: &May<UpdateStaffAttendance>,
    (campus, day): (Uuid, NaiveDate),
    sent: &[Sent],
    stale: &[Uuid],
) -> Result<Index, Failure> {
    let may = may.narrow::<ReadStaffAttendance>()?;
    let campuses = may.db(Campus::within_reach).await?;
    let there = may.db(move |db| StaffDay::of(campus, day, db)).await?;
    let mut page = page(&may, campuses, there, day);
    for row in &mut page.rows {
        let Some(sent) = sent.iter().find(|sent| sent.staff == row.id) else { continue };
        row.retype(sent, stale.contains(&row.id));
        for (field, message) in row.wrong() {
            page.errors.add(field, message);
        }
    }
    Ok(page)
}

#[post("/staff-attendance/{campus}/{day}")]
async fn update(may: May<UpdateStaffAttendance>, place: Path<(Uuid, String)>, fields: Fields) -> Page {
    let campus = place.0;
    let day = dates::read_day(&place.1).ok_or(Error::NotFound)?;
    let sent = rows::sent(&fields);
    if sent.iter().any(|sent| sent.record.is_err()) {
        return show_again(&again(&may, (campus, day), &sent, &[]).await?);
    }
    let kept: Vec<NewStaffRecord> = sent.iter().filter_map(|sent| sent.record.clone().ok()).collect();
    let rest = fields.get("act") == "rest";
    match may.db(move |db| staff_record::save((campus, day), &kept, rest, db)).await? {
        Saved::Kept => see_other(format!("/staff-attendance?campus={campus}&day={day}")),
        Saved::Stale(people) => {
            fragment(StatusCode::CONFLICT, &again(&may, (campus, day), &sent, &people).await?)
        }
    }
}

#[post("/staff-attendance/{campus}/settings")]
async fn update_settings(may: May<UpdateStaffAttendance>, campus: Path<Uuid>, fields: Fields) -> Page {
    let campus = *campus;
    let wanted = fields.get("staff_sign_in") == "yes";
    may.db(move |db| Site::let_sign_in(campus, wanted, db)).await?;
    see_other(format!("/staff-attendance?campus={campus}"))
}
