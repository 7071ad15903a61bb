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
    day: NaiveDate,
    /// Whoever looks from another zone may be in another day, in which another is barred.
    today: NaiveDate,
    minute: i64,
    reach: Reach,
    families: Option<Reach>,
}

impl Sight {
    /// None where what is seen depends on who looks.
    fn of(day: NaiveDate, db: &mut Db<'_, ReadCampusAttendance>) -> Option<Self> {
        let (organization, minute, reach) = (db.organization(), db.now().timestamp() / 60, db.reach());
        let today = db.today();
        let families = db.also::<ReadGuardians>().map(|db| db.reach());
        let is_shared = |reach: &Reach| matches!(reach, Reach::Organization | Reach::Campuses(_));
        let all = is_shared(&reach) && families.as_ref().is_none_or(is_shared);
        all.then_some(Self { organization, day, today, minute, reach, families })
    }
}

/// Boards that were read this minute, each with what could be seen of everybody's work by then.
#[derive(Default)]
pub struct Boards(Mutex<HashMap<Sight, (Snapshot, Arc<Seen>)>>);

impl Boards {
    /// A day's board as far as the reader sees, which is a look at everybody on it, whoever read it.
    pub(super) fn of(&self, day: NaiveDate, db: &mut Db<'_, ReadCampusAttendance>) -> Result<Arc<Seen>> {
        let sight = Sight::of(day, db);
        let known = sight.as_ref().and_then(|sight| self.held().get(sight).cloned());
        let seen = match known {
            Some((snapshot, seen)) if !db.is_changed_since(&snapshot)? => seen,
            _ => {
                let seen = Arc::new(read(day, db)?);
                if let Some((sight, snapshot)) = sight.zip(db.snapshot()) {
                    self.keep(sight, (snapshot.clone(), seen.clone()));
                }
                seen
            }
        };
        let late = seen.board.late.iter().map(|one| one.student);
        db.saw(Kind::Attendance, seen.board.absences.iter().map(|absence| absence.student).chain(late));
        if let Some(mut db) = db.also::<ReadGuardians>() {
            db.saw(Kind::Guardians, seen.people.keys().copied());
        }
        Ok(seen)
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

fn read(day: NaiveDate, db: &mut Db<'_, ReadCampusAttendance>) -> Result<Seen> {
    let board = Board::of(day, db)?;
    let absent: Vec<Uuid> = board.absences.iter().map(|absence| absence.student).collect();
    let people = match db.also::<ReadGuardians>() {
        Some(mut db) if !absent.is_empty() => reachable(&absent, &mut db)?,
        _ => BTreeMap::new(),
    };
    Ok(Seen { board, people })
}
