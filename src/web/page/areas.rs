//! The entries of the navigation: each area with the permission that opens it.

use school::permit::{
    CreateAttendanceSessions, CreateImportRuns, Permission, ReadAccessEvents, ReadAttendanceInterventions,
    ReadAttendanceReports, ReadCalendarDays, ReadCampusAttendance, ReadCampuses, ReadClasses, ReadErasures,
    ReadGuardians, ReadOrganizationVisits, ReadPrograms, ReadRoles, ReadSchoolDistricts, ReadStaff,
    ReadStaffAttendance, ReadStudents, ReadUsers, UpdateAttendanceRecords, UpdateIdentityProviders,
    UpdateRollCalls, UpdateSecondFactorRules,
};

use super::{Area, Entry};

/// Every entry with the permission that its first page asks for; a test holds the two together.
#[rustfmt::skip]
pub const ENTRIES: &[Entry] = &[
    entry::<CreateAttendanceSessions>(Area::Today, "Day", "Today", ("/today", "sun")),
    entry::<ReadCampusAttendance>(Area::Board, "Day", "Board", ("/board", "clipboard-check")),
    entry::<UpdateAttendanceRecords>(Area::FrontDesk, "Day", "Front desk", ("/front-desk", "door-enter")),
    entry::<UpdateAttendanceRecords>(Area::Ahead, "Day", "Absences ahead", ("/planned-absences", "calendar-event")),
    entry::<UpdateRollCalls>(Area::RollCalls, "Day", "Fire rolls, trips", ("/roll-calls", "checks")),
    entry::<ReadStaffAttendance>(Area::StaffAttendance, "Day", "Staff here", ("/staff-attendance", "user-check")),
    entry::<ReadAttendanceInterventions>(Area::FollowUps, "Day", "Absence follow-up", ("/absence-follow-ups", "message")),
    entry::<ReadStudents>(Area::Students, "People", "Students", ("/students", "users")),
    entry::<ReadGuardians>(Area::Guardians, "People", "Guardians", ("/guardians", "heart-handshake")),
    entry::<ReadStaff>(Area::Staff, "People", "Staff", ("/staff", "id")),
    entry::<ReadClasses>(Area::Classes, "School", "Classes", ("/classes", "school")),
    entry::<ReadCampuses>(Area::Campuses, "School", "Campuses", ("/campuses", "map-pin")),
    entry::<ReadCalendarDays>(Area::Calendar, "School", "Calendar", ("/calendar", "calendar-event")),
    entry::<ReadCampusAttendance>(Area::Policies, "School", "Attendance rules", ("/attendance-policies", "clock")),
    entry::<ReadSchoolDistricts>(Area::Districts, "School", "School districts", ("/districts", "building")),
    entry::<ReadPrograms>(Area::Programs, "School", "Programs", ("/programs", "book")),
    entry::<CreateImportRuns>(Area::Imports, "School", "Imports", ("/imports", "upload")),
    entry::<ReadAttendanceReports>(Area::Reports, "Reports", "Attendance", ("/reports/attendance", "report")),
    entry::<ReadAttendanceReports>(Area::CampusDays, "Reports", "Campus days", ("/campus-days", "table")),
    entry::<ReadCampusAttendance>(Area::Untaken, "Reports", "Registers not taken", ("/registers-not-taken", "clipboard-x")),
    entry::<ReadCampusAttendance>(Area::Corrections, "Reports", "Corrections", ("/corrections", "history")),
    entry::<ReadUsers>(Area::Accounts, "Access", "Accounts", ("/users", "user-circle")),
    entry::<ReadRoles>(Area::Roles, "Access", "Roles", ("/roles", "lock")),
    entry::<UpdateSecondFactorRules>(Area::SecondFactor, "Access", "Second factor", ("/second-factor-rules", "shield-lock")),
    entry::<UpdateIdentityProviders>(Area::SignOn, "Access", "Sign-on", ("/identity-provider", "key")),
    entry::<ReadAccessEvents>(Area::AccessLog, "Access", "Record of access", ("/access-log", "eye")),
    entry::<ReadAccessEvents>(Area::ChangeLog, "Access", "Changes", ("/change-log", "history")),
    entry::<ReadErasures>(Area::Retention, "Access", "Retention", ("/retention", "clock")),
    entry::<ReadOrganizationVisits>(Area::Visits, "Access", "Visits", ("/visits", "door-enter")),
];

/// For whoever works for the platform, beside what they hold on a visit.
pub(super) const OF_PLATFORM: Entry = Entry {
    area: Area::Organizations,
    permission: "",
    group: "Platform",
    label: "Organizations",
    path: "/organizations",
    icon: "building-community",
};

/// An area under a heading: what people read, where it leads and its picture.
const fn entry<P: Permission>(
    area: Area,
    group: &'static str,
    label: &'static str,
    (path, icon): (&'static str, &'static str),
) -> Entry {
    Entry { area, permission: P::ENTRY.name, group, label, path, icon }
}
