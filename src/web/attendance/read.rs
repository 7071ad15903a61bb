//! A register's address and its fields, read as strictly as they are kept.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use school::{
    Error, Result, Uuid,
    attendance::{mark::NewMark, register::Key},
    text,
};
use serde::Deserialize;

use crate::web::{dates, form::Fields};

/// The longest remark, in characters.
const REMARK: usize = 200;

/// `/registers/{class}/{day}/{slot}`
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Address {
    class: Uuid,
    day: String,
    slot: String,
}

/// `/registers/{class}/{day}/{slot}/marks/{student}`
#[derive(Clone, Debug, Deserialize)]
pub(super) struct MarkAddress {
    class: Uuid,
    day: String,
    slot: String,
    student: Uuid,
}

impl Address {
    /// Which register, if the address names one.
    pub(super) fn key(&self) -> Result<Key> {
        let day: NaiveDate = dates::read_day(&self.day).ok_or(Error::NotFound)?;
        let known =
            ["day", "am", "pm"].contains(&self.slot.as_str()) || dates::read_time(&self.slot).is_some();
        if known { Ok(Key { class: self.class, day, slot: self.slot.clone() }) } else { Err(Error::NotFound) }
    }
}

impl MarkAddress {
    /// Which register and whose row.
    pub(super) fn key(&self) -> Result<(Key, Uuid)> {
        let address = Address { class: self.class, day: self.day.clone(), slot: self.slot.clone() };
        Ok((address.key()?, self.student))
    }
}

/// What is wrong with a row: a message by each field's name.
pub(super) type Wrong = BTreeMap<&'static str, String>;

/// One row's fields, each named alone.
pub(super) fn mark(student: Uuid, fields: &Fields) -> (NewMark, Wrong) {
    one(student, |name| fields.sent(name))
}

/// Every row's fields of a whole register, each named `field[student]`.
pub(super) fn marks(fields: &Fields) -> Vec<(NewMark, Wrong)> {
    let students = fields.0.keys().filter_map(|name| {
        let student = name.strip_prefix("version[")?.strip_suffix(']')?;
        Uuid::parse_str(student).ok()
    });
    students.map(|student| one(student, |name| fields.sent(&format!("{name}[{student}]")))).collect()
}

fn one<'f>(student: Uuid, sent: impl Fn(&'static str) -> Option<&'f str>) -> (NewMark, Wrong) {
    let mut wrong = Wrong::new();
    let field = |name| sent(name).unwrap_or_default();
    let minutes = minutes(field("minutes")).unwrap_or_else(|reason| note(&mut wrong, "minutes", reason));
    let arrived = time(field("arrived")).unwrap_or_else(|reason| note(&mut wrong, "arrived", reason));
    let left = time(field("left")).unwrap_or_else(|reason| note(&mut wrong, "left", reason));
    let remark = sent("remark").map(|typed| text::line(typed, REMARK)).transpose();
    let remark = remark.unwrap_or_else(|reason| note(&mut wrong, "remark", reason));
    let version = field("version").parse().unwrap_or_default();
    let mark = NewMark {
        student,
        code: field("code").to_owned(),
        here: field("here") == "1",
        minutes,
        arrived,
        left,
        remark,
        version,
    };
    (mark, wrong)
}

fn note<T>(wrong: &mut Wrong, field: &'static str, reason: String) -> Option<T> {
    wrong.insert(field, reason);
    None
}

fn minutes(typed: &str) -> Result<Option<i16>, String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let plain = typed.bytes().all(|byte| byte.is_ascii_digit());
    let minutes = typed.parse().ok().filter(|minutes| plain && (1..=999).contains(minutes));
    minutes.map(Some).ok_or_else(|| "Minutes are a whole number from 1 to 999.".to_owned())
}

fn time(typed: &str) -> Result<Option<chrono::NaiveTime>, String> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    dates::read_time(typed).map(Some).ok_or_else(|| "Write a time such as 13:30.".to_owned())
}
