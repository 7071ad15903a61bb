//! Who could take a class today: who is here, who stands elsewhere at the same time, who is not here at all.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use diesel::{dsl::exists, prelude::*, sql_types::Bool};
use schema::{class_staff, classes, staff, staff_attendance_records as records, users};
use uuid::Uuid;

use super::{cover::holds_on, joins};
use crate::{
    academics::class::Class,
    db::Db,
    error::{Error, Result},
    permit::{
        CreateAttendanceSessions, Permission as _, ReadStaffAttendance, UpdateAttendanceRecords,
        UpdateClasses,
    },
    reach::{Holdings, Reach, Sees},
    sql::permissions_of,
    words::{ClassKind, ClassStatus, StaffAttendanceStatus, StaffStatus, StaffType},
};

/// The most members of staff that are looked through.
const MOST: i64 = 600;

/// Somebody who could take a class.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Who.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// What they do.
    pub work: String,
    /// What is recorded of them that day, as far as the reader may know.
    pub status: Option<StaffAttendanceStatus>,
    /// The other homerooms that they stand in front of that day.
    pub elsewhere: Vec<String>,
    /// Whether they can sign in.
    pub has_account: bool,
    /// Whether their account takes no register, whatever class they are given.
    pub takes_none: bool,
}

impl Candidate {
    /// Whether they are recorded as absent.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        self.status == Some(StaffAttendanceStatus::Absent)
    }

    /// Whether nothing speaks against them.
    #[must_use]
    pub fn is_free(&self) -> bool {
        !self.takes_none && !self.is_absent() && self.elsewhere.is_empty()
    }

    /// The best first: here and free, free, elsewhere, absent, who takes no register; of equals who can sign in.
    fn rank(&self) -> (bool, bool, bool, bool, bool) {
        let is_elsewhere = !self.elsewhere.is_empty();
        (self.takes_none, self.is_absent(), is_elsewhere, self.status.is_none(), !self.has_account)
    }
}

/// The staff around some classes on a day.
#[derive(Debug)]
pub struct Around {
    people: Vec<Person>,
    /// Whom each stands in front of: person, class, its name.
    duties: Vec<(Uuid, Uuid, String)>,
    /// What each account that is in use holds.
    accounts: HashMap<Uuid, Holdings>,
}

type Name = (Uuid, String, String, Option<String>, StaffType, Option<Uuid>, Option<Uuid>);
type Person = (Name, Option<StaffAttendanceStatus>);

impl Around {
    /// Everybody who works at these classes' campuses, or at none alone, with what they do that day.
    pub fn of(of: &[Class], day: NaiveDate, db: &mut Db<'_, UpdateClasses>) -> Result<Self> {
        let campuses: Vec<Uuid> = of.iter().map(|class| class.campus_id).collect();
        let known = db.also::<ReadStaffAttendance>().map(|db| db.sees());
        let people = people(&campuses, day, known, db)?;
        let accounts = accounts(&people, db)?;
        Ok(Self { people, duties: duties(day, db)?, accounts })
    }

    /// Who could take one of the classes, the best first; whoever stands there already is not among them.
    #[must_use]
    pub fn could_take(&self, class: &Class) -> Vec<Candidate> {
        let here = |person: &&Person| {
            person.0.5.is_none_or(|campus| campus == class.campus_id) && !self.stands_in(person.0.0, class.id)
        };
        let people = self.people.iter().filter(here);
        let mut found: Vec<Candidate> = people.map(|one| self.read(one, class.campus_id)).collect();
        found.sort_by_key(Candidate::rank);
        found
    }

    fn stands_in(&self, person: Uuid, class: Uuid) -> bool {
        self.duties.iter().any(|(who, what, _)| (*who, *what) == (person, class))
    }

    fn read(&self, (who, status): &Person, at: Uuid) -> Candidate {
        let (id, first, last, title, kind, home, account) = who;
        let theirs = self.duties.iter().filter(|(who, ..)| who == id);
        let elsewhere: BTreeMap<Uuid, String> =
            theirs.map(|(_, class, name)| (*class, name.clone())).collect();
        Candidate {
            id: *id,
            name: format!("{first} {last}"),
            work: title.clone().unwrap_or_else(|| kind.label().to_owned()),
            status: *status,
            elsewhere: elsewhere.into_values().collect(),
            has_account: account.is_some(),
            takes_none: account.is_some_and(|account| !self.takes_registers(account, *home, at)),
        }
    }

    /// Whether an account takes the register of a class at a campus that is given to its owner: as whoever stands in front
    /// or as the office.
    fn takes_registers(&self, account: Uuid, home: Option<Uuid>, at: Uuid) -> bool {
        let Some(held) = self.accounts.get(&account) else { return false };
        [CreateAttendanceSessions::ENTRY.name, UpdateAttendanceRecords::ENTRY.name].iter().any(|name| {
            match held.get(*name).map(|held| held.reach(home)) {
                Some(Reach::Organization | Reach::Assigned | Reach::AssignedAndCampuses(_)) => true,
                Some(Reach::Campuses(campuses)) => campuses.contains(&at),
                Some(Reach::Own) | None => false,
            }
        })
    }
}

/// What the accounts of some people hold, where they are in use.
fn accounts(of: &[Person], db: &mut Db<'_, UpdateClasses>) -> Result<HashMap<Uuid, Holdings>> {
    let accounts: Vec<Uuid> = of.iter().filter_map(|person| person.0.6).collect();
    let held: Vec<(Uuid, serde_json::Value)> = users::table
        .filter(users::organization_id.eq(db.organization()))
        .filter(users::id.eq_any(accounts))
        .filter(users::deleted_at.is_null())
        .filter(users::disabled_at.is_null())
        .filter(users::left_at.is_null())
        .select((users::id, permissions_of(users::id)))
        .order(users::id)
        .limit(MOST)
        .load(db.conn())?;
    let read = |(id, held)| Ok((id, serde_json::from_value(held).map_err(Error::internal)?));
    held.into_iter().map(read).collect()
}

/// Active staff by family name. What is recorded of somebody comes only from the campuses where that may be read.
fn people(
    campuses: &[Uuid],
    day: NaiveDate,
    known: Option<Sees>,
    db: &mut Db<'_, UpdateClasses>,
) -> Result<Vec<Person>> {
    let sees = known.unwrap_or(Sees { everything: false, campuses: Vec::new(), staff: None });
    let may_know = sees
        .everything
        .into_sql::<Bool>()
        .or(staff::campus_id.is_not_null().and(staff::campus_id.assume_not_null().eq_any(sees.campuses)));
    let recorded = records::organization_id
        .eq(staff::organization_id)
        .and(records::staff_id.eq(staff::id))
        .and(records::attendance_date.eq(day))
        .and(records::deleted_at.is_null())
        .and(may_know);
    Ok(staff::table
        .left_join(records::table.on(recorded))
        .filter(staff::organization_id.eq(db.organization()))
        .filter(staff::deleted_at.is_null())
        .filter(staff::status.eq(StaffStatus::Active))
        .filter(staff::campus_id.is_null().or(staff::campus_id.assume_not_null().eq_any(campuses.to_vec())))
        .select((
            (
                staff::id,
                staff::first_name,
                staff::last_name,
                staff::job_title,
                staff::staff_type,
                staff::campus_id,
                staff::user_id,
            ),
            records::status.nullable(),
        ))
        .order((staff::last_name, staff::first_name, staff::id))
        .limit(MOST)
        .load(db.conn())?)
}

/// Who stands in front of which homeroom; homerooms are called at the same time.
fn duties(day: NaiveDate, db: &mut Db<'_, UpdateClasses>) -> Result<Vec<(Uuid, Uuid, String)>> {
    let called =
        classes::organization_id.eq(class_staff::organization_id).and(classes::id.eq(class_staff::class_id));
    Ok(class_staff::table
        .inner_join(classes::table.on(called))
        .filter(class_staff::organization_id.eq(db.organization()))
        .filter(holds_on(day))
        .filter(classes::kind.eq(ClassKind::Homeroom))
        .filter(classes::status.eq(ClassStatus::Active))
        .filter(exists(joins::year_begun_by(day)))
        .filter(classes::deleted_at.is_null())
        .select((class_staff::staff_id, classes::id, classes::name))
        .order((classes::name, class_staff::id))
        .limit(2000)
        .load(db.conn())?)
}
