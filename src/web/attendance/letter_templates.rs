//! The school's letter templates: the list, and taking one out of use and back.

mod edit;
mod form;
mod new;

use actix_web::{
    get, post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{Uuid, attendance::letter_template::LetterTemplate, permit::UpdateLetterTemplates};

use crate::web::{
    dates,
    extract::May,
    filters,
    page::{Area, Shell},
    reply::{Page, see_other, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index)
        .configure(new::routes)
        .configure(edit::routes)
        .service(create_retirement)
        .service(create_return);
}

#[derive(Template)]
#[template(path = "attendance/letter_templates/index.html")]
struct Index {
    shell: Shell,
    templates: Vec<LetterTemplate>,
}

impl Index {
    fn in_use(&self) -> Vec<&LetterTemplate> {
        self.templates.iter().filter(|one| one.is_in_use()).collect()
    }

    fn retired(&self) -> Vec<&LetterTemplate> {
        self.templates.iter().filter(|one| !one.is_in_use()).collect()
    }
}

#[get("/letter-templates")]
async fn index(may: May<UpdateLetterTemplates>) -> Page {
    let templates = may.db(LetterTemplate::all).await?;
    show(&Index { shell: Shell::of(may.signed_in(), Area::FollowUps), templates })
}

#[post("/letter-templates/{id}/retirement")]
async fn create_retirement(may: May<UpdateLetterTemplates>, id: Path<Uuid>) -> Page {
    may.db(move |db| LetterTemplate::retire(*id, db)).await?;
    see_other("/letter-templates")
}

#[post("/letter-templates/{id}/return")]
async fn create_return(may: May<UpdateLetterTemplates>, id: Path<Uuid>) -> Page {
    may.db(move |db| LetterTemplate::take_back(*id, db)).await?;
    see_other("/letter-templates")
}
