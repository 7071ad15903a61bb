//! A register goes in, and can be taken back.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use schema::attendance_sessions as sessions;
use uuid::Uuid;

use super::{
    campus_policy::hold_calendar,
    code,
    draft::{Rules, decide},
    mark::{By, NewMark},
    policy::SchoolDay,
    record::keep,
    register::{Head, Key, Session},
    roll::{self, Record},
    taking, worth,
};
use crate::{
    clock::new_id,
    db::Db,
    error::{Error, Result},
    permit::{CreateAttendanceSessions, Grants, Permission, UpdateAttendanceRecords},
};

/// What became of a whole register that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// Every mark is kept.
    Kept,
    /// Somebody else changed these students' marks meanwhile; nothing was kept.
    Stale(Vec<Uuid>),
}

/// Whether a sent register goes in or stays open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Keeps the marks; nothing counts yet.
    Save,
    /// Keeps the marks and counts them.
    Submit,
    /// The same by the office, from the paper of this member of staff, who covers the class that day.
    SubmitPaperOf(Uuid),
}

/// Keeps every mark of a register in one transaction, by whoever stands in front: all of them or none. A student who is
/// not among the marks stays not marked.
///
/// # Errors
/// As [`super::mark::by_teacher`].
pub fn send_by_teacher(
    key: &Key,
    marks: &[NewMark],
    intent: Intent,
    db: &mut Db<'_, impl Grants<CreateAttendanceSessions>>,
) -> Result<Sent> {
    send(key, marks, (By::Teacher, intent), db)
}

/// The same by the office; its marks stand.
///
/// # Errors
/// As [`super::mark::by_office`].
pub fn send_by_office(
    key: &Key,
    marks: &[NewMark],
    intent: Intent,
    db: &mut Db<'_, impl Grants<UpdateAttendanceRecords>>,
) -> Result<Sent> {
    send(key, marks, (By::Office, intent), db)
}

fn send<P: Permission>(
    key: &Key,
    marks: &[NewMark],
    (by, intent): (By, Intent),
    db: &mut Db<'_, P>,
) -> Result<Sent> {
    if intent != Intent::Save {
        hold_calendar(key, db)?;
    }
    let mut head = Head::of(key, db)?;
    head.may_change(by)?;
    let codes = Arc::clone(&head.codes);
    let rows = roll::on(&head, db)?;
    let rules = Rules { head: &head, codes: &codes, now: db.now() };
    let (mut drafts, mut stale) = (Vec::new(), Vec::new());
    for row in &rows {
        let Some(new) = marks.iter().find(|new| new.student == row.pupil.id) else {
            continue;
        };
        if row.is_unmarked(&head) && new.says_nothing() {
            continue;
        }
        let said_nothing_new = by == By::Office && row.office_code().is_none() && new.code == code::PRESENT;
        let by = if said_nothing_new || new.code.is_empty() { By::Teacher } else { by };
        let draft = decide(row, new, by, &rules)?;
        if !row.record.as_ref().is_some_and(|kept| kept.says_the_same_as(&draft)) {
            if row.version() != new.version {
                stale.push(row.pupil.id);
            }
            drafts.push(draft);
        }
    }
    if !stale.is_empty() {
        return Ok(Sent::Stale(stale));
    }
    let was_in = head.is_in();
    let session = match intent {
        Intent::Save => begin(&mut head, db)?,
        Intent::SubmitPaperOf(person) if by == By::Office => submit(&mut head, Some(person), db)?,
        Intent::Submit | Intent::SubmitPaperOf(_) => submit(&mut head, db.staff(), db)?,
    };
    keep_all(session, key.day, &drafts, db)?;
    if intent != Intent::Save && !was_in {
        worth::count_session(session, key.day, db)?;
    }
    Ok(Sent::Kept)
}

/// Keeps all of them or none.
fn keep_all<P: Permission>(
    session: Uuid,
    day: NaiveDate,
    drafts: &[Record],
    db: &mut Db<'_, P>,
) -> Result<()> {
    if drafts.is_empty() || keep(session, day, drafts, db)?.len() == drafts.len() {
        return Ok(());
    }
    Err(Error::Conflict("Somebody else saved this register at the same moment. Look at it again.".into()))
}

/// Takes a submitted register back: its marks stay, and count no more until it is submitted again.
///
/// # Errors
/// As [`super::mark::by_teacher`]; [`Error::Conflict`] when it was not in.
pub fn withdraw_by_teacher(key: &Key, db: &mut Db<'_, impl Grants<CreateAttendanceSessions>>) -> Result<()> {
    withdraw(key, By::Teacher, db)
}

/// The same by the office.
///
/// # Errors
/// As [`super::mark::by_office`]; [`Error::Conflict`] when it was not in.
pub fn withdraw_by_office(key: &Key, db: &mut Db<'_, impl Grants<UpdateAttendanceRecords>>) -> Result<()> {
    withdraw(key, By::Office, db)
}

fn withdraw<P: Permission>(key: &Key, by: By, db: &mut Db<'_, P>) -> Result<()> {
    hold_calendar(key, db)?;
    let head = Head::of(key, db)?;
    head.may_change(by)?;
    let session = head.session.filter(|session| session.submitted_at.is_some());
    let session = session.ok_or_else(|| Error::Conflict("This register was not submitted.".into()))?;
    diesel::update(sessions::table)
        .filter(sessions::organization_id.eq(db.organization()))
        .filter(sessions::id.eq(session.id))
        .set((
            sessions::submitted_at.eq(None::<DateTime<Utc>>),
            sessions::submitted_by_id.eq(None::<Uuid>),
            sessions::version.eq(sessions::version + 1),
        ))
        .execute(db.conn())?;
    worth::count_session(session.id, key.day, db)
}

/// The session of a register, begun now if nobody has yet.
pub(crate) fn begin<P: Permission>(head: &mut Head, db: &mut Db<'_, P>) -> Result<Uuid> {
    if let Some(session) = &head.session {
        return Ok(session.id);
    }
    let id = new_id();
    diesel::insert_into(sessions::table)
        .values((
            (sessions::organization_id.eq(db.organization()), sessions::id.eq(id)),
            (sessions::campus_id.eq(head.campus), sessions::class_id.eq(head.key.class)),
            (sessions::session_date.eq(head.key.day), sessions::slot.eq(&head.key.slot)),
            (sessions::session_type.eq(head.key.kind()), sessions::taken_by_id.eq(db.staff())),
        ))
        .on_conflict_do_nothing()
        .execute(db.conn())?;
    let session = sessions::table
        .filter(sessions::organization_id.eq(db.organization()))
        .filter(sessions::class_id.eq(head.key.class))
        .filter(sessions::session_date.eq(head.key.day))
        .filter(sessions::slot.eq(&head.key.slot))
        .filter(sessions::class_subject_id.is_null())
        .filter(sessions::deleted_at.is_null())
        .select(Session::as_select())
        .first(db.conn())?;
    Ok(head.session.insert(session).id)
}

/// The session of a register, now submitted, with who stood in front and in whose place. Who submitted it first stays
/// who submitted it.
fn submit<P: Permission>(head: &mut Head, taker: Option<Uuid>, db: &mut Db<'_, P>) -> Result<Uuid> {
    let id = begin(head, db)?;
    if head.is_in() {
        return Ok(id);
    }
    let stands_for = taking::stands_for(head, taker, db)?;
    diesel::update(sessions::table)
        .filter(sessions::organization_id.eq(db.organization()))
        .filter(sessions::id.eq(id))
        .filter(sessions::submitted_at.is_null())
        .set((
            sessions::taken_by_id.eq(taker),
            sessions::on_behalf_of_id.eq(stands_for),
            sessions::submitted_at.eq(db.now()),
            sessions::submitted_by_id.eq(db.user()),
            sessions::version.eq(sessions::version + 1),
        ))
        .execute(db.conn())?;
    Ok(id)
}

impl Head {
    /// Whether the register was submitted.
    #[must_use]
    pub fn is_in(&self) -> bool {
        self.went_in().is_some()
    }

    /// Whether a change may be made now, and if not, in which words it is refused.
    ///
    /// # Errors
    /// [`Error::Conflict`] on a day without school, before it, and after the teacher's window.
    pub fn may_change(&self, by: By) -> Result<()> {
        if let SchoolDay::No(why) = &self.school_day {
            return Err(Error::Conflict(format!("{why} No register is due.")));
        }
        if self.key.day > self.now.0 {
            return Err(Error::Conflict("This register opens on its day.".into()));
        }
        if by == By::Teacher && !self.policy.lets_teacher_change(self.key.day, self.now.0) {
            let days = self.policy.teacher_edit_days;
            let span = if days == 1 { "the day after".to_owned() } else { format!("{days} days after") };
            return Err(Error::Conflict(format!(
                "Teachers change a register until {span}. The office can still change this one."
            )));
        }
        Ok(())
    }
}
