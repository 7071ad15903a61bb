//! A file that somebody uploads.

use diesel::prelude::*;
use schema::import_files as files;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{ImportKind, begin, name, steps::rehearse_now};
use crate::{
    clock::new_id,
    db::Db,
    error::{Error, Result},
    exchange::tables::Table,
    permit::CreateImportRuns,
};

/// The largest file that is taken, in bytes.
pub const LARGEST: usize = 32 * 1024 * 1024;
/// The most uploads of one organization whose bytes are kept at once.
const MOST_KEPT: i64 = 20;

/// What was uploaded.
pub struct Upload {
    /// What it brings.
    pub kind: ImportKind,
    /// What the file was called.
    pub file_name: String,
    /// Its bytes, at most [`LARGEST`].
    pub content: Vec<u8>,
}

/// What was uploaded, after a look at it.
pub struct Checked(Upload);

impl Checked {
    /// Keeps it as a new import and answers its id. Where there are no columns to be matched it is rehearsed at once.
    ///
    /// # Errors
    /// [`Error::Invalid`] by `file` when too many wait.
    pub fn keep(self, db: &mut Db<'_, CreateImportRuns>) -> Result<Uuid> {
        self.keep_mending(None, db)
    }

    /// The same for a file that brings rejected rows of another import mended.
    pub(super) fn keep_mending(self, mends: Option<Uuid>, db: &mut Db<'_, CreateImportRuns>) -> Result<Uuid> {
        let Self(upload) = self;
        let kept = files::table
            .filter(files::organization_id.eq(db.organization()))
            .filter(files::content.is_not_null());
        if kept.count().get_result::<i64>(db.conn())? >= MOST_KEPT {
            let message =
                "Many files wait here already. Apply some of them or delete them, then upload this one.";
            return Err(Error::invalid("file", message));
        }
        let run = begin(upload.kind, &upload.file_name, mends, db)?;
        diesel::insert_into(files::table)
            .values((
                files::organization_id.eq(db.organization()),
                files::id.eq(new_id()),
                files::import_run_id.eq(run),
                files::name.eq(name(&upload.file_name)),
                files::size.eq(i32::try_from(upload.content.len()).map_err(Error::internal)?),
                files::sha256.eq(Sha256::digest(&upload.content).to_vec()),
                files::content.eq(&upload.content),
            ))
            .execute(db.conn())?;
        if !upload.kind.has_columns() {
            rehearse_now(run, db)?;
        }
        Ok(run)
    }
}

impl Upload {
    /// Looks at it before anything is kept. A large table takes longer to read than the database waits inside of a
    /// transaction, so none is open meanwhile.
    ///
    /// # Errors
    /// [`Error::Invalid`] by `file` when it is empty, too large or plainly of another kind.
    pub fn checked(self) -> Result<Checked> {
        self.check()?;
        Ok(Checked(self))
    }

    fn check(&self) -> Result<()> {
        let wrong = |message: &str| Err(Error::invalid("file", message));
        let is_zip = self.content.starts_with(b"PK\x03\x04");
        match self.kind {
            _ if self.content.is_empty() => wrong("This file is empty. Choose the one that was exported."),
            _ if self.content.len() > LARGEST => {
                wrong("This file is too large. At most 32 MB can be uploaded.")
            }
            ImportKind::Oneroster if !is_zip => {
                wrong("This is no zip file. Choose the OneRoster export as it was made, still packed.")
            }
            kind if kind.has_columns() => {
                let read = Table::read(&self.content, None);
                read.map(drop).map_err(|refusal| Error::invalid("file", refusal.to_string()))
            }
            _ => Ok(()),
        }
    }
}
