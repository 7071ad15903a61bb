//! Rejected rows come back mended, as a new import.

use actix_web::{
    post,
    web::{Data, Path, ServiceConfig},
};
use school::{Uuid, exchange::import_run::ImportRun, permit::CreateImportRuns, text};

use super::{answered, file_of, show};
use crate::{
    jobs::Bell,
    web::{
        extract::May,
        form::{Errors, refused},
        list::Asked,
        reply::{Page, see_other},
        upload::Sent,
    },
};

/// The longest name of a file, in characters.
const FILE_NAME: usize = 255;

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(create);
}

#[post("/imports/{id}/corrections")]
async fn create(
    may: May<CreateImportRuns>,
    id: Path<Uuid>,
    asked: Asked,
    sent: Sent,
    bell: Data<Bell>,
) -> Page {
    let id = *id;
    let mut errors = Errors::default();
    let of = text::line(sent.fields.get("of"), FILE_NAME).unwrap_or_else(|reason| {
        errors.add("file", reason);
        String::new()
    });
    let file = file_of(sent, &mut errors);
    let too_large = file.as_ref().is_some_and(|file| file.is_too_large);
    if let Some(file) = file.filter(|_| errors.is_empty()) {
        match may.db(move |db| ImportRun::take_mended(id, &of, &file.read()?, db)).await {
            Ok(new) => {
                bell.ring(may.signed_in().person().organization());
                return see_other(format!("/imports/{new}"));
            }
            Err(error) => errors = refused(error)?,
        }
    }
    answered(too_large, &show::page(&may, id, asked, errors).await?)
}
