//! What is done with an import: rehearsing and applying it, cancelling it, deleting its file.

use actix_web::{
    post,
    web::{Data, Path, ServiceConfig},
};
use school::{Uuid, exchange::import_run::ImportRun, permit::CreateImportRuns};
use serde::Deserialize;

use super::show;
use crate::{
    jobs::Bell,
    web::{
        extract::May,
        form::{Form, refused},
        list::Asked,
        reply::{Page, see_other, show_again},
    },
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(create_rehearsal).service(create_application).service(create_cancellation);
    app.service(create_file_removal);
}

#[post("/imports/{id}/rehearsal")]
async fn create_rehearsal(may: May<CreateImportRuns>, id: Path<Uuid>, bell: Data<Bell>) -> Page {
    let id = *id;
    may.db(move |db| ImportRun::rehearse(id, db)).await?;
    bell.ring(may.signed_in().person().organization());
    see_other(format!("/imports/{id}"))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Application {
    end_many: String,
}

#[post("/imports/{id}/application")]
async fn create_application(
    may: May<CreateImportRuns>,
    id: Path<Uuid>,
    asked: Asked,
    Form(form): Form<Application>,
    bell: Data<Bell>,
) -> Page {
    let id = *id;
    match may.db(move |db| ImportRun::apply(id, form.end_many == "yes", db)).await {
        Ok(()) => {
            bell.ring(may.signed_in().person().organization());
            see_other(format!("/imports/{id}"))
        }
        Err(error) => {
            let errors = refused(error)?;
            show_again(&show::page(&may, id, asked, errors).await?)
        }
    }
}

#[post("/imports/{id}/cancellation")]
async fn create_cancellation(may: May<CreateImportRuns>, id: Path<Uuid>) -> Page {
    let id = *id;
    may.db(move |db| ImportRun::cancel(id, db)).await?;
    see_other(format!("/imports/{id}"))
}

#[post("/imports/{id}/file/removal")]
async fn create_file_removal(may: May<CreateImportRuns>, id: Path<Uuid>) -> Page {
    let id = *id;
    may.db(move |db| ImportRun::delete_file(id, db)).await?;
    see_other(format!("/imports/{id}"))
}
