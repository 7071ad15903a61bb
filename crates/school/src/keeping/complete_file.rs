//! A student's complete file: everything that Belfry holds on one child, as far as its recipient may have it.

use serde_json::Value;
use uuid::Uuid;

use super::{
    disclosure::{Recipient, Wanted},
    parts::{PARTS, Part},
};
use crate::{
    access::looked::Kind,
    db::Db,
    error::{Error, Result},
    people::student::{Student, in_reach},
    permit::CreateStudentFiles,
    slice::FILE,
    sql::keeping,
};

/// What stands where somebody else's address would.
const LEFT_OUT: &str = "left out";

/// One part with its rows.
#[derive(Clone, Debug)]
pub struct Filled {
    /// Which part.
    pub part: &'static Part,
    /// Its rows, a cell for each heading.
    pub rows: Vec<Vec<Option<String>>>,
    /// Whether there are more rows than a file takes.
    pub cut: bool,
}

/// Everything on one child.
#[derive(Clone, Debug)]
pub struct CompleteFile {
    /// Whose.
    pub student: Student,
    /// For whom it is.
    pub to: String,
    /// Every part, also those without a row.
    pub parts: Vec<Filled>,
}

impl CompleteFile {
    /// Gathers it for whoever is to have it. At most [`FILE`] rows of each part.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a student out of reach, [`Error::Invalid`] by `recipient` for somebody who is kept from the
    /// student's records.
    pub fn gather(student: Uuid, wanted: &Wanted, db: &mut Db<'_, CreateStudentFiles>) -> Result<Self> {
        in_reach(student, db)?;
        let recipient = wanted.recipient(student, db)?;
        let (organization, zone) = (db.organization(), db.zone().name());
        let mut parts = Vec::new();
        for part in PARTS.iter().filter(|part| wanted.takes(part.name, &recipient)) {
            let found = keeping::part(
                part.query,
                (organization, student, zone, recipient.barred_from_address),
                db.conn(),
            )?;
            let cut = found.len() > FILE;
            let rows =
                found.into_iter().take(FILE).filter(|(about, _)| recipient.may_know_of(part.name, *about));
            let rows =
                rows.map(|(about, cells)| shown(part, about, cells, &recipient)).collect::<Result<_>>()?;
            parts.push(Filled { part, rows, cut });
        }
        db.saw(Kind::File, [student]);
        Ok(Self { student: Student::named(student, db)?, to: recipient.name, parts })
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.parts.iter().map(|part| part.rows.len()).sum()
    }
}

/// The cells as text, without what the recipient may not know.
fn shown(
    part: &Part,
    about: Option<Uuid>,
    cells: Value,
    recipient: &Recipient,
) -> Result<Vec<Option<String>>> {
    let Value::Array(cells) = cells else { return Err(Error::internal("a row without cells")) };
    let hides = recipient.hides_addresses_of(about);
    Ok(cells
        .into_iter()
        .zip(part.heading)
        .map(|(cell, heading)| match written(cell) {
            Some(_) if hides && part.private.contains(heading) => Some(LEFT_OUT.into()),
            other => other,
        })
        .collect())
}

fn written(cell: Value) -> Option<String> {
    match cell {
        Value::Null => None,
        Value::Bool(true) => Some("yes".into()),
        Value::Bool(false) => Some("no".into()),
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}
