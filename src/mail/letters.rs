//! What mail says: a text and the same as HTML.

use askama::Template;
use lettre::{
    Message,
    message::{Mailbox, MultiPart},
};
use school::{
    access::{mail::Letter, session::Token},
    words::{LinkPurpose, MailKind},
};

use super::{PostOffice, own_account};

/// A mail's words: paragraphs, and between them one link at most.
#[derive(Template)]
#[template(path = "mail/letter.html")]
struct Html<'l> {
    words: &'l Words,
}

#[derive(Template)]
#[template(path = "mail/letter.txt")]
struct Plain<'l> {
    words: &'l Words,
}

#[derive(Default)]
pub(super) struct Words {
    pub(super) subject: String,
    pub(super) greeting: String,
    pub(super) before: Vec<String>,
    pub(super) link: Option<String>,
    /// What the link is for.
    pub(super) called: &'static str,
    pub(super) after: Vec<String>,
}

impl Words {
    fn of(letter: &Letter, base_url: &str) -> Self {
        let place = letter.organization.as_deref().unwrap_or("Belfry");
        let words = match letter.kind {
            MailKind::PasswordReset => Self::of_a_reset(place),
            MailKind::Invitation => Self::of_an_invitation(place, &letter.to),
            MailKind::PasswordChanged => Self::of_a_change(place),
            kind => own_account::words(kind, letter, place),
        };
        let token = letter.link.as_ref().map(Token::written);
        let page = match letter.kind {
            MailKind::EmailVerification | MailKind::EmailChange => "email-confirmation",
            _ => "password-reset",
        };
        let address = |token| format!("{}/{page}/{token}", base_url.trim_end_matches('/'));
        Self {
            greeting: format!("Hello {} {},", letter.first_name, letter.last_name),
            link: token.map(address),
            ..words
        }
    }

    fn of_a_reset(place: &str) -> Self {
        let minutes = LinkPurpose::PasswordReset.lasts().num_minutes();
        Self {
            subject: format!("A new password for {place}"),
            before: vec![format!("Somebody asked for a new password for your account at {place}.")],
            called: "Choose a new password",
            after: vec![
                format!("The link opens once, within {minutes} minutes."),
                "If it was not you, do nothing: your password stays as it is.".to_owned(),
            ],
            ..Self::default()
        }
    }

    fn of_an_invitation(place: &str, email: &str) -> Self {
        let days = LinkPurpose::Invitation.lasts().num_days();
        Self {
            subject: format!("Your account at {place}"),
            before: vec![format!(
                "{place} uses Belfry, and there is an account for you. You sign in as {email}."
            )],
            called: "Choose your password",
            after: vec![format!(
                "The link opens once, within {days} days. Later, ask your school’s administrator for another."
            )],
            ..Self::default()
        }
    }

    fn of_a_change(place: &str) -> Self {
        Self {
            subject: format!("Your password at {place} was changed"),
            before: vec![
                format!("The password of your account at {place} was changed just now. Whoever was signed in with it is signed out."),
                "If it was you, there is nothing to do. If not, ask for a new password at once and tell your school’s administrator.".to_owned(),
            ],
            ..Self::default()
        }
    }
}

/// The mail itself. Every attempt makes the same Message-ID, so that a second copy is known as one.
pub(super) fn message(letter: &Letter, office: &PostOffice) -> Result<Message, String> {
    let words = Words::of(letter, &office.base_url);
    let said = |error: &dyn std::fmt::Display| error.to_string();
    let address = letter.to.parse().map_err(|error| said(&error))?;
    let text = Plain { words: &words }.render().map_err(|error| said(&error))?;
    let html = Html { words: &words }.render().map_err(|error| said(&error))?;
    Message::builder()
        .message_id(Some(format!("<{}@{}>", letter.id, office.from.email.domain())))
        .from(office.from.clone())
        .to(Mailbox::new(Some(format!("{} {}", letter.first_name, letter.last_name)), address))
        .subject(&words.subject)
        .multipart(MultiPart::alternative_plain_html(text, html))
        .map_err(|error| said(&error))
}
