//! The rows of a file that were not taken, and the fields that were kept as edited here.

use diesel::{dsl::count, prelude::*};
use schema::import_rows as rows;
use uuid::Uuid;

use crate::{
    db::Db,
    error::Result,
    permit::CreateImportRuns,
    slice::{Listing, Slice},
};

/// A row that was not taken, once for each thing wrong with it; or a field that was kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = rows)]
pub struct Row {
    /// Its id.
    pub id: Uuid,
    /// The file that it stands in.
    pub file: String,
    /// The line on which it begins; the header is line 1.
    pub line: i32,
    /// The column, or the field here.
    pub field: Option<String>,
    /// What the file says.
    pub value: Option<String>,
    /// Why, in a sentence.
    pub reason: String,
}

/// Which of the two lists is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Rows that were not taken.
    Rejected,
    /// Fields that were edited here and are kept.
    Kept,
}

impl Row {
    /// A page of them, by file and line.
    ///
    /// # Errors
    /// [`crate::Error::Unavailable`] when the database is away.
    pub fn listed(
        run: Uuid,
        about: About,
        listing: &Listing,
        db: &mut Db<'_, CreateImportRuns>,
    ) -> Result<Slice<Self>> {
        let mut found = rows::table
            .filter(rows::organization_id.eq(db.organization()))
            .filter(rows::import_run_id.eq(run))
            .filter(rows::deleted_at.is_null())
            .filter(rows::is_conflict.eq(about == About::Kept))
            .into_boxed();
        if let Some((line, file, id)) = listing.after.as_ref().and_then(place) {
            let in_line = rows::line.gt(line).or(rows::line.eq(line).and(rows::id.gt(id)));
            found = found.filter(rows::file.gt(file).or(rows::file.eq(file).and(in_line)));
        }
        let rows = found
            .order((rows::file, rows::line, rows::id))
            .limit(Slice::<Self>::limit())
            .select(Self::as_select())
            .load(db.conn())?;
        Ok(Slice::of(rows))
    }

    /// Its place in the list, for the address of the next page.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{} {}", self.line, self.file)
    }

    /// How many rows of each file were not taken, each once however much is wrong with it.
    ///
    /// # Errors
    /// [`crate::Error::Unavailable`] when the database is away.
    pub fn by_file(run: Uuid, db: &mut Db<'_, CreateImportRuns>) -> Result<Vec<(String, i64)>> {
        Ok(rows::table
            .filter(rows::organization_id.eq(db.organization()))
            .filter(rows::import_run_id.eq(run))
            .filter(rows::deleted_at.is_null())
            .filter(rows::is_conflict.eq(false))
            .group_by(rows::file)
            .order(rows::file)
            .select((rows::file, count(rows::line).aggregate_distinct()))
            .load(db.conn())?)
    }

    /// The lines of a file that were not taken, each with everything that is wrong with it.
    pub(super) fn of_file(
        run: Uuid,
        file: &str,
        db: &mut Db<'_, CreateImportRuns>,
    ) -> Result<Vec<(i32, Vec<Self>)>> {
        let found: Vec<Self> = rows::table
            .filter(rows::organization_id.eq(db.organization()))
            .filter(rows::import_run_id.eq(run))
            .filter(rows::deleted_at.is_null())
            .filter(rows::is_conflict.eq(false))
            .filter(rows::file.eq(file))
            .order((rows::line, rows::id))
            .select(Self::as_select())
            .load(db.conn())?;
        let lines = found.chunk_by(|one, next| one.line == next.line);
        Ok(lines.filter_map(|rows| Some((rows.first()?.line, rows.to_vec()))).collect())
    }
}

/// Line, file and id of the last row of the page before.
fn place((place, id): &(String, Uuid)) -> Option<(i32, &str, Uuid)> {
    let (line, file) = place.split_once(' ')?;
    Some((line.parse().ok()?, file, *id))
}
