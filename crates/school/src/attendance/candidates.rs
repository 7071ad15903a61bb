//! Who could take a class today: who is here, who stands elsewhere at the same time, who is not here at all.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::{dsl::exists, prelude::*, sql_types::Bool};
use schema::{class_staff, classes, staff, staff_attendance_records as records};
use uuid::Uuid;

use super::{cover::holds_on, joins};
use crate::{
    academics::class::Class,
    db::Db,
    error::Result,
    permit::{ReadStaffAttendance, UpdateClasses},
    reach::Sees,
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
        !self.is_absent() && self.elsewhere.is_empty()
    }

    /// The best first: here and free, free, elsewhere, absent.
    fn rank(&self) -> (bool, bool, bool) {
        (self.is_absent(), !self.elsewhere.is_empty(), self.status.is_none())
    }
}

/// The staff around some classes on a day.
#[derive(Debug)]
pub struct Around {
    people: Vec<Person>,
    /// Whom each stands in front of: person, class, its name.
    duties: Vec<(Uuid, Uuid, String)>,
}

type Name = (Uuid, String, String, Option<String>, StaffType, Option<Uuid>, Option<Uuid>);
type Person = (Name, Option<StaffAttendanceStatus>);

impl Around {
    /// Everybody who works at these classes' campuses, or at none alone, with what they do that day.
    pub fn of(of: &[Class], day: NaiveDate, db: &mut Db<'_, UpdateClasses>) -> Result<Self> {
        let campuses: Vec<Uuid> = of.iter().map(|class| class.campus_id).collect();
        let known = db.also::<ReadStaffAttendance>().map(|db| db.sees());
        Ok(Self { people: people(&campuses, day, known, db)?, duties: duties(day, db)? })
    }

    /// Who could take one of the classes, the best first; whoever stands there already is not among them.
    #[must_use]
    pub fn could_take(&self, class: &Class) -> Vec<Candidate> {
        let here = |person: &&Person| {
            person.0.5.is_none_or(|campus| campus == class.campus_id) && !self.stands_in(person.0.0, class.id)
        };
        let mut found: Vec<Candidate> = self.people.iter().filter(here).map(|one| self.read(one)).collect();
        found.sort_by_key(Candidate::rank);
        found
    }

    fn stands_in(&self, person: Uuid, class: Uuid) -> bool {
        self.duties.iter().any(|(who, what, _)| (*who, *what) == (person, class))
    }

    fn read(&self, ((id, first, last, title, kind, _, account), status): &Person) -> Candidate {
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
        }
    }
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
