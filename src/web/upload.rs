//! A form with a file: read to a nameless file on the disk that is gone with the request, whatever becomes of it.

use std::{
    future::Future,
    io::{Read as _, Seek as _, Write as _},
    pin::Pin,
    time::Duration,
};

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header};
use futures_util::StreamExt as _;
use school::exchange::import_run::LARGEST;

use super::form::{Fields, Unreadable};

/// How long the sending of a form with a file may take.
const PATIENCE: Duration = Duration::from_secs(300);
/// What is read at most, so that whoever sends too much can be told so instead of being cut off.
const LISTENED_TO: usize = 4 * LARGEST;
/// Parts of a form, and bytes of one that is no file.
const MOST_PARTS: usize = 50;
const LONGEST_FIELD: usize = 4096;

/// A form with a file, as it was sent.
pub struct Sent {
    /// The other fields.
    pub fields: Fields,
    /// The file, if one was chosen.
    pub file: Option<SentFile>,
}

/// A file on its way in.
pub struct SentFile {
    /// What its sender calls it.
    pub name: String,
    /// Whether it has more than [`LARGEST`] bytes; then they are not here.
    pub is_too_large: bool,
    content: std::fs::File,
}

impl SentFile {
    /// Its bytes.
    ///
    /// # Errors
    /// [`school::Error::Internal`] when the disk fails.
    pub fn read(mut self) -> school::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let read = self.content.rewind().and_then(|()| self.content.read_to_end(&mut bytes));
        read.map_err(school::Error::internal)?;
        Ok(bytes)
    }
}

impl FromRequest for Sent {
    type Error = Unreadable;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Unreadable>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let told =
            request.headers().get(header::CONTENT_LENGTH).and_then(|told| told.to_str().ok()?.parse().ok());
        let multipart = Multipart::from_request(request, payload);
        Box::pin(async move {
            if told.is_some_and(|told: usize| told > LISTENED_TO) {
                return Err(Unreadable::TooLarge);
            }
            let multipart = multipart.await.map_err(|_| Unreadable::NotAForm)?;
            tokio::time::timeout(PATIENCE, read(multipart)).await.map_err(|_| Unreadable::Garbled)?
        })
    }
}

async fn read(mut multipart: Multipart) -> Result<Sent, Unreadable> {
    let mut sent = Sent { fields: Fields::default(), file: None };
    let (mut parts, mut heard) = (0, 0);
    while let Some(field) = multipart.next().await {
        let field = field.map_err(|error| unreadable(&error))?;
        parts += 1;
        let name = field.name().unwrap_or_default().to_owned();
        let called = field.content_disposition().and_then(|said| said.get_filename()).map(str::to_owned);
        if parts > MOST_PARTS || sent.fields.sent(&name).is_some() {
            return Err(Unreadable::Garbled);
        }
        match called {
            // A browser sends a file without a name where none was chosen.
            Some(called) if called.is_empty() => drop(text(field).await?),
            Some(called) if sent.file.is_none() => sent.file = Some(file(called, field, &mut heard).await?),
            Some(_) => return Err(Unreadable::Garbled),
            None => {
                sent.fields.0.insert(name, text(field).await?);
            }
        }
    }
    Ok(sent)
}

async fn text(mut field: Field) -> Result<String, Unreadable> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.next().await {
        bytes.extend_from_slice(&chunk.map_err(|error| unreadable(&error))?);
        if bytes.len() > LONGEST_FIELD {
            return Err(Unreadable::TooLarge);
        }
    }
    String::from_utf8(bytes).map_err(|_| Unreadable::Garbled)
}

async fn file(name: String, mut field: Field, heard: &mut usize) -> Result<SentFile, Unreadable> {
    let mut content = tempfile::tempfile().map_err(|error| full(&error))?;
    let mut size = 0;
    while let Some(chunk) = field.next().await {
        let chunk = chunk.map_err(|error| unreadable(&error))?;
        size += chunk.len();
        *heard += chunk.len();
        if *heard > LISTENED_TO {
            return Err(Unreadable::TooLarge);
        }
        if size <= LARGEST {
            content.write_all(&chunk).map_err(|error| full(&error))?;
        }
    }
    Ok(SentFile { name, is_too_large: size > LARGEST, content })
}

fn unreadable(error: &MultipartError) -> Unreadable {
    match error {
        MultipartError::ContentTypeMissing
        | MultipartError::ContentTypeParse
        | MultipartError::ContentTypeIncompatible => Unreadable::NotAForm,
        _ => Unreadable::Garbled,
    }
}

fn full(error: &std::io::Error) -> Unreadable {
    tracing::error!("an upload could not be kept on the disk: {error}");
    Unreadable::NoRoom
}
