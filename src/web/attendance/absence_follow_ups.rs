//! Whom to follow up: who is absent often or has not come for days, longest list of the office's worries first.

mod file;

use actix_web::{get, web::ServiceConfig};
use askama::Template;
use chrono::NaiveDate;
use school::{
    academics::{campus::Campus, grade::Grade},
    access::looked::Kind,
    attendance::{
        absence::Tier,
        absentee::{self, Absentee, IN_A_ROW},
    },
    db::Db,
    permit::{
        CreateLetters, ReadAttendanceInterventions, UpdateAttendanceInterventions, UpdateLetterTemplates,
    },
    slice::{Listing, Slice},
};

use crate::web::{
    extract::May,
    filters,
    list::Asked,
    page::{Area, Shell},
    reply::{Page, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index).configure(file::routes);
}

#[derive(Template)]
#[template(path = "attendance/absence_follow_ups/index.html")]
struct Index {
    shell: Shell,
    asked: Asked,
    today: NaiveDate,
    count: Count,
    absentees: Slice<Absentee>,
    campuses: Vec<Campus>,
    grades: Vec<Grade>,
    may_act: bool,
    may_write: bool,
    may_change_templates: bool,
}

/// The whole list in numbers.
struct Count {
    all: usize,
    severe: usize,
    moderate: usize,
    in_a_row: usize,
    never: usize,
}

impl Count {
    fn of(all: &[Absentee]) -> Self {
        let count = |is: &dyn Fn(&Absentee) -> bool| all.iter().filter(|one| is(one)).count();
        Self {
            all: all.len(),
            severe: count(&|one| one.absence.tier() == Some(Tier::Severe)),
            moderate: count(&|one| one.absence.tier() == Some(Tier::Moderate)),
            in_a_row: count(&|one| one.absence.in_a_row() >= IN_A_ROW),
            never: count(&|one| one.last_contact.is_none()),
        }
    }
}

impl Index {
    fn next(&self) -> Option<String> {
        let last = self.absentees.rows.last().filter(|_| self.absentees.more)?;
        Some(self.asked.next(&last.written_place(&self.asked.listing.sort), &last.student))
    }
}

type Found = (Count, Slice<Absentee>, Vec<Campus>, Vec<Grade>);

fn found(listing: &Listing, db: &mut Db<'_, ReadAttendanceInterventions>) -> school::Result<Found> {
    let all = Absentee::listed(listing, db)?;
    let count = Count::of(&all);
    let absentees = absentee::page(all, listing);
    db.saw(Kind::FollowUp, absentees.rows.iter().map(|one| one.student));
    Ok((count, absentees, Campus::all(db)?, Grade::all(db)?))
}

#[get("/absence-follow-ups")]
async fn index(may: May<ReadAttendanceInterventions>, asked: Asked) -> Page {
    let listing = asked.listing.clone();
    let (count, absentees, campuses, grades) = may.db(move |db| found(&listing, db)).await?;
    show(&Index {
        shell: Shell::of(may.signed_in(), Area::FollowUps),
        today: may.signed_in().now().1,
        count,
        absentees,
        asked,
        campuses,
        grades,
        may_act: may.also::<UpdateAttendanceInterventions>().is_some(),
        may_write: may.also::<CreateLetters>().is_some(),
        may_change_templates: may.also::<UpdateLetterTemplates>().is_some(),
    })
}
