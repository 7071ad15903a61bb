//! A day's board as it was read last: many screens of an office look at one board, and it is read once for all that see
//! the same, until something is changed.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::NaiveDate;
use school::{
    Result, Uuid,
    access::looked::Kind,
    attendance::{
        board::Board,
        reachable::{Reachable, reachable},
    },
    db::{Db, Snapshot},
    permit::{ReadCampusAttendance, ReadGuardians},
    reach::Reach,
};

/// The most boards that are kept.
const MOST: usize = 500;

/// Which board: the day, and the campus where one is chosen.
pub(in crate::web::attendance) type View = (NaiveDate, Option<Uuid>);

/// What a board says: the day, and whom to call for those who are absent, as far as the reader may.
pub(super) struct Seen {
    pub(super) board: Board,
    pub(super) people: BTreeMap<Uuid, Reachable>,
}

/// What the door has to answer for two people to see the same, and the minute: a board says how late it is, and not
/// everything that it says has a history.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Sight {
    organization: Uuid,
    view: View,
    /// Whoever looks from another zone may be in another day, in which another is barred.
    today: NaiveDate,
    minute: i64,
    reach: Reach,
    families: Option<Reach>,
}

impl Sight {
    /// None where what is seen depends on who looks.
    fn of(view: View, db: &mut Db<'_, ReadCampusAttendance>) -> Option<Self> {
        let (organization, minute, reach) = (db.organization(), db.now().timestamp() / 60, db.reach());
        let today = db.today();
        let families = db.also::<ReadGuardians>().map(|db| db.reach());
        let is_shared = |reach: &Reach| matches!(reach, Reach::Organization | Reach::Campuses(_));
        let all = is_shared(&reach) && families.as_ref().is_none_or(is_shared);
        all.then_some(Self { organization, view, today, minute, reach, families })
    }
}

/// Boards that were read this minute, each with what could be seen of everybody's work by then.
#[derive(Default)]
pub struct Boards(Mutex<HashMap<Sight, (Snapshot, Arc<Seen>)>>);

impl Boards {
    /// A day's board as far as the reader sees, which is a look at everybody on it, whoever read it, and as of when it
    /// stands; no board where the reader's page shows it already. What is new is asked once: since the board that
    /// others have read, or else since the reader's own.
    pub(super) fn of(
        &self,
        view: View,
        shown: Option<Snapshot>,
        db: &mut Db<'_, ReadCampusAttendance>,
    ) -> Result<(Option<Snapshot>, Option<Arc<Seen>>)> {
        let sight = Sight::of(view, db);
        let known = sight.as_ref().and_then(|sight| self.held().get(sight).cloned());
        let before = known.as_ref().map(|(snapshot, _)| snapshot).or(shown.as_ref());
        let is_fresh = before.map(|before| db.is_changed_since(before)).transpose()? == Some(false);
        if is_fresh && before == shown.as_ref() {
            return Ok((shown, None));
        }
        let (snapshot, seen) = match known.filter(|_| is_fresh) {
            Some((snapshot, seen)) => (Some(snapshot), seen),
            None => (db.snapshot().cloned(), Arc::new(read(view, db)?)),
        };
        if !is_fresh && let Some((sight, snapshot)) = sight.zip(snapshot.clone()) {
            self.keep(sight, (snapshot, seen.clone()));
        }
        let late = seen.board.late.iter().map(|one| one.student);
        db.saw(Kind::Attendance, seen.board.absences.iter().map(|absence| absence.student).chain(late));
        if let Some(mut db) = db.also::<ReadGuardians>() {
            db.saw(Kind::Guardians, seen.people.keys().copied());
        }
        Ok((snapshot, Some(seen)))
    }

    fn keep(&self, sight: Sight, read: (Snapshot, Arc<Seen>)) {
        let mut held = self.held();
        held.retain(|other, _| other.minute == sight.minute);
        if held.len() < MOST {
            held.insert(sight, read);
        }
    }

    fn held(&self) -> MutexGuard<'_, HashMap<Sight, (Snapshot, Arc<Seen>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read(view: View, db: &mut Db<'_, ReadCampusAttendance>) -> Result<Seen> {
    let board = Board::of(view, db)?;
    let absent: Vec<Uuid> = board.absences.iter().map(|absence| absence.student).collect();
    let people = match db.also::<ReadGuardians>() {
        Some(mut db) if !absent.is_empty() => reachable(&absent, &mut db)?,
        _ => BTreeMap::new(),
    };
    Ok(Seen { board, people })
}
