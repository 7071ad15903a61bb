//! Adding the school's codes, changing what may change of them, and retiring them. What a code means stays: days were
//! counted by it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use schema::attendance_codes as codes;
use uuid::Uuid;

use super::code::{Code, MOST, PRESENT, all};
use crate::{
    clock::new_id,
    db::Db,
    edit::{Edit, author},
    error::{Error, Result},
    permit::UpdateAttendanceCodes,
    words::{CodeExcuse, CodePlace, CodePresence, CodeTiming},
};

/// What may change of a code.
#[derive(Clone, Debug, Insertable, AsChangeset)]
#[diesel(table_name = codes)]
#[diesel(treat_none_as_null = true)]
pub struct Wording {
    /// What people read, up to 60 characters.
    pub name: String,
    /// The letter that sets it: `a` to `z`.
    pub key: String,
    /// Whether a teacher may set it.
    pub set_by_teacher: bool,
    /// Whether the office may set it.
    pub set_by_office: bool,
    /// `#rrggbb`, a sign beside the name.
    pub color: Option<String>,
    /// Its place: the first three stand on every row.
    pub position: i16,
}

/// What a code means for good.
#[derive(Clone, Copy, Debug, Insertable)]
#[diesel(table_name = codes)]
pub struct Meaning {
    /// Whether the child is there.
    pub presence: CodePresence,
    /// Whether on time.
    pub timing: CodeTiming,
    /// What is known of the reason.
    pub excuse: CodeExcuse,
    /// Where the child is.
    pub place: CodePlace,
}

impl Code {
    /// The code with `id`.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub fn of(id: Uuid, db: &mut Db<'_, UpdateAttendanceCodes>) -> Result<Self> {
        all(db)?.into_iter().find(|code| code.id == id).ok_or(Error::NotFound)
    }

    /// Adds a code and answers its id.
    ///
    /// # Errors
    /// [`Error::Invalid`] when another one in use has the letter, nobody may set it, or teachers would excuse.
    pub fn add(new: &Wording, meaning: Meaning, db: &mut Db<'_, UpdateAttendanceCodes>) -> Result<Uuid> {
        let known = all(db)?;
        check(new, meaning.excuse)?;
        if i64::try_from(known.len()).is_ok_and(|count| count >= MOST) {
            return Err(Error::Conflict(format!("A school has at most {MOST} codes.")));
        }
        let id = new_id();
        let word = word(&new.name, &known);
        diesel::insert_into(codes::table)
            .values((
                new,
                meaning,
                codes::organization_id.eq(db.organization()),
                codes::id.eq(id),
                codes::code.eq(word),
            ))
            .execute(db.conn())
            .map_err(key_taken)?;
        Ok(id)
    }

    /// Changes its wording, unless somebody else did since it was `seen`.
    ///
    /// # Errors
    /// As [`Code::add`], and [`Error::NotFound`].
    pub fn change(
        id: Uuid,
        new: &Wording,
        seen: DateTime<Utc>,
        db: &mut Db<'_, UpdateAttendanceCodes>,
    ) -> Result<Edit<Self>> {
        let row = codes::table.find((db.organization(), id));
        let (_, by): (Uuid, _) =
            row.select((codes::id, codes::updated_by_id)).for_update().first(db.conn())?;
        let now = Self::of(id, db)?;
        if now.updated_at != seen {
            let by = author(by, db)?;
            return Ok(Edit::Stale { now: Box::new(now), by });
        }
        check(new, now.excuse)?;
        if now.code == PRESENT && !(new.set_by_teacher && new.set_by_office) {
            return Err(Error::invalid(
                "set_by_teacher",
                "Every register starts from this one: both set it.",
            ));
        }
        diesel::update(row).set(new).execute(db.conn()).map_err(key_taken)?;
        Ok(Edit::Kept)
    }

    /// Takes a code out of use from today on; what was marked with it stays.
    ///
    /// # Errors
    /// [`Error::NotFound`], and [`Error::Conflict`] for the one that every register starts from.
    pub fn retire(id: Uuid, db: &mut Db<'_, UpdateAttendanceCodes>) -> Result<()> {
        if Self::of(id, db)?.code == PRESENT {
            return Err(Error::Conflict(
                "Every register starts from this code; it cannot be retired.".into(),
            ));
        }
        let today = db.today();
        let row = codes::table.find((db.organization(), id));
        diesel::update(row).set(codes::retired_on.eq(today)).execute(db.conn())?;
        Ok(())
    }

    /// Takes a retired code into use again.
    ///
    /// # Errors
    /// [`Error::NotFound`], and [`Error::Conflict`] when another one has its letter by now.
    pub fn take_back(id: Uuid, db: &mut Db<'_, UpdateAttendanceCodes>) -> Result<()> {
        let code = Self::of(id, db)?;
        if let Some(other) =
            all(db)?.iter().find(|one| one.is_in_use() && one.id != id && one.key == code.key)
        {
            return Err(Error::Conflict(format!(
                "“{}” has the letter {} by now. Give it another one first.",
                other.name, code.key
            )));
        }
        let row = codes::table.find((db.organization(), id));
        diesel::update(row).set(codes::retired_on.eq(None::<chrono::NaiveDate>)).execute(db.conn())?;
        Ok(())
    }
}

fn check(new: &Wording, excuse: CodeExcuse) -> Result<()> {
    if !new.set_by_teacher && !new.set_by_office {
        return Err(Error::invalid("set_by_teacher", "Say who may set it."));
    }
    if new.set_by_teacher && !matches!(excuse, CodeExcuse::None | CodeExcuse::Awaiting) {
        return Err(Error::invalid(
            "set_by_teacher",
            "Teachers say who is there; only the office says whether that is excused.",
        ));
    }
    Ok(())
}

fn key_taken(error: diesel::result::Error) -> Error {
    Error::from(error).taken("attendance_codes_key", "key", "Another code has this letter.")
}

/// The short name that stays: from the name's Latin letters, and a number where that is taken.
fn word(name: &str, known: &[Code]) -> String {
    let mut plain: String = name
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .take(16)
        .collect();
    if !plain.starts_with(|first: char| first.is_ascii_lowercase()) {
        "code".clone_into(&mut plain);
    }
    let is_free = |word: &str| known.iter().all(|code| code.code != word);
    let numbered = (2..).map(|number| format!("{plain}_{number}"));
    std::iter::once(plain.clone()).chain(numbered).find(|word| is_free(word)).unwrap_or(plain)
}
