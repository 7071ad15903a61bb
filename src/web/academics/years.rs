//! School years: the list, and a year's own page with its terms.

mod edit;
mod form;
mod new;

use actix_web::{
    get, post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use chrono::NaiveDate;
use school::{
    Uuid,
    academics::{campus::Campus, term::Term, year::AcademicYear, year_removal},
    permit::{ReadCalendarDays, UpdateAcademicYears},
};

use crate::web::{
    extract::May,
    filters,
    page::{Area, Shell},
    reply::{Page, see_other, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index).configure(new::routes).configure(edit::routes).service(show_one).service(remove);
}

/// The days of the week as a school names them, Monday first.
pub(super) const WEEKDAYS: [(i16, &str); 7] = [
    (1, "Monday"),
    (2, "Tuesday"),
    (3, "Wednesday"),
    (4, "Thursday"),
    (5, "Friday"),
    (6, "Saturday"),
    (0, "Sunday"),
];

/// A year's weekdays in words: *Monday to Friday*, or one by one.
pub(super) fn in_words(year: &AcademicYear) -> String {
    let held: Vec<i16> = year.weekdays().collect();
    let names: Vec<&str> =
        WEEKDAYS.iter().filter(|(day, _)| held.contains(day)).map(|(_, name)| *name).collect();
    let in_a_row = WEEKDAYS
        .windows(names.len().max(1))
        .any(|days| days.iter().map(|day| day.1).eq(names.iter().copied()));
    match names.as_slice() {
        [first, _, .., last] if in_a_row => format!("{first} to {last}"),
        names => names.join(", "),
    }
}

#[derive(Template)]
#[template(path = "academics/years/index.html")]
struct Index {
    shell: Shell,
    today: NaiveDate,
    years: Vec<AcademicYear>,
    may_set_up: bool,
}

#[get("/years")]
async fn index(may: May<ReadCalendarDays>) -> Page {
    show(&Index {
        shell: Shell::of(may.signed_in(), Area::Calendar),
        today: may.signed_in().now().1,
        years: may.db(AcademicYear::all).await?,
        may_set_up: may.also::<UpdateAcademicYears>().is_some(),
    })
}

#[derive(Template)]
#[template(path = "academics/years/show.html")]
struct Show {
    shell: Shell,
    today: NaiveDate,
    year: AcademicYear,
    /// Each with how many terms it lies within.
    terms: Vec<(usize, Term)>,
    campuses: Vec<Campus>,
    may_set_up: bool,
}

#[get("/years/{id}")]
async fn show_one(may: May<ReadCalendarDays>, id: Path<Uuid>) -> Page {
    let id = *id;
    let (year, terms, campuses) =
        may.db(move |db| Ok((AcademicYear::of(id, db)?, Term::of_year(id, db)?, Campus::known(db)?))).await?;
    show(&Show {
        shell: Shell::of(may.signed_in(), Area::Calendar),
        today: may.signed_in().now().1,
        year,
        terms: Term::outlined(terms),
        campuses,
        may_set_up: may.also::<UpdateAcademicYears>().is_some(),
    })
}

#[post("/years/{year}/removal")]
async fn remove(may: May<UpdateAcademicYears>, year: Path<Uuid>) -> Page {
    may.db(move |db| year_removal::remove(*year, db)).await?;
    see_other("/years")
}

impl Index {
    fn in_words(&self, year: &AcademicYear) -> String {
        in_words(year)
    }
}

impl Show {
    fn in_words(&self, year: &AcademicYear) -> String {
        in_words(year)
    }

    /// The one campus that a term is for; nothing where it is for all of them.
    fn campus(&self, term: &Term) -> &str {
        let campus = self.campuses.iter().find(|campus| Some(campus.id) == term.campus_id);
        campus.map_or("", |campus| campus.name.as_str())
    }
}
