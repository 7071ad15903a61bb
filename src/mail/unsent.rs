//! Why a mail could not be sent.

use std::io::{self, ErrorKind};

use lettre::transport::smtp;

/// Why a mail could not be sent.
pub(super) struct Unsent {
    /// In a sentence, as the mail server says it: for whoever looks after mail. People's addresses may stand in it.
    pub(super) sentence: String,
    /// Of what kind, for the program's log: nobody's address stands in it.
    pub(super) kind: String,
}

impl Unsent {
    /// It could not even be written.
    pub(super) fn unwritten(sentence: String) -> Self {
        Self { sentence, kind: "it could not be written".to_owned() }
    }

    /// The folder did not take it.
    pub(super) fn in_folder(error: &io::Error) -> Self {
        let sentence = match error.kind() {
            ErrorKind::StorageFull => "The disk is full.".to_owned(),
            _ => format!("The mail folder cannot be written: {error}."),
        };
        Self { sentence, kind: error.kind().to_string() }
    }

    /// The mail server did not take it, or did not answer.
    pub(super) fn by_server(error: &smtp::Error) -> Self {
        let kind = match error.status() {
            Some(code) => format!("the mail server answered {code}"),
            None if error.is_timeout() => "the mail server did not answer in time".to_owned(),
            None if error.is_tls() => "no encrypted connection to the mail server".to_owned(),
            None if error.is_response() => "the mail server’s answer cannot be read".to_owned(),
            None if error.is_client() => "the mail server cannot do what is needed".to_owned(),
            None => "no connection to the mail server".to_owned(),
        };
        Self { sentence: error.to_string(), kind }
    }
}
