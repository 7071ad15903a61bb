//! Forms as they arrive: bounded, of the right kind, every field once, every byte text.

use std::{borrow::Cow, collections::BTreeMap};

use actix_web::{
    FromRequest, HttpRequest, HttpResponse, ResponseError,
    dev::Payload,
    http::{StatusCode, header},
    web::Bytes,
};
use percent_encoding::percent_decode_str;
use serde::de::{DeserializeOwned, value::MapDeserializer};
use std::{future::Future, pin::Pin};

/// The most bytes that a form may have; larger ones get 413.
pub const LARGEST: usize = 256 * 1024;
/// The most fields that a form may have.
const MOST_FIELDS: usize = 2000;

/// Why a form could not even be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// Not sent as a form.
    #[error("This is not a form.")]
    NotAForm,
    /// More than [`LARGEST`] bytes.
    #[error("This form is too large.")]
    TooLarge,
    /// A field twice, too many fields, or bytes that are no text.
    #[error("This form cannot be read.")]
    Garbled,
    /// The disk has no room for what was sent.
    #[error("There is no room for this.")]
    NoRoom,
}

impl ResponseError for Unreadable {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotAForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Garbled => StatusCode::BAD_REQUEST,
            Self::NoRoom => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

/// The fields of a form by name, as typed.
#[derive(Clone, Debug, Default)]
pub struct Fields(pub BTreeMap<String, String>);

impl Fields {
    /// A field's text; empty where it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.sent(name).unwrap_or_default()
    }

    /// A field's text, if it was sent.
    pub fn sent(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

/// A form read into a type whose fields are text; fields that it does not have are left aside.
pub struct Form<T>(pub T);

impl FromRequest for Fields {
    type Error = Unreadable;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Unreadable>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_form = request.headers().get(header::CONTENT_TYPE).is_some_and(|kind| {
            kind.as_bytes().to_ascii_lowercase().starts_with(b"application/x-www-form-urlencoded")
        });
        let bytes = Bytes::from_request(request, payload);
        Box::pin(async move {
            if !is_form {
                return Err(Unreadable::NotAForm);
            }
            let bytes = bytes.await.map_err(|_| Unreadable::TooLarge)?;
            read(&bytes).ok_or(Unreadable::Garbled)
        })
    }
}

impl<T: DeserializeOwned> FromRequest for Form<T> {
    type Error = Unreadable;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Unreadable>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let fields = Fields::from_request(request, payload);
        Box::pin(async move {
            let fields = fields.await?;
            let typed = MapDeserializer::<_, serde::de::value::Error>::new(fields.0.into_iter());
            T::deserialize(typed).map(Self).map_err(|_| Unreadable::Garbled)
        })
    }
}

/// Reads `a=1&b=2` strictly: UTF-8 only, each name once. A checkbox list repeats its name with `[]` at the end.
pub fn read(bytes: &[u8]) -> Option<Fields> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut fields = BTreeMap::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decode(name)?, decode(value)?);
        if let Some(before) = fields.insert(name.clone(), value) {
            if !name.ends_with("[]") {
                return None;
            }
            let list = fields.get(&name).map(|last| format!("{before}\n{last}"))?;
            fields.insert(name, list);
        }
        if fields.len() > MOST_FIELDS {
            return None;
        }
    }
    Some(Fields(fields))
}

fn decode(encoded: &str) -> Option<String> {
    percent_decode_str(&encoded.replace('+', " ")).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

/// What is wrong with a form, in the order in which it was found: a message by each field, and one for the whole under
/// the empty name.
#[derive(Clone, Debug, Default)]
pub struct Errors(Vec<(Cow<'static, str>, String)>);

impl Errors {
    /// What is wrong with one field.
    pub fn about(field: &'static str, message: impl Into<String>) -> Self {
        Self(vec![(field.into(), message.into())])
    }

    /// Notes what is wrong with a field; the first word on it stands.
    pub fn add(&mut self, field: impl Into<Cow<'static, str>>, message: impl Into<String>) {
        let field = field.into();
        if self.on(&field).is_empty() {
            self.0.push((field, message.into()));
        }
    }

    /// Takes the messages of a form's own checks.
    pub fn take(&mut self, found: Result<(), validator::ValidationErrors>) {
        let Err(found) = found else { return };
        for (field, errors) in found.into_errors() {
            if let validator::ValidationErrorsKind::Field(errors) = errors {
                let message =
                    errors.into_iter().find_map(|error| error.message).unwrap_or("Check this.".into());
                self.add(field, message);
            }
        }
    }

    /// Adds the messages of another part of the same form.
    pub fn join(&mut self, other: Self) {
        for (field, message) in other.0 {
            self.add(field, message);
        }
    }

    /// The message by a field; empty where nothing is wrong.
    pub fn on(&self, field: &str) -> &str {
        self.0.iter().find(|(name, _)| name == field).map_or("", |(_, message)| message)
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every field and its message, for the summary above the form.
    pub fn all(&self) -> impl Iterator<Item = &(Cow<'static, str>, String)> {
        self.0.iter()
    }
}

/// A value that the domain refused goes by its field; anything else goes on.
pub fn refused(error: super::failure::Failure) -> Result<Errors, super::failure::Failure> {
    match error.0 {
        school::Error::Invalid { field, message } => {
            let mut errors = Errors::default();
            errors.add(field, message);
            Ok(errors)
        }
        other => Err(super::failure::Failure(other)),
    }
}
