//! Who works in a program: adding somebody, ending it, and saying which program is somebody's first.

use actix_web::{
    get, post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    districts::{member::Member, program::Program},
    people::staff::Named,
    permit::UpdatePrograms,
};
use serde::Deserialize;

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
    app.service(new).service(create).service(create_end).service(create_primary);
}

/// The one field.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct PersonForm {
    user_id: String,
}

#[derive(Template)]
#[template(path = "districts/programs/person.html")]
struct New {
    shell: Shell,
    program: Program,
    people: Vec<Named>,
    form: PersonForm,
    errors: Errors,
}

async fn page(may: &May<UpdatePrograms>, id: Uuid, form: PersonForm) -> Result<New, Failure> {
    let (program, people) = may.db(move |db| Ok((Program::of(id, db)?, Member::offered(id, db)?))).await?;
    let shell = Shell::of(may.signed_in(), Area::Programs);
    Ok(New { shell, program, people, form, errors: Errors::default() })
}

#[get("/programs/{id}/people/new")]
async fn new(may: May<UpdatePrograms>, id: Path<Uuid>) -> Page {
    show(&page(&may, *id, PersonForm::default()).await?)
}

#[post("/programs/{id}/people")]
async fn create(may: May<UpdatePrograms>, id: Path<Uuid>, Form(form): Form<PersonForm>) -> Page {
    let id = *id;
    let mut again = page(&may, id, form.clone()).await?;
    let mut errors = Errors::default();
    let user = errors.needed_choice("user_id", &form.user_id);
    again.errors = match errors.or(user) {
        Ok(user) => match may.db(move |db| Member::add(id, user, db)).await {
            Ok(()) => return see_other(format!("/programs/{id}")),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&again)
}

#[post("/programs/{id}/people/{user}/end")]
async fn create_end(may: May<UpdatePrograms>, path: Path<(Uuid, Uuid)>) -> Page {
    let (id, user) = path.into_inner();
    may.db(move |db| Member::end(id, user, db)).await?;
    see_other(format!("/programs/{id}"))
}

#[post("/programs/{id}/people/{user}/primary")]
async fn create_primary(may: May<UpdatePrograms>, path: Path<(Uuid, Uuid)>) -> Page {
    let (id, user) = path.into_inner();
    may.db(move |db| Member::put_first(id, user, db)).await?;
    see_other(format!("/programs/{id}"))
}
