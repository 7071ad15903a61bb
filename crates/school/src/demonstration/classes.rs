//! Rows of classes, of what is taught in them, of who stands in front and who is on the roll.

use chrono::NaiveDate;
use diesel::prelude::*;
use schema::{class_enrollments, class_staff, class_subjects, classes};
use uuid::Uuid;

use super::students::Enrolled;
use crate::{
    clock::new_id,
    words::{ClassDuty, ClassEnrollmentStatus, ClassKind},
};

#[derive(Insertable)]
#[diesel(table_name = classes)]
pub(super) struct ClassRow {
    pub(super) organization_id: Uuid,
    pub(super) id: Uuid,
    pub(super) campus_id: Uuid,
    pub(super) academic_year_id: Uuid,
    pub(super) grade_id: Uuid,
    pub(super) homeroom_teacher_id: Option<Uuid>,
    pub(super) name: String,
    pub(super) room: String,
    pub(super) kind: ClassKind,
    pub(super) capacity: i16,
}

#[derive(Insertable)]
#[diesel(table_name = class_subjects)]
pub(super) struct SubjectRow {
    pub(super) organization_id: Uuid,
    pub(super) id: Uuid,
    pub(super) class_id: Uuid,
    pub(super) subject_id: Uuid,
    pub(super) teacher_id: Uuid,
}

#[derive(Insertable)]
#[diesel(table_name = class_staff)]
pub(super) struct DutyRow {
    pub(super) organization_id: Uuid,
    pub(super) id: Uuid,
    pub(super) class_id: Uuid,
    pub(super) class_subject_id: Option<Uuid>,
    pub(super) staff_id: Uuid,
    pub(super) duty: ClassDuty,
    pub(super) starts_on: NaiveDate,
    pub(super) ends_on: Option<NaiveDate>,
}

#[derive(Insertable)]
#[diesel(table_name = class_enrollments)]
pub(super) struct EnrollmentRow {
    organization_id: Uuid,
    id: Uuid,
    class_id: Uuid,
    student_id: Uuid,
    enrolled_on: NaiveDate,
    ended_on: Option<NaiveDate>,
    status: ClassEnrollmentStatus,
}

/// The place of a student on a roll.
pub(super) fn on_roll(organization_id: Uuid, class_id: Uuid, student: &Enrolled) -> EnrollmentRow {
    EnrollmentRow {
        organization_id,
        id: new_id(),
        class_id,
        student_id: student.id,
        enrolled_on: student.from,
        ended_on: student.until,
        status: if student.until.is_some() {
            ClassEnrollmentStatus::Withdrawn
        } else {
            ClassEnrollmentStatus::Active
        },
    }
}
