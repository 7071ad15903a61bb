//! Taking a student out for good: one person asks, another approves, a job does it, and a stone stays.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use schema::erasures;
use serde_json::Value;
use uuid::Uuid;

use super::kept::{must_be_over, until, with_it};
use crate::{
    access::record_seal,
    clock::new_id,
    db::Db,
    error::{Error, Result},
    job::{Job, JobKind},
    people::student::{hold, in_reach},
    permit::{CreateErasures, Seed, UpdateErasures},
    sql::{erase_student, set_config},
    words::{ErasureBasis, ErasureState, RecordKind},
};

/// One that was asked for, and what became of it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = erasures)]
pub struct Erasure {
    /// Its id.
    pub id: Uuid,
    /// Whom it is of, also when they are gone.
    pub student_id: Uuid,
    kinds: Vec<Option<RecordKind>>,
    /// On what ground.
    pub ground: ErasureBasis,
    /// Why, in words; none once it is carried out.
    pub reason: Option<String>,
    /// Who asked.
    pub asked_by_id: Uuid,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// How far it is.
    pub state: ErasureState,
    /// Who decided.
    pub decided_by_id: Option<Uuid>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was declined.
    pub declined_because: Option<String>,
    /// Why it could not be carried out when it was approved; then it waits again.
    pub failure: Option<String>,
    /// When it was carried out.
    pub carried_out_at: Option<DateTime<Utc>>,
    /// The student's first day at the school.
    pub first_day: Option<NaiveDate>,
    /// Their last.
    pub last_day: Option<NaiveDate>,
    removed: Option<Value>,
}

impl Erasure {
    /// What is to go; with the particulars everything.
    #[must_use]
    pub fn kinds(&self) -> Vec<RecordKind> {
        self.kinds.iter().copied().flatten().collect()
    }

    /// Whether the student goes, too.
    #[must_use]
    pub fn is_of_everything(&self) -> bool {
        self.kinds().contains(&RecordKind::Particulars)
    }

    /// Whether it was approved, could not be carried out, and waits for a second person again.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        self.state == ErasureState::Asked && self.failure.is_some()
    }

    /// How many rows of which table were taken out; tables without any are not named.
    #[must_use]
    pub fn removed(&self) -> Vec<(String, i64)> {
        let rows = self.removed.iter().filter_map(Value::as_object).flatten();
        rows.filter_map(|(table, rows)| Some((table.clone(), rows.as_i64().filter(|rows| *rows > 0)?)))
            .collect()
    }
}

/// What is asked, as a form says it.
#[derive(Clone, Debug)]
pub struct NewErasure {
    /// What is to go; with the particulars everything.
    pub kinds: Vec<RecordKind>,
    /// On what ground.
    pub ground: ErasureBasis,
    /// Why, in words.
    pub reason: String,
}

impl NewErasure {
    /// Asks that a student be taken out, and answers its id.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a student out of reach, [`Error::Conflict`] while they are here or a period is not over, or
    /// when somebody asked already.
    pub fn ask(&self, student: Uuid, db: &mut Db<'_, CreateErasures>) -> Result<Uuid> {
        in_reach(student, db)?;
        hold(student, db)?;
        let mut kinds: Vec<RecordKind> = self.kinds.iter().copied().flat_map(with_it).collect();
        kinds.sort_unstable_by_key(|kind| kind.word());
        kinds.dedup();
        must_be_over(until(student, &kinds, db)?, db.today())?;
        let open = erasures::table
            .filter(erasures::organization_id.eq(db.organization()))
            .filter(erasures::student_id.eq(student))
            .filter(erasures::state.eq_any([ErasureState::Asked, ErasureState::Approved]));
        if diesel::select(diesel::dsl::exists(open)).get_result(db.conn())? {
            return Err(Error::Conflict("Somebody asked for this already. See the list of erasures.".into()));
        }
        let id = new_id();
        diesel::insert_into(erasures::table)
            .values((
                (
                    erasures::organization_id.eq(db.organization()),
                    erasures::id.eq(id),
                    erasures::student_id.eq(student),
                ),
                (
                    erasures::kinds.eq(kinds),
                    erasures::ground.eq(self.ground),
                    erasures::reason.eq(&self.reason),
                ),
                (
                    erasures::asked_by_id.eq(db.user().ok_or(Error::Forbidden)?),
                    erasures::asked_at.eq(db.now()),
                ),
            ))
            .execute(db.conn())?;
        Ok(id)
    }
}

impl Erasure {
    /// Approves what somebody else asked, and leaves the work for a job.
    ///
    /// # Errors
    /// [`Error::Conflict`] for whoever asked themselves, for what was decided already, and while a period is not over.
    pub fn approve(id: Uuid, db: &mut Db<'_, UpdateErasures>) -> Result<()> {
        let asked = held(id, db)?;
        must_be_over(until(asked.student_id, &asked.kinds(), db)?, db.today())?;
        decide(id, ErasureState::Approved, None, db)?;
        Job::give(JobKind::Erasure, id, db).map(|_| ())
    }

    /// Declines it; the student stays.
    ///
    /// # Errors
    /// [`Error::Conflict`] for whoever asked themselves, and for what was decided already.
    pub fn decline(id: Uuid, because: &str, db: &mut Db<'_, UpdateErasures>) -> Result<()> {
        held(id, db)?;
        decide(id, ErasureState::Declined, Some(because), db)
    }

    /// Carries it out in one transaction, with the end of its job.
    ///
    /// # Errors
    /// [`Error::Internal`] when the database finds that it may not be done; then nothing is gone.
    pub fn carry_out(job: &Job, db: &mut Db<'_, UpdateErasures>) -> Result<()> {
        let (organization, today, now) = (db.organization(), db.today(), db.now());
        // Long histories take longer than a page may.
        diesel::select(set_config("statement_timeout", "600s", true)).execute(db.conn())?;
        let sealed = record_seal::fitting(db)?;
        diesel::select(erase_student(organization, job.subject, today, now)).execute(db.conn())?;
        record_seal::renew(&sealed, job.subject, db)?;
        job.finish(db)
    }

    /// Writes down why its job could not carry it out, and has it wait for a second person again.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away.
    pub fn give_up(job: &Job, reason: Option<&str>, db: &mut Db<'_, Seed>) -> Result<()> {
        if job.end(reason, db)? {
            let row = erasures::table.find((db.organization(), job.subject));
            diesel::update(row.filter(erasures::state.eq(ErasureState::Approved)))
                .set((
                    erasures::state.eq(ErasureState::Asked),
                    erasures::decided_by_id.eq(None::<Uuid>),
                    erasures::decided_at.eq(None::<DateTime<Utc>>),
                    erasures::failure.eq(reason.unwrap_or("It was stopped. Nothing is gone.")),
                ))
                .execute(db.conn())?;
        }
        Ok(())
    }
}

/// One that waits for a decision by somebody else than whoever asked.
fn held(id: Uuid, db: &mut Db<'_, UpdateErasures>) -> Result<Erasure> {
    let row = erasures::table.find((db.organization(), id)).filter(erasures::deleted_at.is_null());
    let asked: Erasure = row.select(Erasure::as_select()).for_update().first(db.conn())?;
    if asked.state != ErasureState::Asked {
        return Err(Error::Conflict("This was decided already.".into()));
    }
    if db.user() == Some(asked.asked_by_id) {
        return Err(Error::Conflict("You asked for this, so somebody else decides.".into()));
    }
    Ok(asked)
}

fn decide(
    id: Uuid,
    state: ErasureState,
    because: Option<&str>,
    db: &mut Db<'_, UpdateErasures>,
) -> Result<()> {
    diesel::update(erasures::table.find((db.organization(), id)))
        .set((
            (erasures::state.eq(state), erasures::declined_because.eq(because)),
            (erasures::decided_by_id.eq(db.user()), erasures::decided_at.eq(db.now())),
        ))
        .execute(db.conn())?;
    Ok(())
}
