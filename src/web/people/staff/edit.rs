//! Changing what is written of a member of staff.

use actix_web::{
    get,
    http::StatusCode,
    post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    academics::campus::Campus,
    edit::Edit as Edited,
    people::{staff::NewStaff, staff_member::Member},
    permit::UpdateStaff,
    words::{StaffStatus, StaffType},
};

use super::form::StaffForm;
use crate::web::{
    extract::May,
    failure::Failure,
    filters,
    form::{Errors, Form, refused},
    page::{Area, Shell},
    reply::{Page, fragment, see_other, show, show_again},
    stale,
    stale::Stale,
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(edit).service(update);
}

#[derive(Template)]
#[template(path = "people/staff/edit.html")]
struct Edit {
    shell: Shell,
    member: Member,
    campuses: Vec<Campus>,
    form: StaffForm,
    errors: Errors,
    stale: Option<Stale>,
}

async fn page(may: &May<UpdateStaff>, id: Uuid, typed: Option<StaffForm>) -> Result<Edit, Failure> {
    let (member, campuses) = may.db(move |db| Ok((Member::of(id, db)?, Campus::within_reach(db)?))).await?;
    Ok(Edit {
        shell: Shell::of(may.signed_in(), Area::Staff),
        form: typed.unwrap_or_else(|| StaffForm::of(&member)),
        member,
        campuses,
        errors: Errors::default(),
        stale: None,
    })
}

#[get("/staff/{id}/edit")]
async fn edit(may: May<UpdateStaff>, id: Path<Uuid>) -> Page {
    show(&page(&may, *id, None).await?)
}

async fn change(
    may: &May<UpdateStaff>,
    id: Uuid,
    member: NewStaff,
    seen: &str,
) -> Result<Edited<Member>, Failure> {
    let seen = stale::read(seen);
    may.db(move |db| Member::change(id, &member, seen, db)).await
}

#[post("/staff/{id}")]
async fn update(may: May<UpdateStaff>, id: Path<Uuid>, Form(form): Form<StaffForm>) -> Page {
    let id = *id;
    let mut again = page(&may, id, Some(form.clone())).await?;
    again.errors = match form.check() {
        Ok(member) => match change(&may, id, member, &form.seen).await {
            Ok(Edited::Kept) => return see_other(format!("/staff/{id}")),
            Ok(Edited::Stale { now, by }) => return conflict(again, &now, by),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&again)
}

/// Somebody was faster: the form as typed, the difference above it, and the next save counts.
fn conflict(mut page: Edit, now: &Member, by: Option<String>) -> Page {
    let there = StaffForm::of(now);
    let labelled = |form: &StaffForm| form.labelled(&page.campuses);
    page.stale = Some(Stale::between(labelled(&there), labelled(&page.form), by));
    page.form.seen = there.seen;
    fragment(StatusCode::CONFLICT, &page)
}
