//! Members of staff: the list and a person's own page.

mod edit;
mod form;
mod new;

use actix_web::{
    get,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    academics::{campus::Campus, duty, duty::Taught},
    db::Db,
    people::staff_member::Member,
    permit::{ReadClasses, ReadStaff, UpdateStaff},
    slice::Slice,
    words::{StaffStatus, StaffType},
};

use crate::web::{
    dates,
    extract::May,
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
    opens_classes: bool,
    may_update: bool,
}

type Around = (Member, Option<Campus>, Vec<Taught>);

fn around(id: Uuid, db: &mut Db<'_, ReadStaff>) -> school::Result<Around> {
    let member = Member::of(id, db)?;
    let mut campuses = Campus::all(db)?.into_iter();
    let campus = campuses.find(|campus| Some(campus.id) == member.campus_id);
    Ok((member, campus, duty::of_person(id, db.today(), db)?))
}

#[get("/staff/{id}")]
async fn show_one(may: May<ReadStaff>, id: Path<Uuid>) -> Page {
    let (member, campus, taught) = may.db(move |db| around(*id, db)).await?;
    show(&Show {
        shell: Shell::of(may.signed_in(), Area::Staff),
        member,
        campus: campus.map(|campus| campus.name),
        taught,
        opens_classes: may.also::<ReadClasses>().is_some(),
        may_update: may.also::<UpdateStaff>().is_some(),
    })
}
