//! The office excuses several at once: all of them or none.

use uuid::Uuid;

use super::{
    mark::{self, NewMark},
    register::Key,
};
use crate::{
    db::Db,
    error::{Error, Result},
    permit::UpdateAttendanceRecords,
};

/// The most that are excused at once.
pub const MOST: usize = 200;

/// Somebody in a register, as the board showed them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excusal {
    /// Which register.
    pub key: Key,
    /// Who.
    pub student: Uuid,
    /// The version that the board showed.
    pub version: i32,
}

/// Marks each of them with a code that excuses, in one transaction.
///
/// # Errors
/// [`Error::Invalid`] for `code` when it is none of the office's, [`Error::Conflict`] when nobody or too many were
/// chosen, or when somebody else marked one of them since; then nothing is kept.
pub fn excuse(
    who: &[Excusal],
    code: &str,
    note: Option<&str>,
    db: &mut Db<'_, UpdateAttendanceRecords>,
) -> Result<()> {
    if who.is_empty() || who.len() > MOST {
        return Err(Error::Conflict(format!("Choose between one and {MOST} students to excuse.")));
    }
    for one in who {
        let mark = NewMark {
            student: one.student,
            code: code.to_owned(),
            remark: note.map(str::to_owned),
            version: one.version,
            ..NewMark::default()
        };
        let line = mark::by_office(&one.key, &mark, db)?;
        if line.is_stale {
            let name = format!("{} {}", line.row.pupil.first_name, line.row.pupil.last_name);
            return Err(Error::Conflict(format!(
                "Somebody else marked {name} meanwhile, so nobody was excused. Look at the board again."
            )));
        }
    }
    Ok(())
}
