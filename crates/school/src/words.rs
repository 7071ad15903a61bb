//! Enumerations, declared once: the database's word, the form's word and the label that people read.

#[macro_use]
mod declare;

mod work;

pub use work::{ImportState, RunStatus};

mod access;

pub use access::{
    AccessAction, DisclosureBasis, ErasureBasis, ErasureState, LinkPurpose, MailKind, ProviderKind,
    RecordKind, UserScope,
};

words! {
    /// A student's gender as recorded.
    Gender {
        Female = "female" "Female",
        Male = "male" "Male",
        Other = "other" "Other",
        Unspecified = "unspecified" "Not specified",
    }
    /// Where a student stands with the school.
    StudentStatus {
        Active = "active" "Active",
        Prospective = "prospective" "Prospective",
        OnLeave = "on_leave" "On leave",
        Graduated = "graduated" "Graduated",
        Withdrawn = "withdrawn" "Withdrawn",
    }
    /// What a contact is to a student.
    Relationship {
        Mother = "mother" "Mother",
        Father = "father" "Father",
        Guardian = "guardian" "Guardian",
        Grandparent = "grandparent" "Grandparent",
        Sibling = "sibling" "Brother or sister",
        Other = "other" "Other",
    }
    /// What a member of staff does.
    StaffType {
        Teacher = "teacher" "Teacher",
        Director = "director" "Director",
        Counselor = "counselor" "Counselor",
        Finance = "finance" "Finance",
        Administrator = "administrator" "Administrator",
        Paraeducator = "paraeducator" "Paraeducator",
        Support = "support" "Office and support",
    }
    /// Whether a member of staff is at work.
    StaffStatus {
        Active = "active" "Active",
        OnLeave = "on_leave" "On leave",
        Left = "left" "Left",
    }
    /// Whether a member of staff came on a day.
    StaffAttendanceStatus {
        Present = "present" "Present",
        Late = "late" "Late",
        Absent = "absent" "Absent",
    }
    /// What one person may do with one student.
    AccessLevel {
        View = "view" "View",
        Contribute = "contribute" "Contribute",
        Manage = "manage" "Manage",
    }
    /// What a class is for.
    ClassKind {
        Homeroom = "homeroom" "Homeroom",
        Scheduled = "scheduled" "Scheduled",
    }
    /// Whether a class runs.
    ClassStatus {
        Active = "active" "Active",
        Planned = "planned" "Planned",
        Closed = "closed" "Closed",
    }
    /// Where a student stands with a class.
    ClassEnrollmentStatus {
        Active = "active" "Active",
        Completed = "completed" "Completed",
        Transferred = "transferred" "Transferred",
        Withdrawn = "withdrawn" "Withdrawn",
    }
    /// Whether a subject is taught in a class.
    ClassSubjectStatus {
        Active = "active" "Active",
        Inactive = "inactive" "Inactive",
    }
    /// Whether somebody works in a program.
    UserProgramStatus {
        Active = "active" "Active",
        Inactive = "inactive" "Inactive",
    }
    /// What somebody does in front of a class.
    ClassDuty {
        Teacher = "teacher" "Teacher",
        CoTeacher = "co_teacher" "Co-teacher",
        Aide = "aide" "Aide",
        Substitute = "substitute" "Substitute",
    }
    /// A part of the school year.
    TermKind {
        Term = "term" "Term",
        Semester = "semester" "Semester",
        Quarter = "quarter" "Quarter",
    }
    /// Why a day differs from its weekday.
    CalendarDayKind {
        Holiday = "holiday" "Holiday",
        Closure = "closure" "Closure",
        MakeUp = "make_up" "Make-up day",
        HalfDay = "half_day" "Half day",
    }
    /// Whether a code means the child is there.
    CodePresence {
        Present = "present" "Present",
        Absent = "absent" "Absent",
        Partial = "partial" "Part of the time",
    }
    /// Whether a code means the child was on time.
    CodeTiming {
        OnTime = "on_time" "On time",
        Late = "late" "Late",
        LeftEarly = "left_early" "Left early",
    }
    /// What is known of the reason.
    CodeExcuse {
        None = "none" "No excuse needed",
        Excused = "excused" "Excused",
        Unexcused = "unexcused" "Unexcused",
        Awaiting = "awaiting" "Awaiting word",
    }
    /// Where the child is.
    CodePlace {
        OnSite = "on_site" "On site",
        OffSite = "off_site" "Off site",
        Remote = "remote" "Remote",
    }
    /// How often a campus calls the roll.
    AttendanceBasis {
        Daily = "daily" "Once a day",
        AmPm = "am_pm" "Morning and afternoon",
        Period = "period" "Each lesson",
    }
    /// Whether a register is of a day or of a lesson.
    SessionType {
        Daily = "daily" "Day",
        Period = "period" "Lesson",
    }
    /// A mark in the first source's five words.
    AttendanceStatus {
        Present = "present" "Present",
        Late = "late" "Late",
        Absent = "absent" "Absent",
        Excused = "excused" "Excused",
        LeftEarly = "left_early" "Left early",
    }
    /// Which way somebody passes the front desk.
    MovementKind {
        Arrival = "arrival" "Came",
        Departure = "departure" "Left",
        Return = "return" "Came back",
    }
    /// What a list outside the registers is for.
    RollCallKind {
        Fire = "fire" "Fire roll",
        Trip = "trip" "Trip",
    }
    /// What the day's registers said of a student when a list began.
    RollCallKnown {
        Unknown = "unknown" "No register yet",
        Present = "present" "Present",
        Late = "late" "Came late",
        Absent = "absent" "Absent",
        Left = "left" "Left",
        Away = "away" "Away, as said before",
        SeenEarlier = "seen_earlier" "Seen earlier, missing now",
    }
    /// What the school did about a student's absence.
    InterventionKind {
        Called = "called" "Called",
        Wrote = "wrote" "Wrote",
        Met = "met" "Met",
        Visited = "visited" "Visited",
        Referred = "referred" "Referred",
    }
    /// What came of it.
    InterventionOutcome {
        Reached = "reached" "Reached",
        MessageLeft = "message_left" "Left a message",
        NotReached = "not_reached" "Not reached",
        UnderWay = "under_way" "Under way",
    }
}
