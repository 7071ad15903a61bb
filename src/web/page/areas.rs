//! The entries of the navigation: each area with the permission that opens it.

use school::permit::{
    CreateAttendanceSessions, CreateImportRuns, Permission, ReadAttendanceInterventions,
    ReadAttendanceReports, ReadCalendarDays, ReadCampusAttendance, ReadClasses, ReadGuardians, ReadStaff,
    ReadStaffAttendance, ReadStudents, UpdateAttendanceRecords, UpdateRollCalls,
};

use super::Area;

/// An entry of the navigation.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub(super) area: Area,
    pub(super) permission: &'static str,
    /// Which heading it stands under.
    pub group: &'static str,
    /// What people read.
    pub label: &'static str,
    /// Where it leads.
    pub path: &'static str,
    /// Its picture in the sprite.
    pub icon: &'static str,
}

/// Every entry with the permission that its first page asks for; a test holds the two together.
pub const ENTRIES: &[Entry] = &[
    Entry {
        area: Area::Today,
        permission: CreateAttendanceSessions::ENTRY.name,
        group: "Day",
        label: "Today",
        path: "/today",
        icon: "sun",
    },
    Entry {
        area: Area::Board,
        permission: ReadCampusAttendance::ENTRY.name,
        group: "Day",
        label: "Board",
        path: "/board",
        icon: "clipboard-check",
    },
    Entry {
        area: Area::FrontDesk,
        permission: UpdateAttendanceRecords::ENTRY.name,
        group: "Day",
        label: "Front desk",
        path: "/front-desk",
        icon: "door-enter",
    },
    Entry {
        area: Area::Ahead,
        permission: UpdateAttendanceRecords::ENTRY.name,
        group: "Day",
        label: "Absences ahead",
        path: "/planned-absences",
        icon: "calendar-event",
    },
    Entry {
        area: Area::RollCalls,
        permission: UpdateRollCalls::ENTRY.name,
        group: "Day",
        label: "Fire rolls, trips",
        path: "/roll-calls",
        icon: "checks",
    },
    Entry {
        area: Area::StaffAttendance,
        permission: ReadStaffAttendance::ENTRY.name,
        group: "Day",
        label: "Staff here",
        path: "/staff-attendance",
        icon: "user-check",
    },
    Entry {
        area: Area::FollowUps,
        permission: ReadAttendanceInterventions::ENTRY.name,
        group: "Day",
        label: "Absence follow-up",
        path: "/absence-follow-ups",
        icon: "message",
    },
    Entry {
        area: Area::Students,
        permission: ReadStudents::ENTRY.name,
        group: "People",
        label: "Students",
        path: "/students",
        icon: "users",
    },
    Entry {
        area: Area::Guardians,
        permission: ReadGuardians::ENTRY.name,
        group: "People",
        label: "Guardians",
        path: "/guardians",
        icon: "heart-handshake",
    },
    Entry {
        area: Area::Staff,
        permission: ReadStaff::ENTRY.name,
        group: "People",
        label: "Staff",
        path: "/staff",
        icon: "id",
    },
    Entry {
        area: Area::Classes,
        permission: ReadClasses::ENTRY.name,
        group: "School",
        label: "Classes",
        path: "/classes",
        icon: "school",
    },
    Entry {
        area: Area::Calendar,
        permission: ReadCalendarDays::ENTRY.name,
        group: "School",
        label: "Calendar",
        path: "/calendar",
        icon: "calendar-event",
    },
    Entry {
        area: Area::Policies,
        permission: ReadCampusAttendance::ENTRY.name,
        group: "School",
        label: "Attendance rules",
        path: "/attendance-policies",
        icon: "clock",
    },
    Entry {
        area: Area::Imports,
        permission: CreateImportRuns::ENTRY.name,
        group: "School",
        label: "Imports",
        path: "/imports",
        icon: "upload",
    },
    Entry {
        area: Area::Reports,
        permission: ReadAttendanceReports::ENTRY.name,
        group: "Reports",
        label: "Attendance",
        path: "/reports/attendance",
        icon: "report",
    },
    Entry {
        area: Area::CampusDays,
        permission: ReadAttendanceReports::ENTRY.name,
        group: "Reports",
        label: "Campus days",
        path: "/campus-days",
        icon: "table",
    },
    Entry {
        area: Area::Untaken,
        permission: ReadCampusAttendance::ENTRY.name,
        group: "Reports",
        label: "Registers not taken",
        path: "/registers-not-taken",
        icon: "clipboard-x",
    },
    Entry {
        area: Area::Corrections,
        permission: ReadCampusAttendance::ENTRY.name,
        group: "Reports",
        label: "Corrections",
        path: "/corrections",
        icon: "history",
    },
];

impl Entry {
    /// What somebody must hold to see it.
    #[must_use]
    pub fn permission(&self) -> &'static str {
        self.permission
    }
}
