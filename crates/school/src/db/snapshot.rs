//! What a transaction can see of everybody else's, so that who looked can ask later whether anything is new to them.

use std::str::FromStr;

use super::Db;
use crate::{error::Result, permit::Permission, sql::is_changed_since};

/// The most transactions under way that are believed of a snapshot that comes from outside.
const MOST_UNDER_WAY: usize = 200;

/// Which transactions could be seen, as PostgreSQL writes it (functions-info, "pg_snapshot"): the first one still under
/// way, the first one not begun, and those between them under way.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct Snapshot(String);

impl Snapshot {
    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Snapshot {
    type Err = ();

    /// What the database would not take for one is none.
    fn from_str(written: &str) -> std::result::Result<Self, ()> {
        let number = |digits: &str| {
            let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            digits
                .parse::<u64>()
                .ok()
                .filter(|number| plain && *number <= u64::MAX >> 1 && number & 0xFFFF_FFFF != 0)
        };
        let mut parts = written.split(':');
        let (Some(first), Some(next), Some(between), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(());
        };
        let (first, next) = number(first).zip(number(next)).ok_or(())?;
        let under_way = between.split(',').filter(|_| !between.is_empty()).map(number);
        let under_way: Vec<u64> = under_way.collect::<Option<_>>().ok_or(())?;
        let stands = first <= next
            && under_way.len() <= MOST_UNDER_WAY
            && under_way.is_sorted_by(|one, other| one < other)
            && under_way.iter().all(|one| (first..next).contains(one));
        stands.then(|| Self(written.to_owned())).ok_or(())
    }
}

impl<P: Permission> Db<'_, P> {
    /// What this transaction could see when it began; nothing on a visit and while a school is being seeded.
    #[must_use]
    pub fn snapshot(&self) -> Option<&Snapshot> {
        self.snapshot
    }

    /// Whether anything of the organization was changed that who had this snapshot did not see. What has no history of
    /// its own, such as somebody's name at another school, changes unnoticed.
    ///
    /// # Errors
    /// [`crate::Error::Unavailable`] when the database is away.
    pub fn is_changed_since(&mut self, seen: &Snapshot) -> Result<bool> {
        use diesel::RunQueryDsl as _;
        Ok(diesel::select(is_changed_since(self.organization, seen.as_str())).get_result(self.conn)?)
    }
}

#[cfg(test)]
mod tests {
    use super::Snapshot;

    #[test]
    fn what_the_database_writes_is_read() {
        for written in ["795:799:795,797", "10:10:", "4294967297:4294967299:4294967298"] {
            assert_eq!(written.parse::<Snapshot>().unwrap().as_str(), written);
        }
    }

    #[test]
    fn what_it_would_stumble_over_is_not() {
        let wrong = [
            "",
            "1",
            "1:2",
            "1:2:3:4",
            "2:1:",
            "0:5:",
            "3:9:2",
            "3:9:9",
            "3:9:5,4",
            "3:9:5,5",
            "3:9:5,",
            "a:b:",
            "+1:+2:",
            " 1:2:",
            "1:2:'; drop",
            "4294967296:4294967297:",
            "1:99999999999999999999:",
            "1:18446744073709551615:",
        ];
        for written in wrong {
            assert_eq!(written.parse::<Snapshot>(), Err(()), "{written}");
        }
    }
}
