//! A homeroom, who stands in front of it and who is on its roll.

use chrono::NaiveDate;
use diesel::prelude::*;
use schema::{class_enrollments, class_staff, classes, staff, students};
use uuid::Uuid;

use super::fate::number_of;
use crate::{
    db::Db,
    error::Result,
    permit::Seed,
    words::{ClassDuty, ClassKind, ClassStatus},
};

/// Somebody with an account.
#[derive(Clone, Copy, Debug, Queryable)]
pub(super) struct Worker {
    pub(super) staff: Uuid,
    pub(super) user: Uuid,
}

/// A homeroom and who is on its roll.
pub(super) struct Homeroom {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) teacher: Worker,
    substitutes: Vec<(Worker, NaiveDate, NaiveDate)>,
    pub(super) roll: Vec<Pupil>,
}

/// Somebody on a roll.
pub(super) struct Pupil {
    pub(super) id: Uuid,
    /// What chance knows them by.
    pub(super) number: u64,
    from: NaiveDate,
    until: Option<NaiveDate>,
}

impl Homeroom {
    /// The homerooms of a campus.
    pub(super) fn all(campus: Uuid, db: &mut Db<'_, Seed>) -> Result<Vec<Self>> {
        let teaches = staff::organization_id
            .eq(classes::organization_id)
            .and(staff::id.nullable().eq(classes::homeroom_teacher_id));
        let found: Vec<(Uuid, String, Uuid, Option<Uuid>)> = classes::table
            .inner_join(staff::table.on(teaches))
            .filter(classes::organization_id.eq(db.organization()))
            .filter(classes::campus_id.eq(campus))
            .filter(classes::kind.eq(ClassKind::Homeroom))
            .filter(classes::status.eq(ClassStatus::Active))
            .filter(classes::deleted_at.is_null())
            .order((classes::name, classes::id))
            .select((classes::id, classes::name, staff::id, staff::user_id))
            .load(db.conn())?;
        let mut all = Vec::new();
        for (id, name, staff, user) in found {
            let Some(user) = user else { continue };
            let (substitutes, roll) = (substitutes(id, db)?, roll(id, db)?);
            all.push(Self { id, name, teacher: Worker { staff, user }, substitutes, roll });
        }
        Ok(all)
    }

    /// Who stands in front of it on a day.
    pub(super) fn in_front(&self, day: NaiveDate) -> Worker {
        let covers = |from: NaiveDate, to: NaiveDate| from <= day && day <= to;
        self.substitutes
            .iter()
            .find(|(_, from, to)| covers(*from, *to))
            .map_or(self.teacher, |(worker, ..)| *worker)
    }

    /// Who is on the roll on a day.
    pub(super) fn on_roll(&self, day: NaiveDate) -> impl Iterator<Item = &Pupil> {
        self.roll
            .iter()
            .filter(move |pupil| pupil.from <= day && pupil.until.is_none_or(|until| day <= until))
    }
}

fn substitutes(class: Uuid, db: &mut Db<'_, Seed>) -> Result<Vec<(Worker, NaiveDate, NaiveDate)>> {
    let is = staff::organization_id.eq(class_staff::organization_id).and(staff::id.eq(class_staff::staff_id));
    Ok(class_staff::table
        .inner_join(staff::table.on(is))
        .filter(class_staff::organization_id.eq(db.organization()))
        .filter(class_staff::class_id.eq(class))
        .filter(class_staff::duty.eq(ClassDuty::Substitute))
        .filter(class_staff::deleted_at.is_null())
        .filter(staff::user_id.is_not_null())
        .select((
            (staff::id, staff::user_id.assume_not_null()),
            class_staff::starts_on,
            class_staff::ends_on.assume_not_null(),
        ))
        .filter(class_staff::ends_on.is_not_null())
        .load(db.conn())?)
}

fn roll(class: Uuid, db: &mut Db<'_, Seed>) -> Result<Vec<Pupil>> {
    let is = students::organization_id
        .eq(class_enrollments::organization_id)
        .and(students::id.eq(class_enrollments::student_id));
    let found: Vec<(Uuid, String, NaiveDate, Option<NaiveDate>)> = class_enrollments::table
        .inner_join(students::table.on(is))
        .filter(class_enrollments::organization_id.eq(db.organization()))
        .filter(class_enrollments::class_id.eq(class))
        .filter(class_enrollments::deleted_at.is_null())
        .filter(students::deleted_at.is_null())
        .order(students::student_number)
        .select((
            students::id,
            students::student_number,
            class_enrollments::enrolled_on,
            class_enrollments::ended_on,
        ))
        .load(db.conn())?;
    let pupil = |(id, number, from, until): (Uuid, String, _, _)| Pupil {
        id,
        number: number_of(&number),
        from,
        until,
    };
    Ok(found.into_iter().map(pupil).collect())
}
