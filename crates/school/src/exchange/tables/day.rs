//! Days as tables write them: the year first, the month first or the day first, told by the whole column.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// In which order a day is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayOrder {
    /// 2026-08-31
    YearFirst,
    /// 8/31/2026
    MonthFirst,
    /// 31.8.2026
    DayFirst,
}

/// What the days of a table say about their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// All of them can be read in one order, and in no other.
    Only(DayOrder),
    /// Month or day may stand first: somebody has to say.
    Unclear,
    /// There are no days.
    Nothing,
}

impl DayOrder {
    /// The usual one first.
    pub const ALL: [Self; 3] = [Self::YearFirst, Self::MonthFirst, Self::DayFirst];

    /// The word in forms.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::YearFirst => "year_first",
            Self::MonthFirst => "month_first",
            Self::DayFirst => "day_first",
        }
    }

    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::YearFirst => "Year first: 2026-08-31",
            Self::MonthFirst => "Month first: 8/31/2026",
            Self::DayFirst => "Day first: 31/8/2026",
        }
    }

    /// A day written so.
    #[must_use]
    pub fn example(self) -> &'static str {
        match self {
            Self::YearFirst => "2026-08-31",
            Self::MonthFirst => "8/31/2026",
            Self::DayFirst => "31/8/2026",
        }
    }

    /// The order that a word names.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.word() == word)
    }

    /// Which order the days of a table are written in. Days in the usual order, as a workbook has them, fit any other.
    pub(super) fn told_by<'v>(values: impl Iterator<Item = &'v str>) -> Told {
        let (mut any, mut parted, mut month, mut day) = (false, false, true, true);
        for value in values {
            let Some((parts, separator)) = parts(value) else { continue };
            any = true;
            if parts[0] < 1000 {
                parted = true;
                month &= parts[0] <= 12 && separator != '.';
                day &= parts[1] <= 12;
            }
        }
        match (any, parted, month, day) {
            (false, ..) => Told::Nothing,
            (true, false, ..) => Told::Only(Self::YearFirst),
            (.., true, false) => Told::Only(Self::MonthFirst),
            (.., false, true) => Told::Only(Self::DayFirst),
            _ => Told::Unclear,
        }
    }

    /// The day that is written, if it is one between 1900 and 2200. The year first is understood in any order, and a time
    /// behind the day is left out.
    pub(super) fn read(self, value: &str) -> Option<NaiveDate> {
        let ([first, second, third], _) = parts(value)?;
        let (year, month, day) = match self {
            _ if first >= 1000 => (first, second, third),
            Self::YearFirst => return None,
            Self::MonthFirst => (third, first, second),
            Self::DayFirst => (third, second, first),
        };
        let day = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
        (1900..2200).contains(&day.year()).then_some(day)
    }
}

/// Three numbers of at most four digits, all parted by the same sign, and that sign.
fn parts(value: &str) -> Option<([u32; 3], char)> {
    let date = value.trim().split(['T', ' ']).next()?;
    let separator = date.chars().find(|letter| !letter.is_ascii_digit())?;
    let mut parts = date.split(separator).map(|part| {
        let plain = (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse().ok().filter(|_| plain)
    });
    let found = [parts.next()??, parts.next()??, parts.next()??];
    ("-/.".contains(separator) && parts.next().is_none()).then_some((found, separator))
}

#[cfg(test)]
mod tests {
    use super::{DayOrder, Told};

    fn told(values: &[&str]) -> Told {
        DayOrder::told_by(values.iter().copied())
    }

    #[test]
    fn a_column_tells_its_order_where_one_of_its_days_can_be_read_in_one_way_only() {
        assert_eq!(told(&["3/4/2009", "12/22/2009"]), Told::Only(DayOrder::MonthFirst));
        assert_eq!(told(&["3/4/2009", "22/12/2009"]), Told::Only(DayOrder::DayFirst));
        assert_eq!(told(&["3.4.2009"]), Told::Only(DayOrder::DayFirst));
        assert_eq!(told(&["2009-04-03", "2009-12-22 00:00:00"]), Told::Only(DayOrder::YearFirst));
        assert_eq!(told(&["2009-04-03", "3/14/2009"]), Told::Only(DayOrder::MonthFirst));
    }

    #[test]
    fn what_may_be_read_both_ways_or_neither_is_asked_about() {
        assert_eq!(told(&["3/4/2009", "1/1/2010"]), Told::Unclear);
        assert_eq!(told(&["13/4/2009", "4/13/2009"]), Told::Unclear);
        assert_eq!(told(&["", "soon"]), Told::Nothing);
    }

    #[test]
    fn only_days_that_exist_are_read() {
        let read = |order: DayOrder, value| order.read(value).map(|day| day.to_string());
        assert_eq!(read(DayOrder::MonthFirst, "2/3/2010").as_deref(), Some("2010-02-03"));
        assert_eq!(read(DayOrder::DayFirst, "02.03.2010").as_deref(), Some("2010-03-02"));
        assert_eq!(read(DayOrder::MonthFirst, "2010-02-03T08:30:00").as_deref(), Some("2010-02-03"));
        for wrong in [
            "0000-00-00",
            "2023-02-29",
            "10000-01-01",
            "infinity",
            "-4713-01-01",
            "2/3/10",
            "2010-2/3",
            "20100203",
            "",
            "1899-12-31",
            "2010-02-03-04",
            "+2010-02-03",
            "２０１０-02-03",
        ] {
            assert_eq!(read(DayOrder::MonthFirst, wrong), None, "{wrong}");
        }
    }
}
