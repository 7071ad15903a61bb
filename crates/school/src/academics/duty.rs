//! The duties of a class and of a person: who stands in front, from when to when.

use chrono::NaiveDate;
use diesel::prelude::*;
use schema::{class_staff, classes, staff};
use uuid::Uuid;

use super::{
    class::{Class, hold},
    class_staff::{NewDuty, insert, works_here},
};
use crate::{
    db::Db,
    error::{Error, Result},
    permit::{Grants, ReadClasses, ReadStaff, UpdateClasses},
    words::ClassDuty,
};

/// A duty as a class's page shows it.
#[derive(Clone, Debug, Queryable)]
pub struct Duty {
    /// Its id.
    pub id: Uuid,
    /// Who.
    pub staff_id: Uuid,
    /// First name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// What they do there.
    pub duty: ClassDuty,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day; none while it goes on.
    pub ends_on: Option<NaiveDate>,
}

/// Who stands in front of a class on a day or later. At most 100.
///
/// # Errors
/// [`Error::NotFound`] for a class out of reach.
pub fn of_class(class: Uuid, day: NaiveDate, db: &mut Db<'_, impl Grants<ReadClasses>>) -> Result<Vec<Duty>> {
    let class = Class::of(class, db)?.id;
    Ok(class_staff::table
        .inner_join(staff::table.on(
            staff::organization_id.eq(class_staff::organization_id).and(staff::id.eq(class_staff::staff_id)),
        ))
        .filter(class_staff::organization_id.eq(db.organization()))
        .filter(class_staff::class_id.eq(class))
        .filter(class_staff::deleted_at.is_null())
        .filter(class_staff::ends_on.is_null().or(class_staff::ends_on.ge(day)))
        .select((
            class_staff::id,
            class_staff::staff_id,
            staff::first_name,
            staff::last_name,
            class_staff::duty,
            class_staff::starts_on,
            class_staff::ends_on,
        ))
        .order((class_staff::duty, staff::last_name, class_staff::id))
        .limit(100)
        .load(db.conn())?)
}

/// Gives somebody who works here a duty in a class in reach.
///
/// # Errors
/// [`Error::NotFound`] for a class out of reach, [`Error::Invalid`] for somebody unknown, a day before the first, or
/// a duty that they have already.
pub fn appoint(new: &NewDuty, db: &mut Db<'_, UpdateClasses>) -> Result<()> {
    check(new, db)?;
    insert(new, db)
}

/// Whether somebody can have a duty; the class is held until the transaction ends.
///
/// # Errors
/// As [`appoint`].
pub(crate) fn check(new: &NewDuty, db: &mut Db<'_, UpdateClasses>) -> Result<()> {
    hold(&[new.class_id], db)?;
    Class::of(new.class_id, db)?;
    if !works_here(new.staff_id, db)? {
        return Err(Error::invalid("staff_id", "Choose one from the list."));
    }
    if new.ends_on.is_some_and(|last| last < new.starts_on) {
        return Err(Error::invalid("ends_on", "This is before the first day."));
    }
    let same: Option<Uuid> = class_staff::table
        .filter(class_staff::organization_id.eq(db.organization()))
        .filter(class_staff::class_id.eq(new.class_id))
        .filter(class_staff::staff_id.eq(new.staff_id))
        .filter(class_staff::deleted_at.is_null())
        .filter(class_staff::ends_on.is_null().or(class_staff::ends_on.ge(new.starts_on)))
        .filter(class_staff::starts_on.le(new.ends_on.unwrap_or(NaiveDate::MAX)))
        .select(class_staff::id)
        .first(db.conn())
        .optional()?;
    if same.is_some() {
        return Err(Error::invalid("staff_id", "They stand in front of this class already in these days."));
    }
    Ok(())
}

/// Ends a duty with a day; one that had not begun by then is taken back.
///
/// # Errors
/// [`Error::NotFound`] for a class or duty out of reach.
pub fn end(class: Uuid, duty: Uuid, last_day: NaiveDate, db: &mut Db<'_, UpdateClasses>) -> Result<()> {
    let class = Class::of(class, db)?.id;
    let row = class_staff::table
        .filter(class_staff::organization_id.eq(db.organization()))
        .filter(class_staff::class_id.eq(class))
        .filter(class_staff::id.eq(duty))
        .filter(class_staff::deleted_at.is_null());
    let starts_on: NaiveDate = row.select(class_staff::starts_on).first(db.conn())?;
    let row = class_staff::table.find((db.organization(), duty));
    if starts_on <= last_day {
        diesel::update(row).set(class_staff::ends_on.eq(last_day)).execute(db.conn())?;
    } else {
        diesel::update(row).set(class_staff::deleted_at.eq(db.now())).execute(db.conn())?;
    }
    Ok(())
}

/// The last day of a duty; none while it goes on.
///
/// # Errors
/// [`Error::NotFound`] for a class or duty out of reach.
pub(crate) fn ends_on(class: Uuid, duty: Uuid, db: &mut Db<'_, UpdateClasses>) -> Result<Option<NaiveDate>> {
    let class = Class::of(class, db)?.id;
    Ok(class_staff::table
        .filter(class_staff::organization_id.eq(db.organization()))
        .filter(class_staff::class_id.eq(class))
        .filter(class_staff::id.eq(duty))
        .filter(class_staff::deleted_at.is_null())
        .select(class_staff::ends_on)
        .first(db.conn())?)
}

/// A duty as somebody's own page shows it: the class and its days.
#[derive(Clone, Debug, Queryable)]
pub struct Taught {
    /// The class.
    pub class_id: Uuid,
    /// Its name.
    pub name: String,
    /// What they do there.
    pub duty: ClassDuty,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day; none while it goes on.
    pub ends_on: Option<NaiveDate>,
}

/// The classes that somebody stands in front of on a day or later. At most 100.
pub fn of_person(
    person: Uuid,
    day: NaiveDate,
    db: &mut Db<'_, impl Grants<ReadStaff>>,
) -> Result<Vec<Taught>> {
    Ok(class_staff::table
        .inner_join(
            classes::table.on(classes::organization_id
                .eq(class_staff::organization_id)
                .and(classes::id.eq(class_staff::class_id))),
        )
        .filter(class_staff::organization_id.eq(db.organization()))
        .filter(class_staff::staff_id.eq(person))
        .filter(class_staff::deleted_at.is_null())
        .filter(classes::deleted_at.is_null())
        .filter(class_staff::ends_on.is_null().or(class_staff::ends_on.ge(day)))
        .select((
            class_staff::class_id,
            classes::name,
            class_staff::duty,
            class_staff::starts_on,
            class_staff::ends_on,
        ))
        .order((classes::name, class_staff::id))
        .limit(100)
        .load(db.conn())?)
}
