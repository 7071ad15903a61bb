//! Who is in which homeroom before an import: nobody is in two on one day.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::run::Run;
use crate::{
    error::Result,
    words::{ClassEnrollmentStatus, ClassKind},
};

/// A student's time in a homeroom, as it stands here.
#[derive(Clone, Queryable)]
pub(in crate::exchange) struct Held {
    pub(in crate::exchange) id: Uuid,
    student: Uuid,
    pub(in crate::exchange) class: Uuid,
    pub(in crate::exchange) first: NaiveDate,
    pub(in crate::exchange) last: Option<NaiveDate>,
    status: ClassEnrollmentStatus,
}

impl Held {
    /// Whether it goes on at that day or later.
    pub(in crate::exchange) fn runs_until(&self, day: NaiveDate) -> bool {
        self.last.is_none_or(|last| last >= day)
    }

    /// Whether nobody has ended it.
    pub(in crate::exchange) fn is_active(&self) -> bool {
        self.status == ClassEnrollmentStatus::Active
    }
}

/// The homerooms of a school and everybody's times in them.
pub(in crate::exchange) struct Homerooms {
    /// Their names and years.
    classes: HashMap<Uuid, (String, Uuid)>,
    by_student: HashMap<Uuid, Vec<Held>>,
}

impl Homerooms {
    pub(in crate::exchange) fn all(run: &mut Run) -> Result<Self> {
        use schema::{class_enrollments as stays, classes};
        let organization = run.db.organization();
        let found: Vec<(Uuid, String, Uuid)> = classes::table
            .filter(classes::organization_id.eq(organization))
            .filter(classes::kind.eq(ClassKind::Homeroom))
            .select((classes::id, classes::name, classes::academic_year_id))
            .load(run.db.conn())?;
        let classes: HashMap<_, _> = found.into_iter().map(|(id, name, year)| (id, (name, year))).collect();
        let held: Vec<Held> = stays::table
            .filter(stays::organization_id.eq(organization))
            .filter(stays::deleted_at.is_null())
            .filter(stays::class_id.eq_any(classes.keys().copied().collect::<Vec<_>>()))
            .select((
                stays::id,
                stays::student_id,
                stays::class_id,
                stays::enrolled_on,
                stays::ended_on,
                stays::status,
            ))
            .order((stays::enrolled_on, stays::id))
            .load(run.db.conn())?;
        let mut by_student: HashMap<Uuid, Vec<Held>> = HashMap::new();
        for one in held {
            by_student.entry(one.student).or_default().push(one);
        }
        Ok(Self { classes, by_student })
    }

    pub(in crate::exchange) fn name(&self, class: Uuid) -> &str {
        self.classes.get(&class).map_or("", |(name, _)| name.as_str())
    }

    pub(in crate::exchange) fn year(&self, class: Uuid) -> Option<Uuid> {
        self.classes.get(&class).map(|(_, year)| *year)
    }

    /// A student's times in the other homerooms of a homeroom's year; none for a class of another kind.
    pub(in crate::exchange) fn beside(&self, student: Uuid, class: Uuid) -> impl Iterator<Item = &Held> {
        let year = self.year(class);
        let held = self.by_student.get(&student).into_iter().flatten();
        held.filter(move |one| one.class != class && year.is_some() && self.year(one.class) == year)
    }

    /// One of a student's times.
    pub(in crate::exchange) fn held(&self, student: Uuid, id: Uuid) -> Option<&Held> {
        self.by_student.get(&student)?.iter().find(|one| one.id == id)
    }
}
