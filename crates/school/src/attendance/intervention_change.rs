//! Recording what was done about absence, correcting it and withdrawing it, each with who and why.

use chrono::{DateTime, Days, NaiveDate, Utc};
use diesel::{dsl::exists, prelude::*};
use schema::{attendance_interventions as interventions, contacts, guardians};
use uuid::Uuid;

use super::intervention::{Intervention, latest};
use crate::{
    clock::new_id,
    db::Db,
    edit::Edit,
    error::{Error, Result},
    people::{restriction::Restriction, student},
    permit::{Permission, UpdateAttendanceInterventions},
    words::{InterventionKind, InterventionOutcome},
};

/// The longest that a student stays off the list, in days.
const LONGEST: u64 = 120;
/// How long ago something may have happened that is recorded now, in days.
const OLDEST: u64 = 400;

/// What was done, as a form says it.
#[derive(Clone, Debug, Insertable, AsChangeset)]
#[diesel(table_name = interventions, treat_none_as_null = true)]
pub struct NewIntervention {
    /// What was done.
    pub kind: InterventionKind,
    /// On which day.
    pub happened_on: NaiveDate,
    /// With which of the student's contacts.
    pub contact_id: Option<Uuid>,
    /// With whom, where they are none.
    pub with_name: Option<String>,
    /// What came of it.
    pub outcome: InterventionOutcome,
    /// What was said, up to 500 characters.
    pub note: Option<String>,
    /// Until then the student is off the list.
    pub look_again_on: NaiveDate,
}

impl NewIntervention {
    /// Records it, unless somebody recorded something else for this student since the latest was `seen`.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a student out of reach, [`Error::Invalid`] by the field: days that cannot be, a contact
    /// who is none of the student's or is not to be reached.
    pub fn record(
        mut self,
        of: Uuid,
        seen: Option<Uuid>,
        db: &mut Db<'_, UpdateAttendanceInterventions>,
    ) -> Result<Edit<Intervention>> {
        student::in_reach(of, db)?;
        student::hold(of, db)?;
        if let Some((newer, _)) = latest(&[of], db)?.filter(|(newest, _)| Some(*newest) != seen) {
            let now = Intervention::of((of, newer), db)?;
            let by = now.recorded_by();
            return Ok(Edit::Stale { now: Box::new(now), by });
        }
        self.check(of, None, db)?;
        self.insert(of, db)?;
        Ok(Edit::Kept)
    }

    /// Keeps it without asking who was faster; answers its id.
    pub(super) fn insert<P: Permission>(&self, of: Uuid, db: &mut Db<'_, P>) -> Result<Uuid> {
        let id = new_id();
        diesel::insert_into(interventions::table)
            .values((
                self,
                interventions::organization_id.eq(db.organization()),
                interventions::id.eq(id),
                interventions::student_id.eq(of),
            ))
            .execute(db.conn())?;
        Ok(id)
    }

    /// Corrects one of a student's and says why, unless somebody else changed it since it was `seen`.
    ///
    /// # Errors
    /// As [`NewIntervention::record`]; [`Error::Conflict`] when it was withdrawn.
    pub fn correct(
        mut self,
        place: (Uuid, Uuid),
        (seen, because): (DateTime<Utc>, &str),
        db: &mut Db<'_, UpdateAttendanceInterventions>,
    ) -> Result<Edit<Intervention>> {
        let now = held(place, db)?;
        if now.updated_at != seen {
            let by = now.changed_by();
            return Ok(Edit::Stale { now: Box::new(now), by });
        }
        self.check(place.0, Some(&now), db)?;
        if self.contact_id.is_some() && self.contact_id == now.contact_id {
            self.with_name = now.with_name;
        }
        diesel::update(interventions::table.find((db.organization(), place.1)))
            .set((self, interventions::corrected_because.eq(because)))
            .execute(db.conn())?;
        Ok(Edit::Kept)
    }

    /// What is as it was may stay so, however long ago that is.
    fn check<P: Permission>(
        &mut self,
        of: Uuid,
        known: Option<&Intervention>,
        db: &mut Db<'_, P>,
    ) -> Result<()> {
        let today = db.today();
        if known.is_none_or(|known| known.look_again_on != self.look_again_on) {
            check_look_again(self.look_again_on, today)?;
        }
        if known.is_none_or(|known| known.happened_on != self.happened_on) {
            check_happened(self.happened_on, today)?;
        }
        let known = known.and_then(|known| known.contact_id);
        if let Some(contact) = self.contact_id.filter(|contact| Some(*contact) != known) {
            self.with_name = Some(may_be_reached(of, contact, db)?);
        }
        Ok(())
    }
}

impl Intervention {
    /// Takes it out of what counts, and says why; it stays in the student's history.
    ///
    /// # Errors
    /// [`Error::NotFound`] out of reach, [`Error::Conflict`] when it was withdrawn before.
    pub fn withdraw(
        place: (Uuid, Uuid),
        because: &str,
        db: &mut Db<'_, UpdateAttendanceInterventions>,
    ) -> Result<()> {
        held(place, db)?;
        diesel::update(interventions::table.find((db.organization(), place.1)))
            .set(interventions::withdrawn_because.eq(because))
            .execute(db.conn())?;
        Ok(())
    }
}

/// One of a student's that still counts, held until the transaction ends.
fn held(place: (Uuid, Uuid), db: &mut Db<'_, UpdateAttendanceInterventions>) -> Result<Intervention> {
    Intervention::of(place, db)?;
    let row = interventions::table.find((db.organization(), place.1));
    let _: Uuid = row.select(interventions::id).for_update().first(db.conn())?;
    let now = Intervention::of(place, db)?;
    match &now.withdrawn_because {
        None => Ok(now),
        Some(why) => Err(Error::Conflict(format!("This was withdrawn already: {why}"))),
    }
}

/// Whether a day on which to look again can be one.
pub(super) fn check_look_again(day: NaiveDate, today: NaiveDate) -> Result<()> {
    if day < today {
        return Err(Error::invalid("look_again_on", "This day has passed."));
    }
    if day > today + Days::new(LONGEST) {
        return Err(Error::invalid("look_again_on", format!("At most {LONGEST} days ahead.")));
    }
    Ok(())
}

fn check_happened(day: NaiveDate, today: NaiveDate) -> Result<()> {
    if day > today {
        return Err(Error::invalid("happened_on", "That is still to come."));
    }
    if day + Days::new(OLDEST) < today {
        return Err(Error::invalid("happened_on", "That is longer ago than a year."));
    }
    Ok(())
}

/// The name of one of a student's contacts who is not barred from a word.
fn may_be_reached<P: Permission>(of: Uuid, contact: Uuid, db: &mut Db<'_, P>) -> Result<String> {
    let theirs = guardians::table
        .filter(guardians::organization_id.eq(db.organization()))
        .filter(guardians::student_id.eq(of))
        .filter(guardians::contact_id.eq(contact))
        .filter(guardians::deleted_at.is_null());
    let name: Option<String> = contacts::table
        .find((db.organization(), contact))
        .filter(exists(theirs))
        .select(contacts::full_name)
        .first(db.conn())
        .optional()?;
    let name = name.ok_or_else(|| Error::invalid("contact_id", "Choose one from the list."))?;
    let bars = Restriction::of_student(of, db)?;
    if bars.iter().any(|bar| bar.bars_contact && bar.contact_id == Some(contact)) {
        return Err(Error::invalid("contact_id", format!("{name} is barred from contact.")));
    }
    Ok(name)
}
