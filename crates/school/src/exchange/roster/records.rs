//! The records that a roster fills, each with the columns that a roster knows about.

use chrono::NaiveDate;
use uuid::Uuid;

use super::record::records;
use crate::words::{
    ClassDuty, ClassEnrollmentStatus, ClassKind, ClassStatus, ClassSubjectStatus, Gender, Relationship,
    StaffStatus, StaffType, StudentStatus, TermKind,
};

records! {
    Campus in campuses { name: String, code: String, active: bool }

    AcademicYear in academic_years {
        name: String, start_date: NaiveDate, end_date: NaiveDate, current: bool,
    }

    Term in terms {
        academic_year_id: Uuid, parent_id: Option<Uuid>, name: String, kind: TermKind,
        start_date: NaiveDate, end_date: NaiveDate,
    }

    Subject in subjects { name: String, code: String }

    Student in students {
        student_number: String, first_name: String, middle_name: Option<String>, last_name: String,
        gender: Gender, date_of_birth: Option<NaiveDate>, status: StudentStatus,
        campus_id: Option<Uuid>, enrollment_date: Option<NaiveDate>,
        email: Option<String>, phone: Option<String>,
    }

    Staff in staff {
        campus_id: Option<Uuid>, employee_number: String, first_name: String, last_name: String,
        email: Option<String>, phone: Option<String>, staff_type: StaffType, status: StaffStatus,
    }

    Contact in contacts { full_name: String, phone: Option<String>, email: Option<String> }

    Guardian in guardians {
        student_id: Uuid, contact_id: Uuid, relationship: Relationship, position: i16,
    }

    /// The same with what a plain table may say beyond a roster.
    Guardianship in guardians {
        student_id: Uuid, contact_id: Uuid, relationship: Relationship, position: i16,
        primary_contact: bool, lives_with: bool, has_custody: bool, may_collect: bool,
        may_see_records: bool, receives_mail: bool, emergency: bool,
    }

    Class in classes {
        campus_id: Uuid, academic_year_id: Uuid, grade_id: Option<Uuid>,
        homeroom_teacher_id: Option<Uuid>, name: String, section: Option<String>,
        room: Option<String>, kind: ClassKind, status: ClassStatus,
    }

    ClassSubject in class_subjects {
        class_id: Uuid, subject_id: Uuid, teacher_id: Option<Uuid>, status: ClassSubjectStatus,
    }

    SchoolEnrollment in school_enrollments {
        student_id: Uuid, campus_id: Uuid, academic_year_id: Uuid, grade_id: Option<Uuid>,
        enters_on: NaiveDate, leaves_on: Option<NaiveDate>, is_main: bool,
    }

    ClassEnrollment in class_enrollments {
        class_id: Uuid, student_id: Uuid, enrolled_on: NaiveDate, ended_on: Option<NaiveDate>,
        status: ClassEnrollmentStatus,
    }

    ClassStaff in class_staff {
        class_id: Uuid, staff_id: Uuid, duty: ClassDuty,
        starts_on: NaiveDate, ends_on: Option<NaiveDate>,
    }
}
