//! The fields of each kind of plain table, and what other systems call them.

use super::field::{
    Field, Shape,
    Shape::{Day, Status, Text},
};

const fn field(
    name: &'static str,
    label: &'static str,
    shape: Shape,
    synonyms: &'static [&'static str],
) -> Field {
    Field { name, label, shape, synonyms }
}

const FIRST: Field =
    field("first_name", "First name", Text, &["first", "given_name", "firstname", "forename"]);
const LAST: Field =
    field("last_name", "Last name", Text, &["last", "family_name", "lastname", "surname", "familyname"]);
const EMAIL: Field = field("email", "E-mail", Text, &["e_mail", "mail", "email_address"]);
const PHONE: Field =
    field("phone", "Telephone", Text, &["telephone", "phone_number", "mobile", "cell", "home_phone"]);
const CAMPUS: Field =
    field("campus", "Campus", Text, &["school", "site", "building", "campus_name", "campus_code"]);
const GRADE: Field = field("grade", "Grade", Text, &["grade_level", "gradelevel", "year_group", "level"]);
const STUDENT: Field = field(
    "student",
    "Student’s number",
    Text,
    &["student_id", "student_number", "studentid", "pupil_id", "number", "id_student"],
);
const CLASS: Field = field(
    "class",
    "Class",
    Text,
    &["class_id", "class_code", "section_id", "classid", "course_section", "class_name"],
);

pub(super) const STUDENTS: &[Field] = &[
    field(
        "number",
        "Student number",
        Text,
        &["student_id", "student_number", "studentid", "id", "local_id", "pupil_id", "student_no"],
    ),
    FIRST,
    field("middle_name", "Middle name", Text, &["middle", "middlename"]),
    LAST,
    field(
        "date_of_birth",
        "Date of birth",
        Day,
        &["birthdate", "birth_date", "dob", "birthday", "born", "born_on"],
    ),
    field("gender", "Gender", Text, &["sex"]),
    GRADE,
    CAMPUS,
    field("class", "Homeroom", Text, &["homeroom", "home_room", "class", "form", "class_id"]),
    field(
        "enrolled_on",
        "Enrolled on",
        Day,
        &["enrollment_date", "entry_date", "enrolled", "start_date", "entered_on", "admission_date"],
    ),
    EMAIL,
    PHONE,
];

pub(super) const CONTACTS: &[Field] = &[
    field(
        "key",
        "Contact’s number",
        Text,
        &["contact_id", "guardian_id", "parent_id", "contact_number", "id"],
    ),
    field("full_name", "Name", Text, &["name", "contact_name", "guardian_name", "parent_name", "fullname"]),
    FIRST,
    LAST,
    PHONE,
    EMAIL,
    STUDENT,
    field(
        "relationship",
        "Relationship",
        Text,
        &["relation", "guardian_type", "relationship_to_student", "type", "kind"],
    ),
    field("position", "Order of calling", Text, &["order", "priority", "contact_order", "sequence"]),
    field("primary_contact", "Primary contact", Text, &["primary", "is_primary", "main_contact"]),
    field("lives_with", "Lives with the student", Text, &["lives_with_student", "resides_with"]),
    field("has_custody", "Has custody", Text, &["custody", "custodial", "legal_custody"]),
    field("may_collect", "May collect", Text, &["pickup", "may_pick_up", "can_pickup", "pick_up"]),
    field("may_see_records", "May see records", Text, &["records", "portal_access"]),
    field("receives_mail", "Receives mail", Text, &["mailing", "receives_mailings"]),
    field("emergency", "Emergency contact", Text, &["emergency_contact", "is_emergency"]),
];

pub(super) const STAFF: &[Field] = &[
    field(
        "number",
        "Employee number",
        Text,
        &["teacher_id", "staff_id", "employee_id", "employee_number", "id", "staff_number", "teacher_number"],
    ),
    FIRST,
    LAST,
    EMAIL,
    PHONE,
    field("staff_type", "What they do", Text, &["role", "position", "type", "job", "staff_role"]),
    CAMPUS,
];

pub(super) const CLASSES: &[Field] = &[
    field("key", "Class number", Text, &["class_id", "section_id", "class_code", "id", "classid", "code"]),
    field("name", "Name", Text, &["class_name", "title", "class_title", "section_name", "class"]),
    field("subject", "Subject", Text, &["course", "subject_name", "course_name", "course_title"]),
    GRADE,
    field("kind", "Homeroom or scheduled", Text, &["class_type", "type"]),
    field(
        "teacher",
        "Teacher’s number",
        Text,
        &["teacher_id", "staff_id", "employee_number", "teacher_number"],
    ),
    field("section", "Section", Text, &["section_number"]),
    field("room", "Room", Text, &["room_number", "location", "classroom"]),
    CAMPUS,
];

pub(super) const ENROLLMENTS: &[Field] = &[
    STUDENT,
    CLASS,
    field(
        "from",
        "From",
        Day,
        &["start_date", "begin_date", "enrolled_on", "entry_date", "start", "date_enrolled"],
    ),
    field(
        "to",
        "Until, last day included",
        Day,
        &["end_date", "ended_on", "exit_date", "end", "until", "date_left"],
    ),
];

pub(super) const ATTENDANCE: &[Field] = &[
    STUDENT,
    field("day", "Day", Day, &["date", "attendance_date", "session_date", "school_date"]),
    field("status", "Mark", Status, &["code", "attendance_code", "attendance", "mark", "attendance_status"]),
    CLASS,
    field("minutes", "Minutes late", Text, &["minutes_late", "late_minutes", "tardy_minutes"]),
    field("remark", "Remark", Text, &["remarks", "comment", "note", "reason", "notes"]),
];
