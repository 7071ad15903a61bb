//! Changing a program.

use actix_web::{
    get,
    http::StatusCode,
    post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    districts::{district::District, program::Program},
    edit::Edit as Edited,
    permit::UpdatePrograms,
};

use super::form::{LONGEST, ProgramForm};
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
#[template(path = "districts/programs/edit.html")]
struct Edit {
    shell: Shell,
    program: Program,
    districts: Vec<District>,
    form: ProgramForm,
    errors: Errors,
    stale: Option<Stale>,
}

async fn page(may: &May<UpdatePrograms>, id: Uuid, typed: Option<ProgramForm>) -> Result<Edit, Failure> {
    let (program, districts) = may.db(move |db| Ok((Program::of(id, db)?, District::offered(db)?))).await?;
    Ok(Edit {
        shell: Shell::of(may.signed_in(), Area::Programs),
        form: typed.unwrap_or_else(|| ProgramForm::of(&program)),
        program,
        districts,
        errors: Errors::default(),
        stale: None,
    })
}

#[get("/programs/{id}/edit")]
async fn edit(may: May<UpdatePrograms>, id: Path<Uuid>) -> Page {
    show(&page(&may, *id, None).await?)
}

#[post("/programs/{id}")]
async fn update(may: May<UpdatePrograms>, id: Path<Uuid>, Form(form): Form<ProgramForm>) -> Page {
    let id = *id;
    let seen = stale::read(&form.seen);
    let mut again = page(&may, id, Some(form.clone())).await?;
    again.errors = match form.check() {
        Ok(program) => match may.db(move |db| program.change(id, seen, db)).await {
            Ok(Edited::Kept) => return see_other(format!("/programs/{id}")),
            Ok(Edited::Stale { now, by }) => return conflict(again, &now, by),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&again)
}

/// Somebody was faster: the form as typed, the difference above it, and the next save counts.
fn conflict(mut page: Edit, now: &Program, by: Option<String>) -> Page {
    let there = ProgramForm::of(now);
    let differences = (there.labelled(&page.districts), page.form.labelled(&page.districts));
    page.stale = Some(Stale::between(differences.0, differences.1, by));
    page.form.seen = there.seen;
    fragment(StatusCode::CONFLICT, &page)
}
