//! One field of a form at a time: what was typed becomes a value, or leaves a message by the field.

use chrono::{NaiveDate, NaiveTime};
use school::{Uuid, access::email::Email, text};

use super::{dates, form::Errors};

impl Errors {
    /// One line of text that may be left out, of at most `max` characters.
    pub fn line(&mut self, field: &'static str, typed: &str, max: usize) -> Option<String> {
        match text::line(typed, max) {
            Ok(line) => Some(line).filter(|line| !line.is_empty()),
            Err(message) => {
                self.add(field, message);
                None
            }
        }
    }

    /// One line of text that must be there.
    pub fn needed(&mut self, field: &'static str, typed: &str, max: usize) -> String {
        let line = self.line(field, typed, max);
        self.required(field, line, "Fill this in.").unwrap_or_default()
    }

    /// An e-mail address that may be left out.
    pub fn email(&mut self, field: &'static str, typed: &str) -> Option<String> {
        let typed = Some(typed).filter(|typed| !typed.trim().is_empty())?;
        match Email::read(typed) {
            Ok(email) => Some(email.typed().to_owned()),
            Err(message) => {
                self.add(field, message);
                None
            }
        }
    }

    /// A BCP 47 tag that may be left out.
    pub fn language(&mut self, field: &'static str, typed: &str) -> Option<String> {
        let tag = self.line(field, typed, 20)?;
        let mut parts = tag.split('-');
        let is_language = parts.next().is_some_and(|language| {
            (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        });
        let is_tag = parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        if is_language && is_tag {
            return Some(tag);
        }
        self.add(field, "Write a language tag, such as so, uk or zh-Hans.");
        None
    }

    /// A day that may be left out.
    pub fn day(&mut self, field: &'static str, typed: &str) -> Option<NaiveDate> {
        let typed = Some(typed).filter(|typed| !typed.trim().is_empty())?;
        let day = dates::read_day(typed);
        self.required(field, day, "Write a day as year-month-day, such as 2026-09-01.")
    }

    /// A day that must be there.
    pub fn needed_day(&mut self, field: &'static str, typed: &str) -> NaiveDate {
        let day = self.day(field, typed);
        self.required(field, day, "Choose a day.").unwrap_or_default()
    }

    /// A day that may be left out and is not ahead.
    pub fn past_day(&mut self, field: &'static str, typed: &str, today: NaiveDate) -> Option<NaiveDate> {
        let day = self.day(field, typed)?;
        if day <= today {
            return Some(day);
        }
        self.add(field, format!("{} lies in the future.", dates::full(&day)));
        None
    }

    /// An hour and minute that may be left out.
    pub fn time(&mut self, field: &'static str, typed: &str) -> Option<NaiveTime> {
        let typed = Some(typed).filter(|typed| !typed.trim().is_empty())?;
        self.required(field, dates::read_time(typed), "Write a time as hours and minutes, such as 12:00.")
    }

    /// A time of the day that must be there.
    pub fn needed_time(&mut self, field: &'static str, typed: &str) -> NaiveTime {
        self.required(field, dates::read_time(typed), "Write a time such as 08:30.").unwrap_or_default()
    }

    /// A number of a range that must be there.
    pub fn needed_count(
        &mut self,
        field: &'static str,
        typed: &str,
        range: std::ops::RangeInclusive<i16>,
    ) -> i16 {
        let message = format!("Write a number from {} to {}.", range.start(), range.end());
        let number = self.count(field, typed, range);
        self.required(field, number, &message).unwrap_or_default()
    }

    /// Something chosen from a list, if anything was.
    pub fn choice(&mut self, field: &'static str, typed: &str) -> Option<Uuid> {
        let typed = Some(typed).filter(|typed| !typed.is_empty())?;
        self.required(field, Uuid::parse_str(typed).ok(), "Choose one from the list.")
    }

    /// Something chosen from a list that must be.
    pub fn needed_choice(&mut self, field: &'static str, typed: &str) -> Uuid {
        let chosen = self.choice(field, typed);
        self.required(field, chosen, "Choose one from the list.").unwrap_or_default()
    }

    /// The boxes that were ticked in a list of which at least one must be.
    pub fn needed_choices(&mut self, field: &'static str, ticked: &str) -> Vec<Uuid> {
        let ids = ticked.lines().filter(|line| !line.is_empty()).map(|line| Uuid::parse_str(line).ok());
        let chosen = ids.collect::<Option<Vec<Uuid>>>().filter(|chosen| !chosen.is_empty());
        self.required(field, chosen, "Choose at least one campus from the list.").unwrap_or_default()
    }

    /// One of a list's words that must be there; `any` only fills the place of a word that is refused.
    pub fn needed_word<W>(&mut self, field: &'static str, named: Option<W>, any: W) -> W {
        self.required(field, named, "Choose one from the list.").unwrap_or(any)
    }

    /// A number of a range that may be left out.
    pub fn count(
        &mut self,
        field: &'static str,
        typed: &str,
        range: std::ops::RangeInclusive<i16>,
    ) -> Option<i16> {
        let typed = Some(typed.trim()).filter(|typed| !typed.is_empty())?;
        let number = typed
            .parse()
            .ok()
            .filter(|number| range.contains(number) && typed.bytes().all(|b| b.is_ascii_digit()));
        let message = format!("Write a number from {} to {}.", range.start(), range.end());
        self.required(field, number, &message)
    }

    /// A whole number of a range that must be there.
    pub fn needed_whole(
        &mut self,
        field: &'static str,
        typed: &str,
        range: std::ops::RangeInclusive<i32>,
    ) -> i32 {
        let message = format!("Write a number from {} to {}.", range.start(), range.end());
        let digits = Some(typed.trim()).filter(|typed| typed.bytes().all(|byte| byte.is_ascii_digit()));
        let number = digits.and_then(|digits| digits.parse().ok()).filter(|number| range.contains(number));
        self.required(field, number, &message).unwrap_or_default()
    }

    /// Notes a message where there is no value.
    pub fn required<T>(&mut self, field: &'static str, value: Option<T>, message: &str) -> Option<T> {
        if value.is_none() {
            self.add(field, message);
        }
        value
    }

    /// The value, unless anything is wrong.
    ///
    /// # Errors
    /// The messages.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
}
