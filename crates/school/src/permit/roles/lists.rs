//! What the roles beside administrator and office may do.

use crate::{
    permit::{
        CreateAttendanceSessions, CreateLetters, CreateRollCalls, CreateStaffAttendance, Permission,
        ReadAccessEvents, ReadAttendanceInterventions, ReadAttendanceRecords, ReadAttendanceReports,
        ReadAttendanceSessions, ReadCalendarDays, ReadCampusAttendance, ReadCampuses, ReadClasses,
        ReadGuardians, ReadOrganizationVisits, ReadPrograms, ReadRoles, ReadSchoolDistricts, ReadStaff,
        ReadStaffAttendance, ReadStudents, ReadUsers, UpdateAttendanceInterventions, UpdateLetterTemplates,
        UpdateRollCalls,
    },
    words::UserScope::{self, Assigned, Organization, Own},
};

pub(super) const READING: &[(&str, UserScope)] = &[
    (ReadStudents::ENTRY.name, Organization),
    (ReadGuardians::ENTRY.name, Organization),
    (ReadStaff::ENTRY.name, Organization),
    (ReadClasses::ENTRY.name, Organization),
    (ReadAttendanceSessions::ENTRY.name, Organization),
    (ReadAttendanceRecords::ENTRY.name, Organization),
    (UpdateRollCalls::ENTRY.name, Organization),
    (CreateRollCalls::ENTRY.name, Organization),
    (ReadCampusAttendance::ENTRY.name, Organization),
    (ReadAttendanceReports::ENTRY.name, Organization),
    (ReadAttendanceInterventions::ENTRY.name, Organization),
    (UpdateAttendanceInterventions::ENTRY.name, Organization),
    (CreateLetters::ENTRY.name, Organization),
    (UpdateLetterTemplates::ENTRY.name, Organization),
    (ReadCampuses::ENTRY.name, Organization),
    (ReadCalendarDays::ENTRY.name, Organization),
    (ReadStaffAttendance::ENTRY.name, Organization),
    (CreateStaffAttendance::ENTRY.name, Own),
    (ReadSchoolDistricts::ENTRY.name, Organization),
    (ReadPrograms::ENTRY.name, Organization),
];
pub(super) const TEACHING: &[(&str, UserScope)] = &[
    (ReadStudents::ENTRY.name, Assigned),
    (ReadGuardians::ENTRY.name, Assigned),
    (ReadClasses::ENTRY.name, Assigned),
    (ReadAttendanceSessions::ENTRY.name, Assigned),
    (CreateAttendanceSessions::ENTRY.name, Assigned),
    (ReadAttendanceRecords::ENTRY.name, Assigned),
    (UpdateRollCalls::ENTRY.name, Assigned),
    (ReadCalendarDays::ENTRY.name, Organization),
    (CreateStaffAttendance::ENTRY.name, Own),
];
pub(super) const FINANCE: &[(&str, UserScope)] = &[
    (ReadStudents::ENTRY.name, Organization),
    (ReadGuardians::ENTRY.name, Organization),
    (ReadCalendarDays::ENTRY.name, Organization),
    (CreateStaffAttendance::ENTRY.name, Own),
];
pub(super) const COUNSELING: &[(&str, UserScope)] = &[
    (ReadStudents::ENTRY.name, Assigned),
    (ReadGuardians::ENTRY.name, Assigned),
    (ReadAttendanceRecords::ENTRY.name, Assigned),
    (ReadAttendanceInterventions::ENTRY.name, Assigned),
    (ReadCalendarDays::ENTRY.name, Organization),
    (CreateStaffAttendance::ENTRY.name, Own),
    (ReadSchoolDistricts::ENTRY.name, Organization),
    (ReadPrograms::ENTRY.name, Organization),
];
pub(super) const CASELOAD: &[(&str, UserScope)] = &[
    (ReadStudents::ENTRY.name, Assigned),
    (ReadGuardians::ENTRY.name, Assigned),
    (ReadAttendanceRecords::ENTRY.name, Assigned),
    (ReadCalendarDays::ENTRY.name, Organization),
    (CreateStaffAttendance::ENTRY.name, Own),
    (ReadSchoolDistricts::ENTRY.name, Organization),
    (ReadPrograms::ENTRY.name, Organization),
];
pub(super) const SUPERVISION: &[(&str, UserScope)] = &[
    (ReadStudents::ENTRY.name, Organization),
    (ReadClasses::ENTRY.name, Organization),
    (ReadAttendanceSessions::ENTRY.name, Organization),
    (ReadAttendanceRecords::ENTRY.name, Organization),
    (ReadAttendanceReports::ENTRY.name, Organization),
    (ReadCalendarDays::ENTRY.name, Organization),
    (ReadSchoolDistricts::ENTRY.name, Organization),
    (ReadPrograms::ENTRY.name, Organization),
];
/// What platform staff hold on a visit: they see what an administrator sees, and change nothing. What a school needs done
/// its own administrator does, with whoever visits looking on.
pub(super) const VISITING: &[(&str, UserScope)] = &[
    (ReadStudents::ENTRY.name, Organization),
    (ReadGuardians::ENTRY.name, Organization),
    (ReadStaff::ENTRY.name, Organization),
    (ReadClasses::ENTRY.name, Organization),
    (ReadAttendanceSessions::ENTRY.name, Organization),
    (ReadAttendanceRecords::ENTRY.name, Organization),
    (ReadCampusAttendance::ENTRY.name, Organization),
    (ReadAttendanceReports::ENTRY.name, Organization),
    (ReadAttendanceInterventions::ENTRY.name, Organization),
    (ReadCampuses::ENTRY.name, Organization),
    (ReadCalendarDays::ENTRY.name, Organization),
    (ReadStaffAttendance::ENTRY.name, Organization),
    (ReadSchoolDistricts::ENTRY.name, Organization),
    (ReadPrograms::ENTRY.name, Organization),
    (ReadAccessEvents::ENTRY.name, Organization),
    (ReadOrganizationVisits::ENTRY.name, Organization),
    (ReadUsers::ENTRY.name, Organization),
    (ReadRoles::ENTRY.name, Organization),
];
