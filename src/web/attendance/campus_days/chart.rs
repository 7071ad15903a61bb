//! A campus's year as a line: the attended share of each day.

use chrono::{Datelike, NaiveDate};
use school::{
    academics::year::AcademicYear,
    attendance::campus_day::{CampusDay, CampusYear, Numbers},
};

use crate::web::{dates, figures};

/// The picture's size in units, and what its axes take of it.
const WIDTH: i64 = 720;
const HEIGHT: i64 = 150;
const LEFT: i64 = 40;
const TOP: i64 = 10;
const BOTTOM: i64 = 22;
/// Days without a number after which the line is broken: longer than a weekend with a holiday beside it.
const GAP: i64 = 5;
/// A whole share, in hundredths of a percent.
const WHOLE: i64 = 10_000;

/// The picture, the sentence that says the same, and the table beneath.
pub(super) struct Chart {
    pub(super) width: i64,
    pub(super) height: i64,
    /// The line, as a path.
    pub(super) path: String,
    /// Days that stand alone.
    pub(super) dots: Vec<(i64, i64)>,
    /// Where the rules are, and what they say.
    pub(super) rules: Vec<(i64, String)>,
    /// Where the months begin.
    pub(super) months: Vec<(i64, String)>,
    /// What the picture shows, in words.
    pub(super) sentence: String,
    /// The share of each month, weighted by who was enrolled.
    pub(super) by_month: Vec<(NaiveDate, String)>,
}

impl Chart {
    /// Nothing where no day has numbers.
    pub(super) fn of(of: &CampusYear, year: &AcademicYear) -> Option<Self> {
        let known = |day: &CampusDay| day.numbers().map(|numbers| (day.day, numbers));
        let counts = |day: &&CampusDay| day.has_school && year.includes(day.day);
        let days: Vec<(NaiveDate, Numbers)> = of.days.iter().filter(counts).filter_map(known).collect();
        let lowest = days.iter().map(|(_, numbers)| i64::from(numbers.hundredths)).min()?;
        // Room below the lowest, to a whole ten percent; never so little that small differences look large.
        let floor = (lowest / 1000 * 1000).clamp(0, WHOLE - 2000);
        let axes = Axes { first: year.start_date, last: year.end_date, floor };
        let (path, dots) = axes.line(&days);
        Some(Self {
            width: WIDTH,
            height: HEIGHT,
            path,
            dots,
            rules: axes.rules(),
            months: axes.months(),
            sentence: sentence(&of.campus.name, &days)?,
            by_month: by_month(&days),
        })
    }
}

struct Axes {
    first: NaiveDate,
    last: NaiveDate,
    floor: i64,
}

impl Axes {
    fn x(&self, day: NaiveDate) -> i64 {
        let days = (self.last - self.first).num_days().max(1);
        LEFT + (day - self.first).num_days() * (WIDTH - LEFT - 8) / days
    }

    fn y(&self, hundredths: i64) -> i64 {
        let room = HEIGHT - TOP - BOTTOM;
        TOP + (WHOLE - hundredths.clamp(self.floor, WHOLE)) * room / (WHOLE - self.floor).max(1)
    }

    fn line(&self, days: &[(NaiveDate, Numbers)]) -> (String, Vec<(i64, i64)>) {
        let (mut path, mut dots) = (String::new(), Vec::new());
        for stretch in days.chunk_by(|(one, _), (next, _)| (*next - *one).num_days() <= GAP) {
            let points = stretch.iter().map(|(day, share)| (self.x(*day), self.y(share.hundredths.into())));
            if stretch.len() == 1 {
                dots.extend(points);
                continue;
            }
            for (at, (x, y)) in points.enumerate() {
                path.push_str(&point(at == 0, x, y));
            }
        }
        (path, dots)
    }

    fn rules(&self) -> Vec<(i64, String)> {
        let middle = self.floor + (WHOLE - self.floor) / 2;
        [WHOLE, middle, self.floor].map(|share| (self.y(share), format!("{} %", share / 100))).into()
    }

    fn months(&self) -> Vec<(i64, String)> {
        let begins = self.first.iter_days().take_while(|day| *day <= self.last);
        let begins = begins.filter(|day| day.day() == 1 || *day == self.first);
        let named: Vec<_> = begins.map(|day| (self.x(day), day.format("%b").to_string())).collect();
        // A year that begins at the end of a month has no room for that month's name.
        let crowded = named.get(1).is_some_and(|(x, _)| x - LEFT < 24);
        named.into_iter().skip(usize::from(crowded)).filter(|(x, _)| *x < WIDTH - 24).collect()
    }
}

fn point(is_first: bool, x: i64, y: i64) -> String {
    format!("{}{x} {y}", if is_first { "M" } else { "L" })
}

fn sentence(campus: &str, days: &[(NaiveDate, Numbers)]) -> Option<String> {
    let (first, last) = (days.first()?.0, days.last()?.0);
    let lowest = days.iter().min_by_key(|(_, numbers)| numbers.hundredths)?;
    let highest = days.iter().max_by_key(|(_, numbers)| numbers.hundredths)?;
    if first == last {
        let (day, whole) = (dates::full(&first), mean(days.iter().map(|(_, numbers)| numbers)));
        return Some(format!("Attended share at {campus} on {day}: {whole}."));
    }
    let on = |(day, numbers): &(NaiveDate, Numbers)| {
        format!("{} on {}", figures::share(&numbers.hundredths), dates::weekday(day))
    };
    Some(format!(
        "Attended share at {campus} on {} days from {} to {}: {} on the whole, lowest {}, highest {}.",
        days.len(),
        dates::full(&first),
        dates::full(&last),
        mean(days.iter().map(|(_, numbers)| numbers)),
        on(lowest),
        on(highest),
    ))
}

fn mean<'n>(numbers: impl Iterator<Item = &'n Numbers>) -> String {
    let (sum, enrolled) = numbers.fold((0, 0), |(sum, enrolled), one| {
        let weight = i64::from(one.enrolled);
        (sum + weight * i64::from(one.hundredths), enrolled + weight)
    });
    figures::share(&i32::try_from((sum + enrolled / 2) / enrolled.max(1)).unwrap_or_default())
}

fn by_month(days: &[(NaiveDate, Numbers)]) -> Vec<(NaiveDate, String)> {
    let month = |day: &NaiveDate| (day.year(), day.month());
    days.chunk_by(|(one, _), (next, _)| month(one) == month(next))
        .filter_map(|days| Some((days.first()?.0, mean(days.iter().map(|(_, numbers)| numbers)))))
        .collect()
}
