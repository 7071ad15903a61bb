//! The mail that a school's server sends, read as its receivers do.

use belfry::mail::{Outbox, PostOffice, send_one};
use mail_parser::MessageParser;

use super::School;

/// What links in the tests' mail begin with.
pub(crate) const BASE: &str = "https://belfry.school.example";

/// A mail as somebody reads it.
pub(crate) struct Received {
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
}

impl Received {
    /// The path of the one link in it.
    pub(crate) fn path(&self) -> String {
        let links: Vec<&str> = self.text.lines().filter_map(|line| line.strip_prefix(BASE)).collect();
        assert_eq!(links.len(), 1, "{}", self.text);
        links[0].trim().to_owned()
    }
}

impl School {
    /// Sends everything that waits and reads what came.
    pub(crate) fn post_comes(&self) -> Vec<Received> {
        self.post_comes_to(self.organization)
    }

    /// The same of another organization that this school's server looks after.
    pub(crate) fn post_comes_to(&self, organization: school::Uuid) -> Vec<Received> {
        let folder = tempfile::tempdir().unwrap();
        let outbox = Outbox::Folder(folder.path().to_owned());
        let office = PostOffice { whose: Some(organization), ..self.post_office(outbox) };
        while send_one(&office).unwrap() {}
        let mut files: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        files.iter().map(|file| read(&std::fs::read(file).unwrap())).collect()
    }

    /// An office that sends this school's mail and nobody else's.
    pub(crate) fn post_office(&self, outbox: Outbox) -> PostOffice {
        PostOffice {
            lobby: self.lobby.clone(),
            outbox,
            from: "Belfry <belfry@school.example>".parse().unwrap(),
            base_url: BASE.into(),
            whose: Some(self.organization),
        }
    }
}

/// Reads a mail as it is sent.
pub(crate) fn read(bytes: &[u8]) -> Received {
    let message = MessageParser::default().parse(bytes).unwrap();
    Received {
        to: message.to().unwrap().first().unwrap().address().unwrap().to_owned(),
        subject: message.subject().unwrap().to_owned(),
        text: message.body_text(0).unwrap().into_owned(),
        html: message.body_html(0).unwrap().into_owned(),
    }
}
