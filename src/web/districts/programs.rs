//! Programs: the list, and taking one away and back; a program's own page stands beside it.

mod edit;
mod form;
mod new;
mod people;
mod show;

use actix_web::{
    get, post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    districts::{
        district::District,
        program::{Listed, Program},
    },
    permit::{CreatePrograms, DeletePrograms, ReadPrograms},
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
        .configure(show::routes)
        .configure(people::routes)
        .service(create_removal)
        .service(create_return);
}

#[derive(Template)]
#[template(path = "districts/programs/index.html")]
struct Index {
    shell: Shell,
    asked: Asked,
    programs: Slice<Listed>,
    districts: Vec<District>,
    may_create: bool,
}

impl Index {
    fn shows_deleted(&self) -> bool {
        self.asked.chose("state", "deleted")
    }

    fn next(&self) -> Option<String> {
        let last = self.programs.rows.last().filter(|_| self.programs.more)?;
        Some(self.asked.next(&last.program.name, &last.program.id))
    }
}

#[get("/programs")]
async fn index(may: May<ReadPrograms>, asked: Asked) -> Page {
    let listing = asked.listing.clone();
    let (programs, districts) =
        may.db(move |db| Ok((Program::listed(&listing, db)?, District::offered(db)?))).await?;
    show(&Index {
        shell: Shell::of(may.signed_in(), Area::Programs),
        asked,
        programs,
        districts,
        may_create: may.also::<CreatePrograms>().is_some(),
    })
}

#[post("/programs/{id}/removal")]
async fn create_removal(may: May<DeletePrograms>, id: Path<Uuid>) -> Page {
    may.db(move |db| Program::remove(*id, db)).await?;
    see_other("/programs")
}

#[post("/programs/{id}/return")]
async fn create_return(may: May<CreatePrograms>, id: Path<Uuid>) -> Page {
    let id = *id;
    may.db(move |db| Program::restore(id, db)).await?;
    see_other(format!("/programs/{id}"))
}
