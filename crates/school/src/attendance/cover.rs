//! Cover: a class is given to somebody else for a day or a while, and the right ends by itself.

use chrono::NaiveDate;
use diesel::{
    dsl::{auto_type, exists},
    prelude::*,
};
use schema::{class_staff, classes, staff};
use uuid::Uuid;

use super::joins;
use crate::{
    academics::{
        class::{Class, Named, visible},
        class_staff::NewDuty,
        duty,
    },
    clock::new_id,
    db::Db,
    error::{Error, Result},
    people::staff_member,
    permit::{Grants, Permission, ReadAttendanceSessions, UpdateClasses},
    words::{ClassDuty, ClassStatus},
};

/// A class to be given to somebody.
#[derive(Clone, Debug)]
pub struct NewCover {
    /// Which class, to whom, as what, and for which days; there is always a last one.
    pub duty: NewDuty,
    /// In whose place, if in anybody's.
    pub covers: Option<Uuid>,
}

/// Somebody who stands in front of a class for some days.
#[derive(Clone, Debug)]
pub struct Cover {
    /// The duty's id.
    pub id: Uuid,
    /// The class.
    pub class: Uuid,
    /// What it is called.
    pub class_name: String,
    /// Who.
    pub staff: Uuid,
    /// Their name.
    pub name: String,
    /// As what.
    pub duty: ClassDuty,
    /// In whose place.
    pub covers: Option<(Uuid, String)>,
    /// The last day.
    pub ends_on: Option<NaiveDate>,
    /// Whether they can sign in; without an account their roll is on paper.
    pub has_account: bool,
}

type Found =
    (Uuid, (Uuid, String), (Uuid, String, String, Option<Uuid>), ClassDuty, Option<NaiveDate>, Option<Whom>);
type Whom = (Uuid, String, String);

/// Gives a class in reach to somebody for some days, from today on. Answers the duty's id.
///
/// # Errors
/// As [`duty::appoint`], and [`Error::Invalid`] for days that have passed, no last day, and for somebody to cover who
/// does not stand in front of the class.
pub fn give(new: &NewCover, db: &mut Db<'_, UpdateClasses>) -> Result<Uuid> {
    if new.duty.starts_on < db.today() {
        return Err(Error::invalid("starts_on", "A class is given from today on."));
    }
    if new.duty.ends_on.is_none() {
        return Err(Error::invalid("ends_on", "Choose the last day. The right ends by itself with it."));
    }
    duty::check(&new.duty, db)?;
    if let Some(covered) = new.covers
        && (covered == new.duty.staff_id
            || !regulars(new.duty.class_id, new.duty.starts_on, db)?.iter().any(|one| one.id == covered))
    {
        return Err(Error::invalid("covers", "Choose one from the list."));
    }
    let id = new_id();
    diesel::insert_into(class_staff::table)
        .values((
            &new.duty,
            class_staff::covers_id.eq(new.covers),
            class_staff::organization_id.eq(db.organization()),
            class_staff::id.eq(id),
        ))
        .execute(db.conn())?;
    Ok(id)
}

/// Takes a class back from whoever it was given to, at once: they stood there until yesterday, or never.
///
/// # Errors
/// [`Error::NotFound`] for a class or duty out of reach, [`Error::Conflict`] for one that has ended before.
pub fn take_back(class: Uuid, id: Uuid, db: &mut Db<'_, UpdateClasses>) -> Result<()> {
    let yesterday = db.today().pred_opt().unwrap_or_default();
    if duty::ends_on(class, id, db)?.is_some_and(|last| last < yesterday) {
        return Err(Error::Conflict("This has ended by itself already.".into()));
    }
    duty::end(class, id, yesterday, db)
}

/// In whose place somebody may stand in a class on a day: whoever looks after it and its teachers. At most 50.
///
/// # Errors
/// [`Error::NotFound`] for a class out of reach.
pub fn regulars(class: Uuid, day: NaiveDate, db: &mut Db<'_, UpdateClasses>) -> Result<Vec<Named>> {
    let homeroom_teacher = Class::of(class, db)?.homeroom_teacher_id;
    let teaching = class_staff::table
        .filter(class_staff::organization_id.eq(db.organization()))
        .filter(class_staff::class_id.eq(class))
        .filter(class_staff::covers_id.is_null())
        .filter(class_staff::duty.ne(ClassDuty::Substitute))
        .filter(holds_on(day))
        .select(class_staff::staff_id);
    let people: Vec<Whom> = staff::table
        .filter(staff::organization_id.eq(db.organization()))
        .filter(staff::deleted_at.is_null())
        .filter(staff::id.eq_any(teaching).or(staff::id.nullable().eq(homeroom_teacher)))
        .select((staff::id, staff::first_name, staff::last_name))
        .order((staff::id.nullable().eq(homeroom_teacher).desc(), staff::last_name, staff::id))
        .limit(50)
        .load(db.conn())?;
    Ok(people.into_iter().map(|(id, first, last)| Named { id, name: format!("{first} {last}") }).collect())
}

/// The name of a member of staff in reach and the classes that they stand in front of on a day. At most 50.
///
/// # Errors
/// [`Error::NotFound`] when the person is out of reach.
pub fn classes_of(
    person: Uuid,
    day: NaiveDate,
    db: &mut Db<'_, UpdateClasses>,
) -> Result<(String, Vec<Class>)> {
    let name: (String, String) = staff_member::visible(db)
        .filter(staff::id.eq(person))
        .select((staff::first_name, staff::last_name))
        .first(db.conn())?;
    let theirs = class_staff::table
        .filter(class_staff::organization_id.eq(db.organization()))
        .filter(class_staff::staff_id.eq(person))
        .filter(holds_on(day))
        .select(class_staff::class_id);
    let classes = visible(db)
        .filter(classes::status.eq(ClassStatus::Active))
        .filter(exists(joins::year_begun_by(day)))
        .filter(
            classes::id.eq_any(theirs).or(classes::homeroom_teacher_id
                .is_not_null()
                .and(classes::homeroom_teacher_id.assume_not_null().eq(person))),
        )
        .select(Class::as_select())
        .order((classes::name, classes::id))
        .limit(50)
        .load(db.conn())?;
    Ok((format!("{} {}", name.0, name.1), classes))
}

/// Who covers these classes on a day.
pub fn of_classes(ids: &[Uuid], day: NaiveDate, db: &mut Db<'_, UpdateClasses>) -> Result<Vec<Cover>> {
    found(day, ids, None, db)
}

/// Who covers a class on a day, for whoever has opened its register.
pub(super) fn of_class<P: Permission>(class: Uuid, day: NaiveDate, db: &mut Db<'_, P>) -> Result<Vec<Cover>> {
    found(day, &[class], None, db)
}

/// What somebody covers on a day themselves.
pub fn mine(day: NaiveDate, db: &mut Db<'_, impl Grants<ReadAttendanceSessions>>) -> Result<Vec<Cover>> {
    found(day, &[], db.staff(), db)
}

/// Covers of some classes or by somebody, by class. At most 200.
fn found<P: Permission>(
    day: NaiveDate,
    of: &[Uuid],
    by: Option<Uuid>,
    db: &mut Db<'_, P>,
) -> Result<Vec<Cover>> {
    let covered = diesel::alias!(staff as covered);
    let who =
        staff::organization_id.eq(class_staff::organization_id).and(staff::id.eq(class_staff::staff_id));
    let whom = covered
        .field(staff::organization_id)
        .eq(class_staff::organization_id)
        .and(covered.field(staff::id).nullable().eq(class_staff::covers_id));
    let given =
        classes::organization_id.eq(class_staff::organization_id).and(classes::id.eq(class_staff::class_id));
    let rows: Vec<Found> = class_staff::table
        .inner_join(classes::table.on(given))
        .inner_join(staff::table.on(who))
        .left_join(covered.on(whom))
        .filter(class_staff::organization_id.eq(db.organization()))
        .filter(class_staff::class_id.eq_any(of.to_vec()).or(class_staff::staff_id.nullable().eq(by)))
        .filter(class_staff::duty.eq(ClassDuty::Substitute).or(class_staff::covers_id.is_not_null()))
        .filter(holds_on(day))
        .select((
            class_staff::id,
            (classes::id, classes::name),
            (staff::id, staff::first_name, staff::last_name, staff::user_id),
            class_staff::duty,
            class_staff::ends_on,
            (covered.field(staff::id), covered.field(staff::first_name), covered.field(staff::last_name))
                .nullable(),
        ))
        .order((classes::name, class_staff::starts_on, class_staff::id))
        .limit(200)
        .load(db.conn())?;
    Ok(rows.into_iter().map(Cover::read).collect())
}

impl Cover {
    fn read((id, class, who, duty, ends_on, covers): Found) -> Self {
        Self {
            id,
            class: class.0,
            class_name: class.1,
            staff: who.0,
            name: format!("{} {}", who.1, who.2),
            duty,
            covers: covers.map(|(id, first, last)| (id, format!("{first} {last}"))),
            ends_on,
            has_account: who.3.is_some(),
        }
    }
}

/// Whether a duty holds on a day.
#[auto_type]
pub(super) fn holds_on(day: NaiveDate) -> _ {
    class_staff::deleted_at
        .is_null()
        .and(class_staff::starts_on.le(day))
        .and(class_staff::ends_on.is_null().or(class_staff::ends_on.ge(day)))
}
