//! A letter about absence as it was written, and printed with those that were written with it.

use chrono::NaiveDate;
use diesel::prelude::*;
use schema::{campuses, letters, students};
use uuid::Uuid;

use super::letter_text;
use crate::{
    alphabet::may_be_one,
    db::Db,
    error::Result,
    people::{restriction::Restriction, student::visible},
    permit::CreateLetters,
};

/// A letter, before it is kept and after.
#[derive(Clone, Debug, Queryable)]
pub struct Letter {
    /// About whom.
    pub student: Uuid,
    /// To whom.
    pub contact: Uuid,
    /// The student's campus, whose letter it is.
    pub school: Option<String>,
    /// From which template.
    pub template: Uuid,
    /// On which day.
    pub written_on: NaiveDate,
    /// The guardian's name.
    pub addressee: String,
    /// Where they live.
    pub address: Option<String>,
    /// BCP 47 tag of what it is written in.
    pub language: String,
    /// What it is about.
    pub subject: String,
    /// What it says.
    pub body: String,
}

impl Letter {
    /// The day it was written, as its language reads days.
    #[must_use]
    pub fn dated(&self) -> String {
        letter_text::written(self.written_on, &self.language)
    }

    /// A letter and all that were written with it about students in reach, to print; and how many are left out because
    /// their reader has been barred since.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] when there is none in reach.
    pub fn with_its_round(id: Uuid, db: &mut Db<'_, CreateLetters>) -> Result<(Vec<Self>, usize)> {
        let batch: Uuid = letters::table
            .find((db.organization(), id))
            .filter(letters::student_id.eq_any(visible(db).select(students::id)))
            .filter(letters::deleted_at.is_null())
            .select(letters::batch_id)
            .first(db.conn())?;
        let at = campuses::organization_id
            .eq(students::organization_id)
            .and(campuses::id.nullable().eq(students::campus_id));
        let school = students::table
            .inner_join(campuses::table.on(at))
            .filter(students::organization_id.eq(letters::organization_id))
            .filter(students::id.eq(letters::student_id))
            .select(campuses::name);
        let mut found: Vec<Self> = letters::table
            .filter(letters::organization_id.eq(db.organization()))
            .filter(letters::batch_id.eq(batch))
            .filter(letters::student_id.eq_any(visible(db).select(students::id)))
            .filter(letters::deleted_at.is_null())
            .select((
                letters::student_id,
                letters::contact_id,
                school.single_value(),
                letters::letter_template_id,
                letters::written_on,
                letters::addressee,
                letters::address,
                letters::language,
                letters::subject,
                letters::body,
            ))
            .order(letters::id)
            .limit(500)
            .load(db.conn())?;
        let students: Vec<Uuid> = found.iter().map(|letter| letter.student).collect();
        let bars = Restriction::of_students(&students, db)?;
        let all = found.len();
        found.retain(|letter| !bars.iter().any(|bar| is_kept_from(letter, bar)));
        let left_out = all - found.len();
        Ok((found, left_out))
    }
}

fn is_kept_from(letter: &Letter, bar: &Restriction) -> bool {
    bar.student_id == letter.student
        && (bar.contact_id == Some(letter.contact) || may_be_one(bar.name(), &letter.addressee))
        && (bar.bars_contact || bar.bars_records)
}
