//! How a register's tables hang together: each join names both columns.

use chrono::NaiveDate;
use diesel::{dsl::auto_type, prelude::*};
use schema::{
    academic_years, attendance_records as records, attendance_sessions as sessions, calendar_days, campuses,
    class_enrollments, class_staff, classes, organizations, staff, students, users,
};
use uuid::Uuid;

use crate::words::{ClassDuty, ClassStatus};

/// A class's campus.
#[auto_type(no_type_alias)]
pub(super) fn campus_of_class() -> _ {
    campuses::organization_id.eq(classes::organization_id).and(campuses::id.eq(classes::campus_id))
}

/// Whether a class is in use, so that its roll is called.
#[auto_type(no_type_alias)]
pub(super) fn is_in_use() -> _ {
    let active: ClassStatus = ClassStatus::Active;
    classes::status.eq(active).and(classes::deleted_at.is_null())
}

/// A class's year.
#[auto_type(no_type_alias)]
pub(super) fn year_of_class() -> _ {
    academic_years::organization_id
        .eq(classes::organization_id)
        .and(academic_years::id.eq(classes::academic_year_id))
}

/// A class's year, if it has begun by a day: until then nobody meets, whatever the class's rolls say.
#[auto_type(no_type_alias)]
pub(super) fn year_begun_by(day: NaiveDate) -> _ {
    academic_years::table
        .filter(academic_years::organization_id.eq(classes::organization_id))
        .filter(academic_years::id.eq(classes::academic_year_id))
        .filter(academic_years::start_date.le(day))
}

/// A class's organization.
#[auto_type(no_type_alias)]
pub(super) fn organization_of_class() -> _ {
    organizations::id.eq(classes::organization_id)
}

/// Who looks after a class.
#[auto_type(no_type_alias)]
pub(super) fn homeroom_teacher() -> _ {
    staff::organization_id
        .eq(classes::organization_id)
        .and(staff::id.nullable().eq(classes::homeroom_teacher_id))
}

/// The taking of a class's register on a day, in whatever slot.
#[auto_type(no_type_alias)]
pub(super) fn taken_on(day: NaiveDate) -> _ {
    sessions::organization_id
        .eq(classes::organization_id)
        .and(sessions::class_id.eq(classes::id))
        .and(sessions::class_subject_id.is_null())
        .and(sessions::session_date.eq(day))
        .and(sessions::deleted_at.is_null())
}

/// Who submitted it.
#[auto_type(no_type_alias)]
pub(super) fn submitter() -> _ {
    users::id.nullable().eq(sessions::submitted_by_id)
}

/// What a campus's calendar says of a day.
#[auto_type(no_type_alias)]
pub(super) fn said_of(day: NaiveDate) -> _ {
    calendar_days::organization_id
        .eq(classes::organization_id)
        .and(calendar_days::campus_id.eq(classes::campus_id))
        .and(calendar_days::day.eq(day))
        .and(calendar_days::deleted_at.is_null())
}

/// The duties of a member of staff in front of a class today, as far as they are about a day: who stands in for somebody has
/// the registers of those days alone, whoever's class it is has those of other days too.
#[auto_type(no_type_alias)]
pub(super) fn stands_in_front(
    organization: Uuid,
    staff: Option<Uuid>,
    today: NaiveDate,
    day: NaiveDate,
) -> _ {
    let substitute: ClassDuty = ClassDuty::Substitute;
    class_staff::table
        .filter(class_staff::organization_id.eq(organization))
        .filter(class_staff::class_id.eq(classes::id))
        .filter(class_staff::staff_id.nullable().eq(staff))
        .filter(class_staff::deleted_at.is_null())
        .filter(class_staff::starts_on.le(today))
        .filter(class_staff::ends_on.is_null().or(class_staff::ends_on.ge(today)))
        .filter(
            class_staff::duty.ne(substitute).and(class_staff::covers_id.is_null()).or(class_staff::starts_on
                .le(day)
                .and(class_staff::ends_on.is_null().or(class_staff::ends_on.ge(day)))),
        )
}

/// The class of a place on a roll.
#[auto_type(no_type_alias)]
pub(super) fn enrolled_class() -> _ {
    classes::organization_id
        .eq(class_enrollments::organization_id)
        .and(classes::id.eq(class_enrollments::class_id))
}

/// Whose place it is.
#[auto_type(no_type_alias)]
pub(super) fn enrolled_student() -> _ {
    students::organization_id
        .eq(class_enrollments::organization_id)
        .and(students::id.eq(class_enrollments::student_id))
}

/// Whether a place on a roll holds on a day.
#[auto_type]
pub(super) fn on_roll(day: NaiveDate) -> _ {
    class_enrollments::deleted_at
        .is_null()
        .and(class_enrollments::enrolled_on.le(day))
        .and(class_enrollments::ended_on.is_null().or(class_enrollments::ended_on.ge(day)))
}

/// How many are on a class's roll that day.
#[auto_type(no_type_alias)]
pub(super) fn enrolled_on(day: NaiveDate) -> _ {
    let there: on_roll = on_roll(day);
    class_enrollments::table
        .filter(class_enrollments::organization_id.eq(classes::organization_id))
        .filter(class_enrollments::class_id.eq(classes::id))
        .filter(there)
        .count()
}

/// How many marks stand in a submitted register; none in one that is open.
#[auto_type(no_type_alias)]
pub(super) fn marks_in() -> _ {
    records::table
        .filter(records::organization_id.eq(sessions::organization_id))
        .filter(records::attendance_session_id.eq(sessions::id))
        .filter(records::deleted_at.is_null())
        .filter(sessions::submitted_at.is_not_null())
        .count()
}

/// The stays on the roll of a register's class in which the day of a mark in it lies.
#[auto_type(no_type_alias)]
pub(super) fn stay_of_mark() -> _ {
    class_enrollments::table
        .filter(class_enrollments::organization_id.eq(records::organization_id))
        .filter(class_enrollments::student_id.eq(records::student_id))
        .filter(class_enrollments::class_id.eq(sessions::class_id))
        .filter(class_enrollments::deleted_at.is_null())
        .filter(class_enrollments::enrolled_on.le(records::session_date))
        .filter(
            class_enrollments::ended_on
                .is_null()
                .or(class_enrollments::ended_on.ge(records::session_date.nullable())),
        )
}
