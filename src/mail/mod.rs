//! Mail on its way out: taken from the queue in the database, written (`letters`), and sent or laid into a folder by the
//! one who delivers it (`postman`). No page waits for a mail server.

mod letters;
mod own_account;
mod postman;
mod unsent;

use std::{fs, path::PathBuf, time::Duration};

use lettre::{SmtpTransport, Transport, message::Mailbox};
use school::{Error, Result, Uuid, lobby::Lobby};

pub use postman::{PostBell, Postman};
use unsent::Unsent;

/// How long a mail server has for an answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where mail goes.
#[derive(Clone)]
pub enum Outbox {
    /// Each mail is a file: for the demonstration, and until a mail server is named.
    Folder(PathBuf),
    /// A mail server.
    Server(SmtpTransport),
}

impl Outbox {
    /// The mail server that a URL names, such as `smtps://user:password@mail.school.example`.
    ///
    /// # Errors
    /// A sentence when it is no such URL.
    pub fn server(url: &str) -> std::result::Result<Self, String> {
        let server = SmtpTransport::from_url(url).map_err(|_| {
            "That is no address of a mail server. Such is smtps://user:password@host.".to_owned()
        })?;
        Ok(Self::Server(server.timeout(Some(PATIENCE)).build()))
    }

    /// Sends it; a folder keeps one file of a mail, however often it is sent.
    fn take(&self, id: Uuid, message: &lettre::Message) -> std::result::Result<(), Unsent> {
        match self {
            Self::Folder(folder) => {
                let laid = fs::create_dir_all(folder)
                    .and_then(|()| fs::write(folder.join(format!("{id}.eml")), message.formatted()));
                laid.map_err(|error| Unsent::in_folder(&error))
            }
            Self::Server(server) => {
                server.send(message).map(|_| ()).map_err(|error| Unsent::by_server(&error))
            }
        }
    }
}

/// Where mail is written and sent.
#[derive(Clone)]
pub struct PostOffice {
    /// The way in.
    pub lobby: Lobby,
    /// Where mail goes.
    pub outbox: Outbox,
    /// In whose name it is sent.
    pub from: Mailbox,
    /// What every link begins with: never what a request says of itself.
    pub base_url: String,
    /// Only one organization's mail, where one is named.
    pub whose: Option<Uuid>,
}

/// Sends the next mail; answers whether there was one.
///
/// # Errors
/// [`school::Error::Unavailable`] when the database is away; then the mail waits.
pub fn send_one(office: &PostOffice) -> Result<bool> {
    let Some(mail) = office.lobby.next_mail(office.whose)? else { return Ok(false) };
    let sent = match office.lobby.write_mail(&mail) {
        Ok(Some(letter)) => {
            let written = letters::message(&letter, office).map_err(Unsent::unwritten);
            written.and_then(|message| office.outbox.take(letter.id, &message))
        }
        Ok(None) => Ok(()),
        Err(Error::Unavailable) => return Err(Error::Unavailable),
        // A mail that cannot be written keeps none behind it waiting.
        Err(error) => {
            let source = std::error::Error::source(&error).map(ToString::to_string);
            tracing::error!(mail = %mail.id, source, "a mail could not be written");
            Err(Unsent::unwritten(error.to_string()))
        }
    };
    match sent {
        Ok(()) => office.lobby.mail_sent(&mail)?,
        Err(unsent) => {
            tracing::warn!(mail = %mail.id, "a mail could not be sent: {}", unsent.kind);
            office.lobby.mail_not_sent(&mail, &unsent.sentence)?;
        }
    }
    Ok(true)
}
