//! A class's month on one sheet, to look at, print and take along.

use actix_web::{
    get,
    web::{Path, Query, ServiceConfig},
};
use askama::Template;
use chrono::{Datelike, Months, NaiveDate, Weekday};
use school::{
    Uuid,
    access::looked::Kind,
    attendance::{
        register_sheet::RegisterSheet,
        sheet_row::{SheetMark, SheetRow},
        totals::Totals,
    },
    db::Db,
    permit::{ReadAttendanceSessions, ReadClasses, ReadStudents},
    words::AttendanceStatus,
};
use serde::Deserialize;

use crate::web::{
    dates,
    export::{Cell, Format, Sheet, of_totals},
    extract::May,
    figures, filters,
    page::{Area, Shell},
    reply::{Page, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(show_one).service(export);
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    month: String,
}

impl Asked {
    /// The first day of the month that was asked for, of this one where none was or one to come.
    fn day(&self, today: NaiveDate) -> NaiveDate {
        dates::read_day(&format!("{}-01", self.month)).unwrap_or(today).min(today)
    }
}

#[derive(Template)]
#[template(path = "attendance/register_sheets/show.html")]
struct Show {
    shell: Shell,
    today: NaiveDate,
    sheet: RegisterSheet,
    opens_class: bool,
    opens_students: bool,
}

impl Show {
    fn address(&self, month: &NaiveDate) -> String {
        format!("/classes/{}/register-sheet?month={}", self.sheet.of.class.id, dates::year_and_month(month))
    }

    fn file(&self, format: &str) -> String {
        let month = dates::year_and_month(&self.sheet.month);
        format!("/classes/{}/register-sheet.{format}?month={month}", self.sheet.of.class.id)
    }

    /// The month before, or after; none ahead of today.
    fn beside(&self, forward: bool) -> Option<NaiveDate> {
        let (one, month) = (Months::new(1), self.sheet.month);
        let other = if forward { month.checked_add_months(one) } else { month.checked_sub_months(one) };
        other.filter(|first| *first <= self.today)
    }

    fn is_in(&self, day: &NaiveDate) -> bool {
        self.sheet.submitted.contains(day)
    }

    fn is_monday(day: &NaiveDate) -> bool {
        day.weekday() == Weekday::Mon
    }

    /// The weekday, as the head of a narrow column.
    fn weekday(day: &NaiveDate) -> String {
        day.format("%a").to_string()
    }

    /// What the marks of a day say, in words.
    fn words(marks: &[SheetMark]) -> String {
        let said = marks.iter().map(|mark| match &*mark.slot {
            "day" => mark.name.to_string(),
            slot => format!("{slot}: {}", mark.name),
        });
        said.collect::<Vec<_>>().join(", ")
    }

    fn tone(status: &AttendanceStatus) -> &'static str {
        match status {
            AttendanceStatus::Present => "here",
            AttendanceStatus::Late | AttendanceStatus::LeftEarly => "is-late",
            AttendanceStatus::Excused => "is-excused",
            AttendanceStatus::Absent => "is-bad",
        }
    }
}

fn read(
    class: Uuid,
    day: NaiveDate,
    db: &mut Db<'_, ReadAttendanceSessions>,
) -> school::Result<RegisterSheet> {
    let sheet = RegisterSheet::of(class, day, db)?;
    db.saw(Kind::Attendance, sheet.rows.iter().map(|row| row.student.id));
    Ok(sheet)
}

#[get("/classes/{id}/register-sheet")]
async fn show_one(may: May<ReadAttendanceSessions>, id: Path<Uuid>, asked: Query<Asked>) -> Page {
    let (_, today, _) = may.signed_in().now();
    let (id, day) = (*id, asked.day(today));
    show(&Show {
        shell: Shell::of(may.signed_in(), Area::Classes),
        today,
        sheet: may.db(move |db| read(id, day, db)).await?,
        opens_class: may.also::<ReadClasses>().is_some(),
        opens_students: may.also::<ReadStudents>().is_some(),
    })
}

#[get("/classes/{id}/register-sheet.{format}")]
async fn export(may: May<ReadAttendanceSessions>, place: Path<(Uuid, Format)>, asked: Query<Asked>) -> Page {
    let (_, today, _) = may.signed_in().now();
    let ((id, format), day) = (*place, asked.day(today));
    let month = may.db(move |db| read(id, day, db)).await?;
    saved(&month).answer(format).await
}

/// The sheet as a table: a column for each school day.
fn saved(month: &RegisterSheet) -> Sheet {
    let name = format!("{} {}", month.of.class.name, dates::year_and_month(&month.month));
    let days: Vec<String> = month.days.iter().map(|day| dates::written(Some(*day))).collect();
    let heading = ["Student", "Number"].into_iter().chain(days.iter().map(String::as_str)).chain(SUMS);
    let mut sheet = Sheet::new(name, &heading.collect::<Vec<_>>());
    sheet.rows.extend(month.rows.iter().map(|row| {
        let who = [Cell::from(row.student.called()), Cell::from(row.student.student_number.as_str())];
        let marks = month.days.iter().map(|day| letters(row, day));
        who.into_iter().chain(marks).chain(sums(&row.totals)).collect()
    }));
    let blank = month.days.iter().map(|_| Cell::Empty);
    let all = [Cell::from("All"), Cell::Empty].into_iter().chain(blank).chain(sums(&month.all()));
    sheet.rows.push(all.collect());
    sheet
}

/// What the sheet says of a row after its days.
const SUMS: [&str; 7] =
    ["Days possible", "Days attended", "Attended, %", "Days absent", "Excused", "Times late", "Minutes late"];

fn sums(totals: &Totals) -> [Cell; 7] {
    let [possible, attended, share, absent, excused, _, _, lates, minutes] = of_totals(totals);
    [possible, attended, share, absent, excused, lates, minutes]
}

/// The marks of a day; a dash where they were not on the roll.
fn letters(row: &SheetRow, day: &NaiveDate) -> Cell {
    if !row.was_on_roll(day) {
        return Cell::from("–");
    }
    let letters: Vec<&str> = row.on(day).iter().map(|mark| &*mark.letter).collect();
    Cell::from(letters.join(" "))
}
