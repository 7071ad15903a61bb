//! Wrong guesses by network address, with a ladder of delays that a school behind one address does not meet.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{PgConnection, prelude::*};
use schema::sign_in_failures;

use crate::{clock::new_id, error::Result, sql::count_failure_from};

/// Counts one wrong guess from a network; one is forgiven every minute. A network that is new here makes room for
/// itself: those that were quiet for a week are forgotten altogether.
pub(crate) fn count(network: &str, now: DateTime<Utc>, conn: &mut PgConnection) -> Result<()> {
    let failures: i32 = diesel::select(count_failure_from(network, now)).get_result(conn)?;
    if failures == 1 {
        let quiet = sign_in_failures::failed_at.lt(now - TimeDelta::weeks(1));
        diesel::delete(sign_in_failures::table.filter(quiet)).execute(conn)?;
    }
    Ok(())
}

/// Counts a wrong guess at an address that nobody has, in one of a few rows that nobody asks for: it writes to the disk as
/// often as a guess at somebody's, so that the clock does not tell them apart.
pub(crate) fn count_for_nobody(now: DateTime<Utc>, conn: &mut PgConnection) -> Result<()> {
    let [.., last] = *new_id().as_bytes();
    count(&format!("nobody {}", last % 16), now, conn)
}

/// The seconds that a network has to wait, if any.
pub(crate) fn wait(network: &str, now: DateTime<Utc>, conn: &mut PgConnection) -> Result<Option<u64>> {
    let counted: Option<(i32, DateTime<Utc>)> = sign_in_failures::table
        .find(network)
        .select((sign_in_failures::failures, sign_in_failures::failed_at))
        .first(conn)
        .optional()?;
    Ok(counted.and_then(|(failures, last)| left(failures, last, now)))
}

/// The seconds left to wait; nobody waits for a clock that was set back.
fn left(failures: i32, last: DateTime<Utc>, now: DateTime<Utc>) -> Option<u64> {
    let passed = now - last;
    if passed < -LONGEST {
        return None;
    }
    let passed = passed.max(TimeDelta::zero());
    let left = delay(i64::from(failures) - passed.num_minutes()) - passed;
    u64::try_from(left.num_seconds()).ok().filter(|seconds| *seconds > 0)
}

/// The longest that a network waits.
const LONGEST: TimeDelta = TimeDelta::seconds(10);

fn delay(failures: i64) -> TimeDelta {
    match failures {
        ..300 => TimeDelta::zero(),
        300..1000 => TimeDelta::seconds(2),
        1000.. => LONGEST,
    }
}

/// The network that an address belongs to: an IPv6 customer has a whole /64 and would otherwise guess from each address in it.
pub(crate) fn network(address: &str) -> String {
    match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Ok(IpAddr::V4(address)) => address.to_string(),
        Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::{delay, left, network};

    #[test]
    fn a_whole_ipv6_network_counts_as_one_t31() {
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_eq!(network("2001:db8:1:2::9"), network("2001:db8:1:2:ffff::1"));
        assert_ne!(network("2001:db8:1:3::9"), network("2001:db8:1:2::9"));
    }

    #[test]
    fn one_ipv4_address_is_one_network_however_written_t31() {
        assert_eq!(network("::ffff:192.0.2.7"), network("192.0.2.7"));
        assert_eq!(network("not an address"), "");
    }

    #[test]
    fn a_clock_that_goes_back_makes_nobody_wait_longer_t62() {
        let now = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(20_000);

        assert_eq!(left(400, now, now), Some(2));
        assert_eq!(left(400, now + TimeDelta::milliseconds(3), now), Some(2));
        assert_eq!(left(400, now + TimeDelta::hours(1), now), None);
        assert_eq!(left(400, now - TimeDelta::hours(2), now), None);
        assert_eq!(left(3, now + TimeDelta::days(200), now), None);
    }

    #[test]
    fn a_school_behind_one_address_does_not_meet_the_ladder() {
        assert!(delay(299).is_zero());
        assert_eq!(delay(300).num_seconds(), 2);
        assert_eq!(delay(100_000).num_seconds(), 10);
    }
}
