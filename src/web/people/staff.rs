//! Members of staff: the list and a person's own page.

mod edit;
mod form;
mod new;

use actix_web::{
    get,
    web::{Path, Query, ServiceConfig},
};
use askama::Template;
use chrono::{Months, NaiveDate};
use school::{
    Error, Uuid,
    academics::{campus::Campus, duty, duty::Taught},
    attendance::staff_month::StaffMonth,
    db::Db,
    people::staff_member::Member,
    permit::{CreateUsers, ReadClasses, ReadStaff, ReadStaffAttendance, ReadUsers, UpdateStaff},
    slice::Slice,
    words::{StaffAttendanceStatus, StaffStatus, StaffType},
};
use serde::Deserialize;

use crate::web::{
    dates,
    extract::May,
    failure::Failure,
    filters,
    list::Asked,
    page::{Area, Shell},
    reply::{Page, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index).configure(new::routes).configure(edit::routes).service(show_one);
}

#[derive(Template)]
#[template(path = "people/staff/index.html")]
struct Index {
    shell: Shell,
    asked: Asked,
    staff: Slice<(Member, Option<String>)>,
    campuses: Vec<Campus>,
    may_create: bool,
}

impl Index {
    fn next(&self) -> Option<String> {
        let (last, _) = self.staff.rows.last().filter(|_| self.staff.more)?;
        Some(self.asked.next(&last.place(), &last.id))
    }
}

#[get("/staff")]
async fn index(may: May<ReadStaff>, asked: Asked) -> Page {
    let listing = asked.listing.clone();
    let (staff, campuses) = may.db(move |db| Ok((Member::listed(&listing, db)?, Campus::all(db)?))).await?;
    show(&Index {
        shell: Shell::of(may.signed_in(), Area::Staff),
        asked,
        staff,
        campuses,
        may_create: may.also::<UpdateStaff>().is_some(),
    })
}

#[derive(Template)]
#[template(path = "people/staff/show.html")]
struct Show {
    shell: Shell,
    member: Member,
    campus: Option<String>,
    taught: Vec<Taught>,
    month: Option<StaffMonth>,
    today: NaiveDate,
    /// The account that they sign in with.
    account: Option<Uuid>,
    opens_classes: bool,
    opens_accounts: bool,
    may_invite: bool,
    may_update: bool,
}

#[derive(Deserialize)]
struct Shown {
    #[serde(default)]
    month: String,
}

type Around = (Member, Option<Campus>, Vec<Taught>, Option<Uuid>);

fn around(id: Uuid, db: &mut Db<'_, ReadStaff>) -> school::Result<Around> {
    let member = Member::of(id, db)?;
    let mut campuses = Campus::known(db)?.into_iter();
    let campus = campuses.find(|campus| Some(campus.id) == member.campus_id);
    let account = member.account(db)?;
    Ok((member, campus, duty::of_person(id, db.today(), db)?, account))
}

impl Show {
    /// The month before the one that is shown, or after; none ahead of today.
    fn beside(&self, month: &StaffMonth, forward: bool) -> Option<NaiveDate> {
        let one = Months::new(1);
        let other =
            if forward { month.first.checked_add_months(one) } else { month.first.checked_sub_months(one) };
        other.filter(|first| *first <= self.today)
    }
}

/// Their month, for whoever may see it of them.
async fn month(may: &May<ReadStaff>, id: Uuid, day: NaiveDate) -> Result<Option<StaffMonth>, Failure> {
    let Some(may) = may.also::<ReadStaffAttendance>() else {
        return Ok(None);
    };
    match may.db(move |db| StaffMonth::of(id, day, db)).await {
        Err(Failure(Error::NotFound)) => Ok(None),
        other => other.map(Some),
    }
}

#[get("/staff/{id}")]
async fn show_one(may: May<ReadStaff>, id: Path<Uuid>, shown: Query<Shown>) -> Page {
    let id = *id;
    let (_, today, _) = may.signed_in().now();
    let (member, campus, taught, account) = may.db(move |db| around(id, db)).await?;
    let day = dates::read_day(&format!("{}-01", shown.month)).unwrap_or(today).min(today);
    let month = month(&may, id, day).await?;
    show(&Show {
        shell: Shell::of(may.signed_in(), Area::Staff),
        may_invite: member.status != StaffStatus::Left && may.also::<CreateUsers>().is_some(),
        member,
        campus: campus.map(|campus| campus.name),
        taught,
        month,
        today,
        account,
        opens_accounts: may.also::<ReadUsers>().is_some(),
        opens_classes: may.also::<ReadClasses>().is_some(),
        may_update: may.also::<UpdateStaff>().is_some(),
    })
}
