//! What people call a field or a column.

/// Names of fields that people know by another word.
const CALLED: &[(&str, &str)] = &[
    ("first_name", "Given names"),
    ("last_name", "Family name"),
    ("preferred_name", "Goes by"),
    ("other_script_name", "Name in another script"),
    ("name_language", "Language of the name"),
    ("birth_first_name", "Given names at birth"),
    ("birth_last_name", "Family name at birth"),
    ("identifier", "District number"),
    ("phone", "Telephone"),
    ("email", "E-mail"),
    ("alert", "Alert line"),
    ("academic_year_id", "Year"),
    ("enrollment_date", "First day"),
    ("enters_on", "First day"),
    ("enrolled_on", "First day"),
    ("starts_on", "First day"),
    ("start_date", "First day"),
    ("leaves_on", "Last day"),
    ("ends_on", "Last day"),
    ("end_date", "Last day"),
    ("campus", "Campuses"),
    ("extent", "How long"),
    ("closes_at", "From what hour"),
    ("weekdays", "School weekdays"),
    ("parent_id", "Part of"),
    ("to", "Class"),
    ("on", "First day there"),
    ("staff_id", "Who"),
    ("contact_id", "Contact"),
    ("capacity", "Places"),
    ("beyond_capacity", "Places"),
    ("homeroom_teacher_id", "Looked after by"),
    ("employee_number", "Number"),
    ("hire_date", "Works here since"),
    ("full_name", "Name"),
    ("person_name", "Name"),
    ("barred", "What is barred"),
    ("bars_contact", "No contact"),
    ("bars_collection", "No collection"),
    ("bars_records", "No records"),
    ("bars_address", "No address"),
    ("exit_reason", "Reason for leaving"),
    ("position", "Order of calling"),
    ("told_by", "Told by"),
    ("starts_at", "From"),
    ("ends_at", "Until"),
    ("collector", "Who collects"),
    ("collected_by", "Who collects"),
    ("happened_on", "On"),
    ("with_name", "Somebody else"),
    ("outcome", "What came of it"),
    ("look_again_on", "Look again on"),
    ("because", "Why it is corrected"),
    ("withdrawn_because", "Why it is withdrawn"),
    ("template", "Letter"),
    ("student", "Students"),
    ("body", "Text"),
    ("key", "Letter"),
    ("set_by_teacher", "Who sets it"),
    ("applies_from", "From"),
    ("basis", "The roll is called"),
    ("due_time", "Due at"),
    ("late_after", "Late after"),
    ("half_day_minutes", "Minutes that make half a day"),
    ("full_day_minutes", "Minutes that make a day"),
    ("teacher_edit_days", "Days to change"),
    ("attendance_link", "Kept elsewhere"),
    ("source", "Numbers"),
    ("total_enrolled", "Enrolled"),
    ("total_present", "Present"),
    ("total_absent", "Absent"),
    ("total_tardy", "Late"),
    ("attendance_percentage", "Share in percent"),
    ("recorded_by_label", "Recorded by"),
    ("end_many", "Many would end"),
    ("mended", "Mended rows"),
    ("phone_number", "Telephone"),
    ("locale", "Language"),
    ("scope", "How far"),
    ("scopes", "What it opens"),
    ("role_campus_ids", "Only at"),
];

/// What people call a field or a column: its label, else its name in words.
#[must_use]
pub fn spoken(field: &str) -> String {
    let called = CALLED.iter().find(|(name, _)| *name == field);
    called.map_or_else(|| in_words(field), |(_, label)| (*label).to_owned())
}

fn in_words(field: &str) -> String {
    // One of several of a kind, such as `column-3`.
    let words = field.trim_end_matches(|letter: char| letter.is_ascii_digit()).trim_end_matches('-');
    let words = words.trim_end_matches("_id").replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
