//! School districts: the list, a district's page, and taking one away and back.

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
    districts::{district::District, program::Program},
    permit::{
        CreateSchoolDistricts, DeleteSchoolDistricts, ReadPrograms, ReadSchoolDistricts,
        UpdateSchoolDistricts,
    },
    slice::Slice,
};

use crate::web::{
    extract::May,
    filters,
    list::Asked,
    page::{Area, Shell},
    reply::{Page, see_other, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index)
        .configure(new::routes)
        .configure(edit::routes)
        .service(show_one)
        .service(create_removal)
        .service(create_return);
}

#[derive(Template)]
#[template(path = "districts/school_districts/index.html")]
struct Index {
    shell: Shell,
    asked: Asked,
    /// Each with how many programs it offers.
    districts: Slice<(District, i64)>,
    may_create: bool,
}

impl Index {
    fn shows_deleted(&self) -> bool {
        self.asked.chose("state", "deleted")
    }

    fn next(&self) -> Option<String> {
        let (last, _) = self.districts.rows.last().filter(|_| self.districts.more)?;
        Some(self.asked.next(&last.name, &last.id))
    }
}

#[get("/districts")]
async fn index(may: May<ReadSchoolDistricts>, asked: Asked) -> Page {
    let listing = asked.listing.clone();
    show(&Index {
        shell: Shell::of(may.signed_in(), Area::Districts),
        asked,
        districts: may.db(move |db| District::listed(&listing, db)).await?,
        may_create: may.also::<CreateSchoolDistricts>().is_some(),
    })
}

#[derive(Template)]
#[template(path = "districts/school_districts/show.html")]
struct Show {
    shell: Shell,
    district: District,
    /// What it offers, for whoever may see programs.
    programs: Option<Vec<Program>>,
    may_update: bool,
    may_delete: bool,
}

#[get("/districts/{id}")]
async fn show_one(may: May<ReadSchoolDistricts>, id: Path<Uuid>) -> Page {
    let id = *id;
    let (district, programs) = may
        .asking::<ReadPrograms>()
        .db(move |db| {
            let district = District::of(id, db)?;
            let programs = db.also::<ReadPrograms>().map(|mut db| Program::of_district(id, &mut db));
            Ok((district, programs.transpose()?))
        })
        .await?;
    show(&Show {
        shell: Shell::of(may.signed_in(), Area::Districts),
        district,
        programs,
        may_update: may.also::<UpdateSchoolDistricts>().is_some(),
        may_delete: may.also::<DeleteSchoolDistricts>().is_some(),
    })
}

#[post("/districts/{id}/removal")]
async fn create_removal(may: May<DeleteSchoolDistricts>, id: Path<Uuid>) -> Page {
    may.db(move |db| District::remove(*id, db)).await?;
    see_other("/districts")
}

#[post("/districts/{id}/return")]
async fn create_return(may: May<CreateSchoolDistricts>, id: Path<Uuid>) -> Page {
    let id = *id;
    may.db(move |db| District::restore(id, db)).await?;
    see_other(format!("/districts/{id}"))
}
