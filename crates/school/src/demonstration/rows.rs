//! Many rows in few statements.

/// Rows in one statement: the widest table here stays well under PostgreSQL's 65,535 parameters.
pub(super) const AT_ONCE: usize = 2000;

/// Inserts every row of a list, `AT_ONCE` in a statement.
macro_rules! insert_all {
    ($table:expr, $rows:expr, $db:expr) => {
        for some in $rows.chunks($crate::demonstration::rows::AT_ONCE) {
            diesel::insert_into($table).values(some).execute($db.conn())?;
        }
    };
}

pub(super) use insert_all;
