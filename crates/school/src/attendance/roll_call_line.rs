//! The lines of a list: who should be there, what was known of them, and whether they are ticked off.

use chrono::{DateTime, Utc};
use diesel::{prelude::*, sql_types::Bool};
use schema::{classes, headcount_ticks as ticks, roll_call_entries as entries, students, users};
use uuid::Uuid;

use super::{
    roll::Pupil,
    roll_call::{RollCall, lines},
};
use crate::{
    db::Db,
    error::{Error, Result},
    permit::{Grants, Permission, UpdateRollCalls},
    words::RollCallKnown,
};

/// The most lines of a list.
pub const MOST: i64 = 3000;

/// A tick as it stands.
#[derive(Clone, Debug, Queryable)]
pub struct Tick {
    /// False where it was taken back.
    pub is_there: bool,
    /// Raised by each change.
    pub version: i32,
    /// When.
    pub at: DateTime<Utc>,
    /// Who, by first and family name.
    pub by: (String, String),
}

/// A student on a list.
#[derive(Clone, Debug, Queryable)]
pub struct Line {
    /// Who.
    pub pupil: Pupil,
    /// The homeroom's name.
    pub class_name: Option<String>,
    /// What the registers said.
    pub known: RollCallKnown,
    /// The tick of one headcount, once there is one.
    pub tick: Option<Tick>,
}

impl Line {
    /// Whether they were seen.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.tick.as_ref().is_some_and(|tick| tick.is_there)
    }

    /// Whether they should be there.
    #[must_use]
    pub fn is_expected(&self) -> bool {
        use RollCallKnown::{Late, Present, SeenEarlier, Unknown};
        matches!(self.known, Unknown | Present | Late | SeenEarlier)
    }

    /// Whether they should be there and nobody has seen them.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.is_expected() && !self.is_there()
    }

    /// The lines of a list in reach at one headcount: the missing first, then by class and family name.
    ///
    /// # Errors
    /// [`Error::NotFound`] out of reach.
    pub fn all(
        of: &RollCall,
        headcount: Uuid,
        db: &mut Db<'_, impl Grants<UpdateRollCalls>>,
    ) -> Result<Vec<Self>> {
        let mut all = found(of.id, headcount, None, db)?;
        all.sort_by_key(|line| !line.is_missing());
        Ok(all)
    }
}

/// One line at one headcount.
pub(super) fn one<P: Permission>(
    roll_call: Uuid,
    headcount: Uuid,
    student: Uuid,
    db: &mut Db<'_, P>,
) -> Result<Line> {
    found(roll_call, headcount, Some(student), db)?.pop().ok_or(Error::NotFound)
}

fn found<P: Permission>(
    roll_call: Uuid,
    headcount: Uuid,
    only: Option<Uuid>,
    db: &mut Db<'_, P>,
) -> Result<Vec<Line>> {
    let seen = lines(db).select(entries::id);
    let whose =
        students::organization_id.eq(entries::organization_id).and(students::id.eq(entries::student_id));
    let sits = classes::organization_id
        .eq(entries::organization_id)
        .and(classes::id.nullable().eq(entries::class_id));
    let ticked = ticks::organization_id
        .eq(entries::organization_id)
        .and(ticks::student_id.eq(entries::student_id))
        .and(ticks::headcount_id.eq(headcount));
    Ok(entries::table
        .inner_join(students::table.on(whose))
        .left_join(classes::table.on(sits))
        .left_join(ticks::table.on(ticked))
        .left_join(users::table.on(users::id.nullable().eq(ticks::ticked_by_id.nullable())))
        .filter(entries::organization_id.eq(db.organization()))
        .filter(entries::roll_call_id.eq(roll_call))
        .filter(students::deleted_at.is_null())
        .filter(entries::id.eq_any(seen))
        .filter(only.is_none().into_sql::<Bool>().or(entries::student_id.nullable().eq(only)))
        .select((
            Pupil::as_select(),
            classes::name.nullable(),
            entries::known,
            (ticks::is_there, ticks::version, ticks::ticked_at, (users::first_name, users::last_name))
                .nullable(),
        ))
        .order((classes::name, students::last_name, students::first_name, students::id))
        .limit(MOST)
        .load(db.conn())?)
}
