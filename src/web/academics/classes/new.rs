//! A new class.

use actix_web::{get, post, web::ServiceConfig};
use askama::Template;
use school::{
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
    reply::{Page, see_other, show, show_again},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(new).service(create);
}

#[derive(Template)]
#[template(path = "academics/classes/new.html")]
struct New {
    shell: Shell,
    offered: Offered,
    form: ClassForm,
    errors: Errors,
}

async fn page(may: &May<UpdateClasses>, typed: Option<ClassForm>, errors: Errors) -> Result<New, Failure> {
    let (_, today, _) = may.signed_in().now();
    let offered = may.db(Offered::to).await?;
    let usual = || ClassForm {
        campus_id: match offered.campuses.as_slice() {
            [only] => only.id.to_string(),
            _ => String::new(),
        },
        academic_year_id: offered
            .years
            .iter()
            .find(|year| year.includes(today))
            .map(|year| year.id.to_string())
            .unwrap_or_default(),
        ..ClassForm::default()
    };
    Ok(New {
        shell: Shell::of(may.signed_in(), Area::Classes),
        form: typed.unwrap_or_else(usual),
        offered,
        errors,
    })
}

#[get("/classes/new")]
async fn new(may: May<UpdateClasses>) -> Page {
    show(&page(&may, None, Errors::default()).await?)
}

#[post("/classes")]
async fn create(may: May<UpdateClasses>, Form(form): Form<ClassForm>) -> Page {
    let errors = match form.check() {
        Ok(class) => match may.db(move |db| class.add(db)).await {
            Ok(id) => return see_other(format!("/classes/{id}")),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&page(&may, Some(form), errors).await?)
}
