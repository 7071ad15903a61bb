//! Which rolls an import made shorter, and the marks that stood there.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::run::Run;
use crate::{
    attendance::off_roll::{self, Gone},
    error::Result,
};

/// Student, class, first and last day.
type Stay = (Uuid, Uuid, NaiveDate, Option<NaiveDate>);

/// Everybody's times on every roll, by their ids.
pub(in crate::exchange) struct Rolls(HashMap<Uuid, Stay>);

impl Rolls {
    pub(in crate::exchange) fn now(run: &mut Run) -> Result<Self> {
        use schema::class_enrollments as stays;
        let found: Vec<(Uuid, Stay)> = stays::table
            .filter(stays::organization_id.eq(run.db.organization()))
            .filter(stays::deleted_at.is_null())
            .select((stays::id, (stays::student_id, stays::class_id, stays::enrolled_on, stays::ended_on)))
            .load(run.db.conn())?;
        Ok(Self(found.into_iter().collect()))
    }

    /// Puts marks away that stand in registers of days on which their children are not on the roll any more.
    pub(in crate::exchange) fn put_marks_away(self, run: &mut Run) -> Result<()> {
        let Self(now) = Self::now(run)?;
        let gone = self.0.iter().filter_map(|(id, before)| shorter(before, now.get(id)));
        off_roll::take_back(&gone.collect::<Vec<_>>(), run.db)
    }
}

/// From which day on a time on a roll lost days.
fn shorter((student, class, first, last): &Stay, now: Option<&Stay>) -> Option<Gone> {
    let gone = |from| Some(Gone { student: *student, class: *class, from });
    match now {
        None => gone(*first),
        Some((_, _, begins, _)) if begins > first => gone(*first),
        Some((_, _, _, ends)) => {
            let ends = (*ends)?;
            if last.is_none_or(|last| last > ends) { gone(ends.succ_opt()?) } else { None }
        }
    }
}
