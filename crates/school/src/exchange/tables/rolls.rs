//! In which register a mark goes: the homeroom's, else the first class's in which the student is that day.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::{
    super::roster::run::Run,
    ground::{Class, Classes},
};
use crate::{error::Result, words::ClassKind};

/// Days on a class's roll.
struct Place {
    class: Uuid,
    first: NaiveDate,
    last: Option<NaiveDate>,
}

/// The rolls on which students are, the ones to be preferred first.
pub(super) struct Rolls<'c> {
    classes: &'c Classes,
    places: HashMap<Uuid, Vec<Place>>,
}

impl<'c> Rolls<'c> {
    pub(super) fn of(students: &[Uuid], classes: &'c Classes, run: &mut Run) -> Result<Self> {
        use schema::class_enrollments as enrollments;
        let found: Vec<(Uuid, Uuid, NaiveDate, Option<NaiveDate>)> = enrollments::table
            .filter(enrollments::organization_id.eq(run.db.organization()))
            .filter(enrollments::deleted_at.is_null())
            .filter(enrollments::student_id.eq_any(students))
            .select((
                enrollments::student_id,
                enrollments::class_id,
                enrollments::enrolled_on,
                enrollments::ended_on,
            ))
            .load(run.db.conn())?;
        let mut places: HashMap<Uuid, Vec<Place>> = HashMap::new();
        for (student, class, first, last) in found {
            places.entry(student).or_default().push(Place { class, first, last });
        }
        let rank = |place: &Place| {
            let class = classes.by_id.get(&place.class)?;
            Some((class.kind != ClassKind::Homeroom, &class.name, &class.section, class.id))
        };
        for of_student in places.values_mut() {
            of_student.retain(|place| classes.by_id.contains_key(&place.class));
            of_student.sort_by(|one, other| rank(one).cmp(&rank(other)));
        }
        Ok(Self { classes, places })
    }

    /// The class in whose register a student's day stands: the one that is named, else the one to be preferred.
    pub(super) fn on(&self, student: Uuid, day: NaiveDate, named: Option<Uuid>) -> Option<&'c Class> {
        let there = |place: &&Place| {
            place.first <= day
                && place.last.is_none_or(|last| day <= last)
                && named.is_none_or(|class| class == place.class)
        };
        let place = self.places.get(&student)?.iter().find(there)?;
        self.classes.by_id.get(&place.class)
    }
}
