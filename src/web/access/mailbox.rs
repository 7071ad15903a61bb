//! The demonstration's mail, for everybody to read: nobody there has a mailbox. Elsewhere there is no such page.

use std::{fs, io, path::PathBuf, time::SystemTime};

use actix_web::{
    get,
    web::{Data, ServiceConfig},
};
use askama::Template;
use mail_parser::MessageParser;
use school::Error;

use crate::web::{
    extract::blocking,
    filters,
    reply::{Page, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index);
}

/// The most mails shown.
const MOST: usize = 50;

/// The folder whose mail everybody may read, where there is one.
#[derive(Clone)]
pub struct Mailbox(Option<PathBuf>);

impl Mailbox {
    /// This folder's, or none.
    #[must_use]
    pub fn of(folder: Option<PathBuf>) -> Self {
        Self(folder)
    }

    /// Whether there is a folder.
    pub(super) fn is_shown(&self) -> bool {
        self.0.is_some()
    }

    /// The latest mails first.
    fn mails(&self) -> school::Result<Vec<Mail>> {
        let folder = self.0.as_ref().ok_or(Error::NotFound)?;
        let files = match fs::read_dir(folder) {
            Ok(files) => files,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Error::internal(error)),
        };
        let mut files: Vec<(SystemTime, PathBuf)> = files
            .filter_map(|file| {
                let file = file.ok()?;
                Some((file.metadata().ok()?.modified().ok()?, file.path()))
            })
            .collect();
        files.sort_unstable();
        Ok(files.iter().rev().take(MOST).filter_map(|(_, file)| Mail::read(&fs::read(file).ok()?)).collect())
    }
}

/// A mail as it is shown.
struct Mail {
    to: String,
    subject: String,
    text: String,
    link: Option<String>,
}

impl Mail {
    fn read(bytes: &[u8]) -> Option<Self> {
        let message = MessageParser::default().parse(bytes)?;
        let to = message.to().and_then(|to| to.first()).and_then(|to| to.address()).unwrap_or_default();
        let text = message.body_text(0).unwrap_or_default().into_owned();
        let link = text.lines().find(|line| line.starts_with("http://") || line.starts_with("https://"));
        Some(Self {
            to: to.to_owned(),
            subject: message.subject().unwrap_or_default().to_owned(),
            link: link.map(str::to_owned),
            text,
        })
    }
}

#[derive(Template)]
#[template(path = "access/mailbox.html")]
struct Index {
    mails: Vec<Mail>,
}

#[get("/mail")]
async fn index(mailbox: Data<Mailbox>) -> Page {
    let mails = blocking(move || mailbox.mails()).await?;
    show(&Index { mails })
}
