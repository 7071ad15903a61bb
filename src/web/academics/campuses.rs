//! The school's campuses: the list, and taking one out of use and back.

mod edit;
mod form;
mod new;

use actix_web::{
    get, post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    academics::{campus_list::Listed, campus_use},
    permit::{ReadCampuses, UpdateCampuses},
};

use crate::web::{
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
#[template(path = "academics/campuses/index.html")]
struct Index {
    shell: Shell,
    /// Each with how many students have a place there today.
    campuses: Vec<(Listed, i64)>,
    may_update: Option<May<UpdateCampuses>>,
}

impl Index {
    fn may_edit(&self, campus: &Listed) -> bool {
        self.may_update.as_ref().is_some_and(|may| may.reaches(campus.id))
    }
}

#[get("/campuses")]
async fn index(may: May<ReadCampuses>) -> Page {
    show(&Index {
        shell: Shell::of(may.signed_in(), Area::Campuses),
        campuses: may.db(Listed::all).await?,
        may_update: may.also::<UpdateCampuses>(),
    })
}

#[post("/campuses/{id}/retirement")]
async fn create_retirement(may: May<UpdateCampuses>, id: Path<Uuid>) -> Page {
    may.db(move |db| campus_use::retire(*id, db)).await?;
    see_other("/campuses")
}

#[post("/campuses/{id}/return")]
async fn create_return(may: May<UpdateCampuses>, id: Path<Uuid>) -> Page {
    may.db(move |db| campus_use::take_back(*id, db)).await?;
    see_other("/campuses")
}
