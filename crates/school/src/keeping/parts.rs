//! The parts of a student's complete file: what each is called, its headings, and which tables it tells of.

/// A part of the file.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// What its table is called, without an ending.
    pub name: &'static str,
    /// What people read above it.
    pub title: &'static str,
    /// Its headings.
    pub heading: &'static [&'static str],
    /// Whose rows it shows.
    pub tables: &'static [&'static str],
    /// Headings under which a row tells where somebody else lives or is reached.
    pub(super) private: &'static [&'static str],
    pub(super) query: &'static str,
}

macro_rules! parts {
    ($($name:literal $title:literal [$($table:literal)+] [$($heading:literal)+] $(private [$($private:literal)+])?;)+) => {
        /// Every part, in the order of the file.
        pub const PARTS: &[Part] = &[$(Part {
            name: $name, title: $title, heading: &[$($heading),+], tables: &[$($table),+],
            private: &[$($($private),+)?], query: include_str!(concat!("../sql/file/", $name, ".sql")),
        }),+];
    };
}

parts! {
    "particulars" "Particulars" ["students"] ["What" "Value"];
    "places" "Places at campuses" ["school_enrollments"]
        ["First day" "Last day" "Campus" "Year" "Grade" "Why they came" "Why they left" "Taken back"];
    "classes" "Classes" ["class_enrollments"] ["First day" "Last day" "Class" "Year" "Status" "Taken back"];
    "contacts" "Contacts" ["guardians" "contacts"]
        ["Name" "Relationship" "Phone" "E-mail" "Address" "Language" "First to call" "Lives with" "Custody" "May collect" "May see records"
            "Receives mail" "Emergency" "Untied"] private ["Phone" "E-mail" "Address"];
    "restrictions" "Who is kept away" ["restrictions"]
        ["Who" "No contact" "No collection" "No records" "No address" "First day" "Last day" "Court paper" "Taken back"];
    "staff" "Staff who look after the student" ["user_students"] ["Who" "How far" "First day" "Last day" "Why" "Taken back"];
    "totals" "What days add up to" ["attendance_totals"]
        ["Since" "Campus" "Days possible" "Attended" "Excused" "Awaiting word" "Times late" "Minutes late" "First day" "Last day"];
    "days" "Days" ["attendance_days"]
        ["Day" "Campus" "Possible" "Attended" "Excused" "Awaiting word" "Late" "Minutes late"];
    "marks" "Marks in registers" ["attendance_records"]
        ["Day" "Class" "Register" "Teacher's mark" "Office's mark" "Minutes late" "Arrived" "Left" "Remark" "Office's note"];
    "movements" "Arrivals and departures" ["attendance_movements"]
        ["Day" "At" "What" "Class" "Minutes late" "With whom" "Note" "Taken back"];
    "planned" "Absences told ahead" ["planned_absences"]
        ["First day" "Last day" "From" "Until" "Mark" "Reason" "Told by" "Taken back"];
    "interventions" "What was done about absence" ["attendance_interventions"]
        ["Day" "What" "With whom" "Outcome" "Note" "Look again" "Corrected because" "Withdrawn because" "By"];
    "letters" "Letters" ["letters"] ["Day" "To" "Address" "Language" "Subject" "Text" "Taken back"] private ["Address"];
    "lists" "Fire rolls and trip lists" ["roll_call_entries" "headcount_ticks"] ["Day" "What" "List" "Count" "There"];
    "identifiers" "Names in other systems" ["external_ids"] ["System" "Kind" "Id there" "Gone there"];
    "disclosures" "Given out before" ["disclosures"] ["When" "To" "On what ground" "What for" "By" "SHA-256 of the file"];
    "changes" "Changes of the record" ["change_events"] ["When" "Who" "Of what" "Field" "Before" "After"] private ["Before" "After"];
    "looks" "Who looked" ["access_events" "access_event_subjects"] ["When" "Who" "What" "Of what" "Through" "Why"];
}

/// Tables that name a student and stand in no file, and why.
const ELSEWHERE: [(&str, &str); 1] = [(
    "erasures",
    "that somebody asks to take the student out is no part of what is held on them, and stays when they are gone",
)];

/// Why a table that names a student stands in no file, if it is meant to.
#[must_use]
pub fn held_elsewhere(table: &str) -> Option<&'static str> {
    ELSEWHERE.iter().find(|(name, _)| *name == table).map(|(_, why)| *why)
}
