//! What mail says about somebody's own account: their address, and how they come in.

use school::{
    access::{address, mail::Letter},
    words::MailKind,
};

use super::letters::Words;

/// What to do when it was somebody else.
const NOT_YOU: &str = "If it was not you, change your password at once and tell your school’s administrator.";

/// The words of a kind of mail.
pub(super) fn words(kind: MailKind, letter: &Letter, place: &str) -> Words {
    match kind {
        MailKind::EmailVerification => verification(place, &letter.to),
        MailKind::EmailChange => change(place, &letter.to),
        MailKind::EmailChangeAsked => told(
            format!("Another address for your account at {place}"),
            format!(
                "Somebody who knows your password wants your account at {place} to have another address. It changes once a link that went there is used."
            ),
        ),
        MailKind::SignInStolen => told_of_theft(place),
        MailKind::SignOnTied => told(
            format!("You sign in at {place} with the school’s account"),
            format!(
                "From now on the account that the school gave you elsewhere opens your account at {place}: somebody signed in with it just now."
            ),
        ),
        MailKind::EmailChanged => told(
            format!("Your address at {place} was changed"),
            format!(
                "Your account at {place} has another address: from now on you sign in as {}. Whoever was signed in elsewhere is signed out.",
                letter.email
            ),
        ),
        kind => of_codes(kind, place),
    }
}

/// The words of a mail about the second factor.
fn of_codes(kind: MailKind, place: &str) -> Words {
    match kind {
        MailKind::SecondFactorSetUp => told(
            format!("Your account at {place} asks for a code now"),
            format!(
                "A second factor was set up for your account at {place}. From now on signing in asks for a code of your app, too. Whoever was signed in elsewhere is signed out."
            ),
        ),
        MailKind::SecondFactorRemoved => told(
            format!("Your account at {place} asks for no code any more"),
            format!(
                "The second factor of your account at {place} was taken away. Signing in asks for the password alone, or to set up another where your role demands one."
            ),
        ),
        MailKind::RecoveryCodesMade => told(
            format!("New recovery codes at {place}"),
            format!(
                "New recovery codes were made for your account at {place}. Those before open nothing any more."
            ),
        ),
        _ => told(
            format!("A recovery code was used at {place}"),
            format!(
                "One of the recovery codes of your account at {place} was used just now in place of a code of your app."
            ),
        ),
    }
}

fn verification(place: &str, address: &str) -> Words {
    Words {
        subject: format!("Is this your address at {place}?"),
        before: vec![format!(
            "Your account at {place} has the address {address}. Follow the link, so that {place} knows that mail reaches you."
        )],
        called: "Confirm the address",
        after: vec![lasts(), "If you have no account there, do nothing.".to_owned()],
        ..Words::default()
    }
}

fn change(place: &str, address: &str) -> Words {
    Words {
        subject: format!("Your new address at {place}"),
        before: vec![format!(
            "Somebody wants to sign in at {place} as {address}. If it was you, follow the link; before that nothing changes."
        )],
        called: "Use this address",
        after: vec![lasts(), "If it was not you, do nothing.".to_owned()],
        ..Words::default()
    }
}

fn told_of_theft(place: &str) -> Words {
    Words {
        subject: format!("You were signed out at {place}"),
        before: vec![
            format!("A browser in which you stayed signed in at {place} was signed out, because what it holds to stay so was used a second time. Somebody may have copied it."),
            "Sign in again. If you did not move or restore this browser yourself, change your password, too, and tell your school’s administrator.".to_owned(),
        ],
        ..Words::default()
    }
}

fn lasts() -> String {
    let minutes = address::LASTS.num_minutes();
    format!("The link opens once, within {minutes} minutes.")
}

/// Something happened that somebody ought to know.
fn told(subject: String, what: String) -> Words {
    let after = format!("If it was you, there is nothing to do. {NOT_YOU}");
    Words { subject, before: vec![what, after], ..Words::default() }
}
