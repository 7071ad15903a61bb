//! Mail that waits to be sent. What it says is written at the last moment, so no usable link ever waits here.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{PgConnection, dsl::auto_type, prelude::*, sql_types::Bool};
use schema::{organizations, outgoing_mail as mail, users};
use uuid::Uuid;

use super::{session::Token, user};
use crate::{
    clock::new_id,
    error::Result,
    words::{MailKind, RunStatus},
};

/// How often sending is tried before it is given up: the last waits are an hour each, so a day without a mail server is
/// survived.
const ATTEMPTS: i16 = 30;
/// How long the record of a mail is kept.
const KEPT: TimeDelta = TimeDelta::days(90);
/// Characters of what went wrong.
const SENTENCE: usize = 500;

/// A mail in the hands of whoever sends it.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Its id, the same at every attempt: receivers know a second copy by it.
    pub id: Uuid,
    pub(crate) user: Option<Uuid>,
    pub(crate) kind: MailKind,
    /// What it was asked for with; where it is about the address itself, where it goes.
    pub(crate) address: String,
    pub(crate) request_ip: String,
    attempt: i16,
}

/// A mail as it is to be written.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The mail's id.
    pub id: Uuid,
    /// The address it goes to.
    pub to: String,
    /// Whom it is for.
    pub first_name: String,
    /// Whom it is for.
    pub last_name: String,
    /// What their organization is called.
    pub organization: Option<String>,
    /// The address that they sign in with now.
    pub email: String,
    /// What it is about.
    pub kind: MailKind,
    /// The link in it, if there is one.
    pub link: Option<Token>,
}

impl MailKind {
    /// Whether it goes to the address that it was left for, whatever address the user has by then.
    pub(crate) fn is_about_an_address(self) -> bool {
        matches!(self, Self::EmailChange | Self::EmailChangeAsked | Self::EmailChanged)
    }
}

/// Who asked for a mail, and from where.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) address: &'a str,
    pub(crate) request_ip: &'a str,
    pub(crate) now: DateTime<Utc>,
}

/// Leaves a mail to be sent. Without a user nothing will be, and it takes as long.
pub(crate) fn leave(
    kind: MailKind,
    user: Option<Uuid>,
    asked: Asked<'_>,
    conn: &mut PgConnection,
) -> QueryResult<usize> {
    let theirs = users::table.filter(users::id.nullable().eq(user)).select(users::organization_id);
    diesel::insert_into(mail::table)
        .values((
            mail::id.eq(new_id()),
            mail::organization_id.eq(theirs.single_value()),
            mail::user_id.eq(user),
            mail::kind.eq(kind),
            mail::address.eq(asked.address),
            mail::request_ip.eq(asked.request_ip),
            mail::send_after.eq(asked.now),
            mail::created_at.eq(asked.now),
        ))
        .execute(conn)
}

/// The next mail that waits, of one organization where one is named, put off first so that nobody else sends it meanwhile.
/// Invitations come last: a school may send hundreds at once, and nobody sits waiting for one.
pub(crate) fn take(whose: Option<Uuid>, now: DateTime<Utc>, conn: &mut PgConnection) -> Result<Option<Mail>> {
    let found: Option<(Uuid, Option<Uuid>, MailKind, String, String, i16)> = mail::table
        .filter(whose.is_none().into_sql::<Bool>().or(mail::organization_id.is_not_distinct_from(whose)))
        .filter(mail::status.eq(RunStatus::Waiting))
        .filter(is_due(now))
        .order((mail::kind.eq(MailKind::Invitation), mail::send_after, mail::id))
        .select((mail::id, mail::user_id, mail::kind, mail::address, mail::request_ip, mail::attempts))
        .for_update()
        .skip_locked()
        .first(conn)
        .optional()?;
    let Some((id, user, kind, address, request_ip, attempts)) = found else { return Ok(None) };
    let attempt = attempts.saturating_add(1);
    diesel::update(mail::table.find(id))
        .set((mail::attempts.eq(attempt), mail::send_after.eq(now + patience(attempt))))
        .execute(conn)?;
    Ok(Some(Mail { id, user, kind, address, request_ip, attempt }))
}

/// A mail that was never tried is due at once, and so is one that was put off for longer than any wait: there a clock was set
/// back, and nobody waits for that.
#[auto_type(no_type_alias)]
fn is_due(now: DateTime<Utc>) -> _ {
    let longest: DateTime<Utc> = now + TimeDelta::hours(1);
    mail::send_after.le(now).or(mail::attempts.eq(0_i16)).or(mail::send_after.gt(longest))
}

/// How long a mail waits after an attempt that came to nothing: at most an hour.
fn patience(attempt: i16) -> TimeDelta {
    TimeDelta::seconds(match attempt {
        ..=1 => 30,
        2 => 120,
        3 => 600,
        _ => 3600,
    })
}

/// Whom a mail is for: address, first and last name, and what their organization is called.
pub(crate) type Reader = (String, String, String, Option<String>);

/// Whom a mail is for, if they may still have it.
pub(crate) fn reader(user: Uuid, conn: &mut PgConnection) -> QueryResult<Option<Reader>> {
    users::table
        .left_join(organizations::table)
        .filter(users::id.eq(user))
        .filter(user::may_come_in())
        .select((users::email, users::first_name, users::last_name, organizations::name.nullable()))
        .first(conn)
        .optional()
}

/// It is sent, or there was nobody to send it to.
pub(crate) fn settle(sent: Uuid, now: DateTime<Utc>, conn: &mut PgConnection) -> QueryResult<usize> {
    diesel::delete(mail::table.filter(mail::created_at.lt(now - KEPT))).execute(conn)?;
    diesel::update(mail::table.find(sent).filter(mail::status.eq(RunStatus::Waiting)))
        .set((mail::status.eq(RunStatus::Done), mail::ended_at.eq(now), mail::last_error.eq(None::<String>)))
        .execute(conn)
}

/// What waits to be sent to a user with a link to set a password by is not sent.
pub(crate) fn call_back(user: Uuid, now: DateTime<Utc>, conn: &mut PgConnection) -> QueryResult<usize> {
    diesel::update(mail::table)
        .filter(mail::user_id.eq(user))
        .filter(mail::status.eq(RunStatus::Waiting))
        .filter(mail::kind.eq_any([MailKind::PasswordReset, MailKind::Invitation]))
        .set((mail::status.eq(RunStatus::Cancelled), mail::ended_at.eq(now)))
        .execute(conn)
}

/// Whether a mail in hand is to be sent still. Its user is held, so that it is not called back meanwhile.
pub(crate) fn is_wanted(unsent: &Mail, user: Uuid, conn: &mut PgConnection) -> QueryResult<bool> {
    let _: Uuid = users::table.find(user).select(users::id).for_no_key_update().first(conn)?;
    let status = mail::table.find(unsent.id).select(mail::status).first(conn).optional()?;
    Ok(status == Some(RunStatus::Waiting))
}

/// It could not be sent; it waits longer each time and is given up in the end.
pub(crate) fn put_off(
    unsent: &Mail,
    why: &str,
    now: DateTime<Utc>,
    conn: &mut PgConnection,
) -> QueryResult<usize> {
    let why: String = why.chars().filter(|letter| !letter.is_control()).take(SENTENCE).collect();
    let gives_up = unsent.attempt >= ATTEMPTS;
    diesel::update(mail::table.find(unsent.id).filter(mail::status.eq(RunStatus::Waiting)))
        .set((
            mail::last_error.eq(why),
            mail::status.eq(if gives_up { RunStatus::Failed } else { RunStatus::Waiting }),
            mail::ended_at.eq(gives_up.then_some(now)),
        ))
        .execute(conn)
}
