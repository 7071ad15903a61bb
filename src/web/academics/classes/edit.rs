//! Changing a class.

use actix_web::{
    get,
    http::StatusCode,
    post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    academics::class::Class,
    edit::Edit as Edited,
    permit::UpdateClasses,
    words::{ClassKind, ClassStatus},
};

use super::form::{ClassForm, Offered};
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
#[template(path = "academics/classes/edit.html")]
struct Edit {
    shell: Shell,
    class: Class,
    offered: Offered,
    form: ClassForm,
    errors: Errors,
    stale: Option<Stale>,
}

async fn page(
    may: &May<UpdateClasses>,
    id: Uuid,
    typed: Option<ClassForm>,
    errors: Errors,
) -> Result<Edit, Failure> {
    let (class, offered) = may.db(move |db| Ok((Class::of(id, db)?, Offered::to(db)?))).await?;
    Ok(Edit {
        shell: Shell::of(may.signed_in(), Area::Classes),
        form: typed.unwrap_or_else(|| ClassForm::of(&class)),
        class,
        offered,
        errors,
        stale: None,
    })
}

#[get("/classes/{id}/edit")]
async fn edit(may: May<UpdateClasses>, id: Path<Uuid>) -> Page {
    show(&page(&may, *id, None, Errors::default()).await?)
}

#[post("/classes/{id}")]
async fn update(may: May<UpdateClasses>, id: Path<Uuid>, Form(form): Form<ClassForm>) -> Page {
    let id = *id;
    let mut again = page(&may, id, Some(form.clone()), Errors::default()).await?;
    let errors = match form.check() {
        Ok(class) => {
            let seen = stale::read(&form.seen);
            match may.db(move |db| class.change(id, seen, db)).await {
                Ok(Edited::Kept) => return see_other(format!("/classes/{id}")),
                Ok(Edited::Stale { now, by }) => return conflict(again, &now, by),
                Err(error) => refused(error)?,
            }
        }
        Err(errors) => errors,
    };
    again.errors = errors;
    show_again(&again)
}

/// Somebody was faster: the form as typed, the difference above it, and the next save counts.
fn conflict(mut page: Edit, now: &Class, by: Option<String>) -> Page {
    let there = ClassForm::of(now);
    let labelled = |form: &ClassForm| form.labelled(&page.offered);
    page.stale = Some(Stale::between(labelled(&there), labelled(&page.form), by));
    page.form.seen = there.seen;
    fragment(StatusCode::CONFLICT, &page)
}
