//! The list of imports, and uploading a file for a new one.

mod columns;
mod corrections;
mod rejected;
mod show;
mod steps;

use actix_web::{
    HttpResponse, get,
    http::StatusCode,
    post,
    web::{Data, ServiceConfig},
};
use askama::Template;
use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use school::{
    Uuid,
    academics::campus::Campus,
    clock::local,
    exchange::import_run::{ImportKind, ImportRun, Listed, Upload},
    permit::CreateImportRuns,
    slice::Slice,
};

use crate::{
    jobs::Bell,
    web::{
        dates,
        extract::{May, blocking},
        failure::Failure,
        filters,
        form::{Errors, refused},
        list::Asked,
        page::{Area, Shell},
        reply::{Page, fragment, see_other, show, show_again},
        upload::{Sent, SentFile},
    },
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index).service(create);
    app.configure(show::routes)
        .configure(columns::routes)
        .configure(steps::routes)
        .configure(rejected::routes)
        .configure(corrections::routes);
}

#[derive(Template)]
#[template(path = "exchange/imports/index.html")]
struct Index {
    shell: Shell,
    asked: Asked,
    imports: Slice<Listed>,
    zone: Tz,
    has_no_campus: bool,
    kind: String,
    errors: Errors,
}

impl Index {
    fn next(&self) -> Option<String> {
        let last = self.imports.rows.last().filter(|_| self.imports.more)?;
        let at = last.run.started_at.to_rfc3339_opts(SecondsFormat::Micros, true);
        Some(self.asked.next(&at, &last.run.id))
    }

    fn at(&self, instant: &DateTime<Utc>) -> String {
        moment(*instant, self.zone)
    }
}

/// Mon 23 Nov 2026, 08:38
fn moment(at: DateTime<Utc>, zone: Tz) -> String {
    let (day, time) = local(at, zone);
    format!("{}, {}", dates::weekday(&day), dates::time(&time))
}

async fn page(
    may: &May<CreateImportRuns>,
    asked: Asked,
    kind: String,
    errors: Errors,
) -> Result<Index, Failure> {
    let listing = asked.listing.clone();
    let (imports, campuses) =
        may.db(move |db| Ok((ImportRun::listed(&listing, db)?, Campus::all(db)?))).await?;
    Ok(Index {
        shell: Shell::of(may.signed_in(), Area::Imports),
        asked,
        imports,
        zone: may.signed_in().person().time_zone(),
        has_no_campus: campuses.is_empty(),
        kind,
        errors,
    })
}

#[get("/imports")]
async fn index(may: May<CreateImportRuns>, asked: Asked) -> Page {
    show(&page(&may, asked, String::new(), Errors::default()).await?)
}

#[post("/imports")]
async fn create(may: May<CreateImportRuns>, asked: Asked, sent: Sent, bell: Data<Bell>) -> Page {
    let kind = sent.fields.get("kind").to_owned();
    let too_large = sent.file.as_ref().is_some_and(|file| file.is_too_large);
    let errors = match chosen(sent) {
        Ok((kind, file)) => match keep(&may, kind, file).await {
            Ok(id) => {
                bell.ring(may.signed_in().person().organization());
                let columns = if kind.has_columns() { "/columns" } else { "" };
                return see_other(format!("/imports/{id}{columns}"));
            }
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    answered(too_large, &page(&may, asked, kind, errors).await?)
}

/// The form again: too much is said in its status too.
fn answered(too_large: bool, page: &impl Template) -> Result<HttpResponse, Failure> {
    if too_large { fragment(StatusCode::PAYLOAD_TOO_LARGE, page) } else { show_again(page) }
}

/// Looks at the file before a transaction is open, then keeps it.
async fn keep(may: &May<CreateImportRuns>, kind: ImportKind, file: SentFile) -> Result<Uuid, Failure> {
    let checked = blocking(move || uploaded(kind, file)?.checked()).await?;
    may.db(move |db| checked.keep(db)).await
}

fn uploaded(kind: ImportKind, file: SentFile) -> school::Result<Upload> {
    Ok(Upload { kind, file_name: file.name.clone(), content: file.read()? })
}

/// The file and what it is, or what is missing.
fn chosen(sent: Sent) -> Result<(ImportKind, SentFile), Errors> {
    let mut errors = Errors::default();
    let named = ImportKind::named(sent.fields.get("kind"));
    let kind = errors.needed_word(
        "kind",
        named.filter(|kind| ImportKind::OFFERED.contains(kind)),
        ImportKind::Oneroster,
    );
    match file_of(sent, &mut errors) {
        Some(file) => errors.or((kind, file)),
        None => Err(errors),
    }
}

/// The file of a form, if it can be taken.
fn file_of(sent: Sent, errors: &mut Errors) -> Option<SentFile> {
    let file = errors.required("file", sent.file, "Choose a file first.")?;
    if file.is_too_large {
        errors.add("file", "This file is too large. At most 32 MB can be uploaded.");
    }
    Some(file)
}
