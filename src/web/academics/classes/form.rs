//! A class as typed.

use school::{
    Uuid,
    academics::{
        campus::Campus,
        class::{Class, NewClass},
        class_change::Written,
        grade::Grade,
        year::AcademicYear,
    },
    db::Db,
    people::{staff, staff::Named},
    permit::UpdateClasses,
    words::{ClassKind, ClassStatus},
};
use serde::Deserialize;

use crate::web::{form::Errors, stale, stale::Labelled};

/// What a class can be made of.
pub(super) struct Offered {
    pub(super) campuses: Vec<Campus>,
    pub(super) years: Vec<AcademicYear>,
    pub(super) grades: Vec<Grade>,
    pub(super) teachers: Vec<Named>,
}

impl Offered {
    pub(super) fn to(db: &mut Db<'_, UpdateClasses>) -> school::Result<Self> {
        Ok(Self {
            campuses: Campus::within_reach(db)?,
            years: AcademicYear::all(db)?,
            grades: Grade::all(db)?,
            teachers: staff::at_work(db)?,
        })
    }
}

/// The fields; every one is text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ClassForm {
    pub(super) seen: String,
    pub(super) name: String,
    pub(super) section: String,
    pub(super) room: String,
    pub(super) kind: String,
    pub(super) status: String,
    pub(super) capacity: String,
    pub(super) campus_id: String,
    pub(super) academic_year_id: String,
    pub(super) grade_id: String,
    pub(super) homeroom_teacher_id: String,
}

impl ClassForm {
    /// The form for a class that is known.
    pub(super) fn of(class: &Class) -> Self {
        let id = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        Self {
            seen: stale::written(class.updated_at),
            name: class.name.clone(),
            section: class.section.clone().unwrap_or_default(),
            room: class.room.clone().unwrap_or_default(),
            kind: class.kind.word().into(),
            status: class.status.word().into(),
            capacity: class.capacity.map(|places| places.to_string()).unwrap_or_default(),
            campus_id: class.campus_id.to_string(),
            academic_year_id: class.academic_year_id.to_string(),
            grade_id: id(class.grade_id),
            homeroom_teacher_id: id(class.homeroom_teacher_id),
        }
    }

    /// What the form says, or what is wrong with it.
    pub(super) fn check(&self) -> Result<Written, Errors> {
        let mut errors = Errors::default();
        let e = &mut errors;
        let class = NewClass {
            name: e.needed("name", &self.name, 120),
            kind: e.needed_word("kind", ClassKind::named(&self.kind), ClassKind::Homeroom),
            status: e.needed_word("status", ClassStatus::named(&self.status), ClassStatus::Active),
            capacity: e.count("capacity", &self.capacity, 1..=2000),
            campus_id: e.needed_choice("campus_id", &self.campus_id),
            academic_year_id: e.needed_choice("academic_year_id", &self.academic_year_id),
            grade_id: e.choice("grade_id", &self.grade_id),
            room: e.line("room", &self.room, 60),
            homeroom_teacher_id: e.choice("homeroom_teacher_id", &self.homeroom_teacher_id),
        };
        let section = e.line("section", &self.section, 60);
        errors.or(Written { class, section })
    }

    /// The fields as people read them, to compare two versions.
    pub(super) fn labelled(&self, offered: &Offered) -> Labelled {
        let campus = offered.campuses.iter().map(|one| (one.id, &one.name));
        let year = offered.years.iter().map(|one| (one.id, &one.name));
        let grade = offered.grades.iter().map(|one| (one.id, &one.name));
        let teacher = offered.teachers.iter().map(|one| (one.id, &one.name));
        vec![
            ("Name", self.name.clone()),
            ("Section", self.section.clone()),
            ("Room", self.room.clone()),
            ("Kind", ClassKind::named(&self.kind).map_or("", ClassKind::label).into()),
            ("Status", ClassStatus::named(&self.status).map_or("", ClassStatus::label).into()),
            ("Places", self.capacity.clone()),
            ("Campus", named(campus, &self.campus_id)),
            ("Year", named(year, &self.academic_year_id)),
            ("Grade", named(grade, &self.grade_id)),
            ("Homeroom teacher", named(teacher, &self.homeroom_teacher_id)),
        ]
    }
}

/// The name behind a chosen id.
fn named<'o>(mut offered: impl Iterator<Item = (Uuid, &'o String)>, chosen: &str) -> String {
    offered.find(|(id, _)| id.to_string() == chosen).map(|(_, name)| name.clone()).unwrap_or_default()
}
