//! Homerooms and the classes in which subjects are taught, with those who stand in front of them.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use schema::{class_enrollments, class_staff, class_subjects, classes};
use uuid::Uuid;

use super::{
    classes::{ClassRow, DutyRow, SubjectRow, on_roll},
    ground::{Ground, SUBJECTS},
    plan::SchoolPlan,
    rows::insert_all,
    staff::{Employee, ON_LEAVE},
    students::Enrolled,
};
use crate::{
    clock::new_id,
    db::Db,
    error::Result,
    permit::Seed,
    words::{ClassDuty, ClassKind, StaffType},
};

/// Subjects with classes of their own at a secondary campus.
const TAUGHT_APART: usize = 5;

/// A timetable in the making: rows are gathered, then written together.
pub(super) struct Timetable<'a> {
    plan: &'a SchoolPlan,
    ground: &'a Ground,
    roster: &'a [Employee],
    staff: &'a [Uuid],
    organization: Uuid,
    classes: Vec<ClassRow>,
    subjects: Vec<SubjectRow>,
    duties: Vec<DutyRow>,
    /// For each class, whose students are in it: a homeroom's place in the plan.
    rolls: Vec<(Uuid, usize)>,
}

impl<'a> Timetable<'a> {
    /// Everything that a plan's homerooms are taught.
    pub(super) fn of(
        plan: &'a SchoolPlan,
        ground: &'a Ground,
        (roster, staff): (&'a [Employee], &'a [Uuid]),
        organization: Uuid,
        today: NaiveDate,
    ) -> Self {
        let mut table = Self {
            plan,
            ground,
            roster,
            staff,
            organization,
            classes: Vec::new(),
            subjects: Vec::new(),
            duties: Vec::new(),
            rolls: Vec::new(),
        };
        for room in 0..plan.homerooms().len() {
            table.open_homeroom(room, today);
        }
        table
    }

    /// Writes it, with every student on the rolls of their homeroom.
    pub(super) fn publish(self, students: &[Enrolled], db: &mut Db<'_, Seed>) -> Result<()> {
        insert_all!(classes::table, self.classes, db);
        insert_all!(class_subjects::table, self.subjects, db);
        insert_all!(class_staff::table, self.duties, db);
        let rows: Vec<_> = self
            .rolls
            .iter()
            .flat_map(|(class, room)| {
                students
                    .iter()
                    .filter(|student| student.homeroom == *room)
                    .map(move |student| (*class, student))
            })
            .map(|(class, student)| on_roll(self.organization, class, student))
            .collect();
        insert_all!(class_enrollments::table, rows, db);
        Ok(())
    }

    fn open_homeroom(&mut self, room: usize, today: NaiveDate) {
        let name = self.plan.homerooms()[room].name.clone();
        let class = self.open(room, name, ClassKind::Homeroom);
        self.stand(class, None, self.staff[room], ClassDuty::Teacher);
        if self.plan.campuses[self.plan.homerooms()[room].campus].is_secondary {
            (0..TAUGHT_APART).for_each(|subject| self.open_subject(room, subject));
        } else {
            for subject in [0, 1, 2, 5] {
                self.teach(class, subject, self.staff[room]);
            }
            if let Some(musician) = self.titled("Music") {
                let music = self.teach(class, 6, musician);
                self.stand(class, Some(music), musician, ClassDuty::Teacher);
            }
        }
        self.stand_beside(room, class, today);
    }

    /// A co-teacher here, an aide there, a substitute for whoever is on leave.
    fn stand_beside(&mut self, room: usize, class: Uuid, today: NaiveDate) {
        if let Some(second) = self.titled("Learning support").filter(|_| room % 9 == 3) {
            self.stand(class, None, second, ClassDuty::CoTeacher);
        }
        let aide = self.roster.iter().position(|person| person.post == StaffType::Paraeducator);
        if let Some(aide) = aide.filter(|_| self.plan.homerooms()[room].name == self.plan.welcome) {
            self.stand(class, None, self.staff[aide], ClassDuty::Aide);
        }
        if let Some(substitute) = self.titled("Substitute").filter(|_| room == ON_LEAVE) {
            self.stand(class, None, substitute, ClassDuty::Substitute);
            if let Some(duty) = self.duties.last_mut() {
                (duty.starts_on, duty.ends_on) = (today - Days::new(3), Some(today + Days::new(11)));
            }
        }
    }

    /// A subject with a class of its own; two homeroom teachers share each, one for the younger grades.
    fn open_subject(&mut self, room: usize, subject: usize) {
        let homerooms = self.plan.homerooms();
        let here: Vec<_> =
            (0..homerooms.len()).filter(|other| homerooms[*other].campus == homerooms[room].campus).collect();
        let is_older = usize::from(here.iter().position(|other| *other == room) >= Some(here.len() / 2));
        let shared = self.staff[here[(subject * 2 + is_older) % here.len()]];
        let (name, _) = SUBJECTS[subject];
        let teacher = self.titled(name).unwrap_or(shared);
        let level = homerooms[room].name.trim_start_matches("Homeroom ").to_owned();
        let class = self.open(room, format!("{name} {level}"), ClassKind::Scheduled);
        let taught = self.teach(class, subject, teacher);
        self.stand(class, Some(taught), teacher, ClassDuty::Teacher);
    }

    fn open(&mut self, room: usize, name: String, kind: ClassKind) -> Uuid {
        let plan = &self.plan.homerooms()[room];
        let id = new_id();
        self.rolls.push((id, room));
        self.classes.push(ClassRow {
            organization_id: self.organization,
            id,
            campus_id: self.ground.campuses[plan.campus],
            academic_year_id: self.ground.year,
            grade_id: self.ground.grades[usize::from(plan.grade)],
            homeroom_teacher_id: (kind == ClassKind::Homeroom).then(|| self.staff[room]),
            name,
            room: format!("Room {}", room + 1),
            kind,
            capacity: 28,
        });
        id
    }

    fn teach(&mut self, class_id: Uuid, subject: usize, teacher_id: Uuid) -> Uuid {
        let id = new_id();
        self.subjects.push(SubjectRow {
            organization_id: self.organization,
            id,
            class_id,
            subject_id: self.ground.subjects[subject],
            teacher_id,
        });
        id
    }

    fn stand(&mut self, class_id: Uuid, class_subject_id: Option<Uuid>, staff_id: Uuid, duty: ClassDuty) {
        self.duties.push(DutyRow {
            organization_id: self.organization,
            id: new_id(),
            class_id,
            class_subject_id,
            staff_id,
            duty,
            starts_on: self.ground.first_day,
            ends_on: None,
        });
    }

    fn titled(&self, title: &str) -> Option<Uuid> {
        let at = self.roster.iter().position(|person| person.title == title)?;
        Some(self.staff[at])
    }
}
