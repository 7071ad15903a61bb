//! What a person may be allowed to do: the whole list on one screen.
//!
//! A permission is a type, so that a signature can name the one it needs. From this list come the catalogue in the
//! database, `docs/permissions.md`, the navigation and the authorization matrix.

mod roles;

pub use roles::{BuiltInRole, ROLES};

use crate::words::UserScope::{self, Assigned, Campuses, Organization, Own};

/// Something a role may be allowed to do inside its organization. All of them stand in this file.
pub trait Permission: sealed::Listed + Send + Sync + 'static {
    /// What the catalogue knows of it.
    const ENTRY: Entry;
}

mod sealed {
    /// Outside this file nobody can make a permission that grants what they like.
    pub trait Listed {}
}

/// Holding `Self` also proves `P`: whoever may edit may also look.
pub trait Grants<P: Permission>: Permission {}

impl<P: Permission> Grants<P> for P {}

/// A permission as the catalogue, the role editor and the documents show it.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// `METHOD_ENTITY`, as in the source schemas.
    pub name: &'static str,
    /// A sentence for people who give it.
    pub sentence: &'static str,
    /// How far it can reach, narrowest first.
    pub scopes: &'static [UserScope],
    /// Every permission that it includes, closed: what those include is named here too.
    pub grants: &'static [&'static str],
}

impl Entry {
    /// The one of this name.
    #[must_use]
    pub fn called(name: &str) -> Option<&'static Self> {
        ALL.iter().find(|entry| entry.name == name)
    }

    /// The first word of the name: `READ`, `CREATE`, `UPDATE` or `DELETE`.
    #[must_use]
    pub fn action(&self) -> &'static str {
        self.name.split_once('_').map_or(self.name, |(action, _)| action)
    }

    /// What it is about: the name without its first word, in small letters.
    #[must_use]
    pub fn resource(&self) -> String {
        self.name.split_once('_').map_or(self.name, |(_, resource)| resource).to_lowercase()
    }
}

/// Filling a demonstration or a test school: everything at once, and only through [`crate::lobby::Lobby::seed`].
pub enum Seed {}

impl sealed::Listed for Seed {}

impl Permission for Seed {
    const ENTRY: Entry = Entry { name: "SEED", sentence: "", scopes: &[Organization], grants: &[] };
}

macro_rules! permissions {
    ($($name:ident = $text:literal [$($scope:ident)+] $sentence:literal $(grants $($weaker:ident = $weaker_text:literal)+)?;)+) => {
        $(
        #[doc = $sentence]
        pub enum $name {}
        impl sealed::Listed for $name {}
        impl Permission for $name {
            const ENTRY: Entry = Entry {
                name: $text, sentence: $sentence, scopes: &[$($scope),+], grants: &[$($($weaker_text),+)?],
            };
        }
        impl Grants<$name> for Seed {}
        $($(impl Grants<$weaker> for $name {})+)?
        )+
        /// The whole catalogue.
        pub const ALL: &[Entry] = &[$($name::ENTRY),+];
    };
}

permissions! {
    ReadStudents = "READ_STUDENTS" [Assigned Campuses Organization] "See students and their particulars.";
    CreateStudents = "CREATE_STUDENTS" [Campuses Organization] "Enrol a new student."
        grants ReadStudents = "READ_STUDENTS";
    UpdateStudents = "UPDATE_STUDENTS" [Campuses Organization] "Change a student's particulars and enrolment."
        grants ReadStudents = "READ_STUDENTS";
    ReadGuardians = "READ_GUARDIANS" [Assigned Campuses Organization] "See whom to call for a student, and their numbers.";
    CreateStudentFiles = "CREATE_STUDENT_FILES" [Campuses Organization] "Give a student's complete file to the family or another school."
        grants ReadStudents = "READ_STUDENTS" ReadGuardians = "READ_GUARDIANS";
    UpdateGuardians = "UPDATE_GUARDIANS" [Campuses Organization] "Add guardians and change their particulars."
        grants ReadGuardians = "READ_GUARDIANS";
    CreateRestrictions = "CREATE_RESTRICTIONS" [Campuses Organization] "Enter whom a court or the school keeps from a student."
        grants ReadGuardians = "READ_GUARDIANS";
    UpdateRestrictions = "UPDATE_RESTRICTIONS" [Campuses Organization] "Change and lift what somebody is barred from."
        grants ReadGuardians = "READ_GUARDIANS";
    ReadStaff = "READ_STAFF" [Campuses Organization] "See members of staff.";
    UpdateStaff = "UPDATE_STAFF" [Campuses Organization] "Add members of staff and change their particulars."
        grants ReadStaff = "READ_STAFF";
    ReadClasses = "READ_CLASSES" [Assigned Campuses Organization] "See classes and who is in them.";
    UpdateClasses = "UPDATE_CLASSES" [Campuses Organization] "Add classes and change them and who stands in front."
        grants ReadClasses = "READ_CLASSES";
    UpdateClassEnrollments = "UPDATE_CLASS_ENROLLMENTS" [Campuses Organization] "Put students into classes and take them out."
        grants ReadClasses = "READ_CLASSES";
    ReadAttendanceSessions = "READ_ATTENDANCE_SESSIONS" [Assigned Campuses Organization] "Open registers and read them.";
    CreateAttendanceSessions = "CREATE_ATTENDANCE_SESSIONS" [Assigned Campuses Organization] "Take a register and submit it."
        grants ReadAttendanceSessions = "READ_ATTENDANCE_SESSIONS";
    UpdateAttendanceRecords = "UPDATE_ATTENDANCE_RECORDS" [Campuses Organization] "Mark and excuse as the office; the office's mark stands."
        grants ReadAttendanceSessions = "READ_ATTENDANCE_SESSIONS";
    ReadAttendanceRecords = "READ_ATTENDANCE_RECORDS" [Assigned Campuses Organization] "See a student's marks and who changed them.";
    ReadCampusAttendance = "READ_CAMPUS_ATTENDANCE" [Campuses Organization] "See the day's board: every register and its state.";
    ReadAttendanceReports = "READ_ATTENDANCE_REPORTS" [Campuses Organization] "See what days add up to, by grade, class and campus.";
    UpdateCampusAttendanceSummaries = "UPDATE_CAMPUS_ATTENDANCE_SUMMARIES" [Campuses Organization] "Enter a campus's day and note what was special about it."
        grants ReadAttendanceReports = "READ_ATTENDANCE_REPORTS";
    UpdateRollCalls = "UPDATE_ROLL_CALLS" [Assigned Campuses Organization] "Open fire rolls and trip lists and tick off who is there.";
    CreateRollCalls = "CREATE_ROLL_CALLS" [Campuses Organization] "Begin a fire roll or a trip's list."
        grants UpdateRollCalls = "UPDATE_ROLL_CALLS";
    ReadAttendanceInterventions = "READ_ATTENDANCE_INTERVENTIONS" [Assigned Campuses Organization] "See who is absent often, and what was done about it.";
    UpdateAttendanceInterventions = "UPDATE_ATTENDANCE_INTERVENTIONS" [Campuses Organization] "Record, correct and withdraw what was done about absence."
        grants ReadAttendanceInterventions = "READ_ATTENDANCE_INTERVENTIONS";
    CreateLetters = "CREATE_LETTERS" [Campuses Organization] "Write letters to guardians about absence."
        grants ReadAttendanceInterventions = "READ_ATTENDANCE_INTERVENTIONS" UpdateAttendanceInterventions = "UPDATE_ATTENDANCE_INTERVENTIONS"
            ReadGuardians = "READ_GUARDIANS";
    UpdateLetterTemplates = "UPDATE_LETTER_TEMPLATES" [Organization] "Write the school's letter templates and retire them.";
    ReadCampuses = "READ_CAMPUSES" [Campuses Organization] "See the school's campuses, their hours and particulars.";
    CreateCampuses = "CREATE_CAMPUSES" [Organization] "Open new campuses."
        grants ReadCampuses = "READ_CAMPUSES";
    UpdateCampuses = "UPDATE_CAMPUSES" [Campuses Organization] "Change campuses, and take them out of use and back."
        grants ReadCampuses = "READ_CAMPUSES";
    ReadCalendarDays = "READ_CALENDAR_DAYS" [Campuses Organization] "See the school's years, terms and calendar.";
    UpdateCalendarDays = "UPDATE_CALENDAR_DAYS" [Campuses Organization] "Declare holidays, closures, half days and make-up days."
        grants ReadCalendarDays = "READ_CALENDAR_DAYS";
    UpdateAcademicYears = "UPDATE_ACADEMIC_YEARS" [Organization] "Set up school years and their terms."
        grants ReadCalendarDays = "READ_CALENDAR_DAYS";
    ReadStaffAttendance = "READ_STAFF_ATTENDANCE" [Campuses Organization] "See who of the staff is here.";
    CreateStaffAttendance = "CREATE_STAFF_ATTENDANCE" [Own Organization] "Say that one is here oneself, where the campus wants it.";
    UpdateStaffAttendance = "UPDATE_STAFF_ATTENDANCE" [Campuses Organization] "Record who of the staff is here; the office's word stands."
        grants ReadStaffAttendance = "READ_STAFF_ATTENDANCE";
    UpdateAttendancePolicies = "UPDATE_ATTENDANCE_POLICIES" [Campuses Organization] "Set when registers are due and what makes a day."
        grants ReadCampusAttendance = "READ_CAMPUS_ATTENDANCE";
    UpdateAttendanceCodes = "UPDATE_ATTENDANCE_CODES" [Organization] "Add the school's marks, change and retire them."
        grants ReadAttendanceSessions = "READ_ATTENDANCE_SESSIONS";
    ReadSchoolDistricts = "READ_SCHOOL_DISTRICTS" [Organization] "See school districts and whom to ask there.";
    CreateSchoolDistricts = "CREATE_SCHOOL_DISTRICTS" [Organization] "Add school districts, and restore deleted ones."
        grants ReadSchoolDistricts = "READ_SCHOOL_DISTRICTS";
    UpdateSchoolDistricts = "UPDATE_SCHOOL_DISTRICTS" [Organization] "Change school districts."
        grants ReadSchoolDistricts = "READ_SCHOOL_DISTRICTS";
    DeleteSchoolDistricts = "DELETE_SCHOOL_DISTRICTS" [Organization] "Delete school districts that offer nothing."
        grants ReadSchoolDistricts = "READ_SCHOOL_DISTRICTS";
    ReadPrograms = "READ_PROGRAMS" [Organization] "See programs and who works in them.";
    CreatePrograms = "CREATE_PROGRAMS" [Organization] "Add programs, and restore deleted ones."
        grants ReadPrograms = "READ_PROGRAMS";
    UpdatePrograms = "UPDATE_PROGRAMS" [Organization] "Change programs, and say who works in them."
        grants ReadPrograms = "READ_PROGRAMS";
    DeletePrograms = "DELETE_PROGRAMS" [Organization] "Delete programs in which nobody is."
        grants ReadPrograms = "READ_PROGRAMS";
    UpdateSecondFactorRules = "UPDATE_SECOND_FACTOR_RULES" [Organization] "Say which roles demand a second factor at sign-in.";
    UpdateIdentityProviders = "UPDATE_IDENTITY_PROVIDERS" [Organization] "Say where people sign in with the school's own account.";
    CreateImportRuns = "CREATE_IMPORT_RUNS" [Organization] "Bring in a roster from another system.";
    ReadAccessEvents = "READ_ACCESS_EVENTS" [Organization] "See who looked at whose record, and who changed what."
        grants ReadStudents = "READ_STUDENTS";
    ReadErasures = "READ_ERASURES" [Organization] "See how long records are kept, whose are past that and who was erased."
        grants ReadStudents = "READ_STUDENTS";
    CreateErasures = "CREATE_ERASURES" [Organization] "Ask that a student who left be erased."
        grants ReadErasures = "READ_ERASURES" ReadStudents = "READ_STUDENTS";
    UpdateErasures = "UPDATE_ERASURES" [Organization] "Approve or decline the erasure that somebody else asked for."
        grants ReadErasures = "READ_ERASURES" ReadStudents = "READ_STUDENTS";
    UpdateRetentionPeriods = "UPDATE_RETENTION_PERIODS" [Organization] "Set how long records are kept after a student left."
        grants ReadErasures = "READ_ERASURES" ReadStudents = "READ_STUDENTS";
    ReadOrganizationVisits = "READ_ORGANIZATION_VISITS" [Organization] "See who of the platform was here, why and for how long.";
    UpdateOrganizationVisits = "UPDATE_ORGANIZATION_VISITS" [Organization] "End a visit of the platform's staff."
        grants ReadOrganizationVisits = "READ_ORGANIZATION_VISITS";
    ReadUsers = "READ_USERS" [Campuses Organization] "See who has an account and what it opens.";
    CreateUsers = "CREATE_USERS" [Campuses Organization] "Invite people to an account, and restore deleted ones."
        grants ReadUsers = "READ_USERS";
    UpdateUsers = "UPDATE_USERS" [Campuses Organization] "Change accounts: particulars, role, rights, and whether they sign in."
        grants ReadUsers = "READ_USERS";
    DeleteUsers = "DELETE_USERS" [Campuses Organization] "Delete accounts."
        grants ReadUsers = "READ_USERS";
    ReadRoles = "READ_ROLES" [Organization] "See roles, and who may do what.";
    UpdateRoles = "UPDATE_ROLES" [Organization] "Copy roles, change the copies and delete them."
        grants ReadRoles = "READ_ROLES";
}
