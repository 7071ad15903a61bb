//! The school's letters before they are about anybody: a name, a language, a text with placeholders.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use schema::letter_templates as templates;
use uuid::Uuid;

use crate::{
    clock::new_id,
    db::Db,
    edit::{Edit, author},
    error::{Error, Result},
    permit::{Permission, UpdateLetterTemplates},
};

/// The most that a school has.
const MOST: i64 = 200;

/// A template.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = templates)]
pub struct LetterTemplate {
    /// Its id.
    pub id: Uuid,
    /// What the office calls it; the same in every language.
    pub name: String,
    /// BCP 47 tag.
    pub language: String,
    /// What the letter is about, with placeholders.
    pub subject: String,
    /// Its text, with placeholders.
    pub body: String,
    /// Since when it is offered no more.
    pub retired_on: Option<NaiveDate>,
    /// When this was last changed; an edit carries it.
    pub updated_at: DateTime<Utc>,
    updated_by_id: Option<Uuid>,
}

/// What a form says of one.
#[derive(Clone, Debug, Insertable, AsChangeset)]
#[diesel(table_name = templates)]
pub struct NewLetterTemplate {
    /// What the office calls it, up to 80 characters.
    pub name: String,
    /// BCP 47 tag.
    pub language: String,
    /// What the letter is about, up to 150 characters.
    pub subject: String,
    /// Its text, up to 4000 characters.
    pub body: String,
}

impl LetterTemplate {
    /// Every template, those in use first, by name and language. At most 200.
    pub fn all(db: &mut Db<'_, impl Permission>) -> Result<Vec<Self>> {
        Ok(Self::query()
            .filter(templates::organization_id.eq(db.organization()))
            .filter(templates::deleted_at.is_null())
            .order((
                templates::retired_on.desc().nulls_first(),
                templates::name,
                templates::language,
                templates::id,
            ))
            .limit(MOST)
            .load(db.conn())?)
    }

    /// Whether it is offered.
    #[must_use]
    pub fn is_in_use(&self) -> bool {
        self.retired_on.is_none()
    }

    /// The one with `id`.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub fn of(id: Uuid, db: &mut Db<'_, UpdateLetterTemplates>) -> Result<Self> {
        Self::all(db)?.into_iter().find(|one| one.id == id).ok_or(Error::NotFound)
    }

    /// Of the templates of this one's name, the one for whoever speaks a language; this one where there is none.
    #[must_use]
    pub fn spoken<'t>(&'t self, language: Option<&str>, all: &'t [Self]) -> &'t Self {
        let main = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
        let Some(wanted) = language else { return self };
        let namesakes = || all.iter().filter(|one| one.is_in_use() && one.name == self.name);
        let exact = namesakes().find(|one| one.language.eq_ignore_ascii_case(wanted));
        let close = || namesakes().find(|one| main(&one.language) == main(wanted));
        if main(&self.language) == main(wanted) && exact.is_none() {
            self
        } else {
            exact.or_else(close).unwrap_or(self)
        }
    }

    /// Takes it out of use from today on.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub fn retire(id: Uuid, db: &mut Db<'_, UpdateLetterTemplates>) -> Result<()> {
        Self::of(id, db)?;
        diesel::update(templates::table.find((db.organization(), id)))
            .set(templates::retired_on.eq(db.today()))
            .execute(db.conn())?;
        Ok(())
    }

    /// Brings it back into use.
    ///
    /// # Errors
    /// [`Error::NotFound`], and [`Error::Conflict`] while another in use has its name and language.
    pub fn take_back(id: Uuid, db: &mut Db<'_, UpdateLetterTemplates>) -> Result<()> {
        Self::of(id, db)?;
        diesel::update(templates::table.find((db.organization(), id)))
            .set(templates::retired_on.eq(None::<NaiveDate>))
            .execute(db.conn())
            .map_err(|error| match taken(error) {
                Error::Invalid { message, .. } => Error::Conflict(message),
                other => other,
            })?;
        Ok(())
    }
}

impl NewLetterTemplate {
    /// Adds it and answers its id.
    ///
    /// # Errors
    /// [`Error::Invalid`] by the field while another in use has its name and language; [`Error::Conflict`] when the
    /// school has too many.
    pub fn add(&self, db: &mut Db<'_, UpdateLetterTemplates>) -> Result<Uuid> {
        let known = LetterTemplate::all(db)?.len();
        if i64::try_from(known).is_ok_and(|count| count >= MOST) {
            return Err(Error::Conflict(format!("A school has at most {MOST} letter templates.")));
        }
        let id = new_id();
        diesel::insert_into(templates::table)
            .values((self, templates::organization_id.eq(db.organization()), templates::id.eq(id)))
            .execute(db.conn())
            .map_err(taken)?;
        Ok(id)
    }

    /// Changes one, unless somebody else did since it was `seen`. Letters that were written stay as they are.
    ///
    /// # Errors
    /// As [`NewLetterTemplate::add`], and [`Error::NotFound`].
    pub fn change(
        &self,
        id: Uuid,
        seen: DateTime<Utc>,
        db: &mut Db<'_, UpdateLetterTemplates>,
    ) -> Result<Edit<LetterTemplate>> {
        let row = templates::table.find((db.organization(), id));
        let _: Uuid = row.select(templates::id).for_update().first(db.conn())?;
        let now = LetterTemplate::of(id, db)?;
        if now.updated_at != seen {
            let by = author(now.updated_by_id, db)?;
            return Ok(Edit::Stale { now: Box::new(now), by });
        }
        diesel::update(row).set(self).execute(db.conn()).map_err(taken)?;
        Ok(Edit::Kept)
    }
}

fn taken(error: diesel::result::Error) -> Error {
    let said = "Another template in use has this name and language.";
    Error::from(error).taken("letter_templates_name", "name", said)
}
