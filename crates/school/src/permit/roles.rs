//! The roles that every organization starts from, and what each may do.
//!
//! Each list is written out, so that a new permission is given to nobody but the administrator without a decision.

mod lists;

use self::lists::{CASELOAD, COUNSELING, FINANCE, READING, SUPERVISION, TEACHING, VISITING};
use super::{
    CreateAttendanceSessions, CreateImportRuns, CreateLetters, CreatePrograms, CreateRestrictions,
    CreateRollCalls, CreateSchoolDistricts, CreateStaffAttendance, CreateStudents, CreateUsers,
    DeletePrograms, DeleteSchoolDistricts, DeleteUsers, Permission, ReadAccessEvents,
    ReadAttendanceInterventions, ReadAttendanceRecords, ReadAttendanceReports, ReadAttendanceSessions,
    ReadCalendarDays, ReadCampusAttendance, ReadClasses, ReadGuardians, ReadOrganizationVisits, ReadPrograms,
    ReadRoles, ReadSchoolDistricts, ReadStaff, ReadStaffAttendance, ReadStudents, ReadUsers,
    UpdateAcademicYears, UpdateAttendanceCodes, UpdateAttendanceInterventions, UpdateAttendancePolicies,
    UpdateAttendanceRecords, UpdateCalendarDays, UpdateCampusAttendanceSummaries, UpdateClassEnrollments,
    UpdateClasses, UpdateGuardians, UpdateIdentityProviders, UpdateLetterTemplates, UpdateOrganizationVisits,
    UpdatePrograms, UpdateRestrictions, UpdateRoles, UpdateRollCalls, UpdateSchoolDistricts,
    UpdateSecondFactorRules, UpdateStaff, UpdateStaffAttendance, UpdateStudents, UpdateUsers,
};
use crate::words::UserScope::{self, Organization, Own};

/// A role that every organization has from the start, and may copy and change.
#[derive(Clone, Copy, Debug)]
pub struct BuiltInRole {
    /// As written in forms and on the command line.
    pub slug: &'static str,
    /// What people read.
    pub name: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// Works for the platform and enters organizations only with a reason.
    pub global_access: bool,
    /// What it may do and how far.
    pub permissions: &'static [(&'static str, UserScope)],
}

/// The built-in roles.
pub const ROLES: &[BuiltInRole] = &[
    BuiltInRole {
        slug: "platform",
        name: "Platform administrator",
        global_access: true,
        permissions: VISITING,
        description: "Creates organizations; enters one only with a reason and for a time, and looks there.",
    },
    BuiltInRole {
        slug: "administrator",
        name: "Administrator",
        global_access: false,
        permissions: EVERYTHING,
        description: "People, roles, campuses, years, imports.",
    },
    BuiltInRole {
        slug: "director",
        name: "Director",
        global_access: false,
        permissions: READING,
        description: "Follows attendance and coverage.",
    },
    BuiltInRole {
        slug: "teacher",
        name: "Teacher",
        global_access: false,
        permissions: TEACHING,
        description: "Takes the registers of their classes.",
    },
    BuiltInRole {
        slug: "office",
        name: "Office",
        global_access: false,
        permissions: OFFICE,
        description: "Sees which registers are missing, excuses, enrols, keeps contacts.",
    },
    BuiltInRole {
        slug: "finance",
        name: "Finance",
        global_access: false,
        permissions: FINANCE,
        description: "Fees, invoices, payments.",
    },
    BuiltInRole {
        slug: "counselor",
        name: "Counselor",
        global_access: false,
        permissions: COUNSELING,
        description: "Caseload, goals, notes.",
    },
    BuiltInRole {
        slug: "paraeducator",
        name: "Paraeducator",
        global_access: false,
        permissions: CASELOAD,
        description: "Works beside students and notes progress.",
    },
    BuiltInRole {
        slug: "supervisor",
        name: "Supervisor",
        global_access: false,
        permissions: SUPERVISION,
        description: "Reads academic records; never writes.",
    },
];

const EVERYTHING: &[(&str, UserScope)] = &[
    (ReadStudents::ENTRY.name, Organization),
    (CreateStudents::ENTRY.name, Organization),
    (UpdateStudents::ENTRY.name, Organization),
    (ReadGuardians::ENTRY.name, Organization),
    (UpdateGuardians::ENTRY.name, Organization),
    (CreateRestrictions::ENTRY.name, Organization),
    (UpdateRestrictions::ENTRY.name, Organization),
    (ReadStaff::ENTRY.name, Organization),
    (UpdateStaff::ENTRY.name, Organization),
    (ReadClasses::ENTRY.name, Organization),
    (UpdateClasses::ENTRY.name, Organization),
    (UpdateClassEnrollments::ENTRY.name, Organization),
    (ReadAttendanceSessions::ENTRY.name, Organization),
    (CreateAttendanceSessions::ENTRY.name, Organization),
    (UpdateAttendanceRecords::ENTRY.name, Organization),
    (ReadAttendanceRecords::ENTRY.name, Organization),
    (UpdateRollCalls::ENTRY.name, Organization),
    (CreateRollCalls::ENTRY.name, Organization),
    (ReadCampusAttendance::ENTRY.name, Organization),
    (ReadAttendanceReports::ENTRY.name, Organization),
    (UpdateCampusAttendanceSummaries::ENTRY.name, Organization),
    (ReadAttendanceInterventions::ENTRY.name, Organization),
    (UpdateAttendanceInterventions::ENTRY.name, Organization),
    (CreateLetters::ENTRY.name, Organization),
    (UpdateLetterTemplates::ENTRY.name, Organization),
    (ReadCalendarDays::ENTRY.name, Organization),
    (UpdateCalendarDays::ENTRY.name, Organization),
    (UpdateAcademicYears::ENTRY.name, Organization),
    (ReadStaffAttendance::ENTRY.name, Organization),
    (CreateStaffAttendance::ENTRY.name, Organization),
    (UpdateStaffAttendance::ENTRY.name, Organization),
    (UpdateAttendancePolicies::ENTRY.name, Organization),
    (UpdateAttendanceCodes::ENTRY.name, Organization),
    (CreateImportRuns::ENTRY.name, Organization),
    (ReadAccessEvents::ENTRY.name, Organization),
    (ReadUsers::ENTRY.name, Organization),
    (CreateUsers::ENTRY.name, Organization),
    (UpdateUsers::ENTRY.name, Organization),
    (DeleteUsers::ENTRY.name, Organization),
    (ReadRoles::ENTRY.name, Organization),
    (UpdateRoles::ENTRY.name, Organization),
    (UpdateSecondFactorRules::ENTRY.name, Organization),
    (UpdateIdentityProviders::ENTRY.name, Organization),
    (ReadSchoolDistricts::ENTRY.name, Organization),
    (CreateSchoolDistricts::ENTRY.name, Organization),
    (UpdateSchoolDistricts::ENTRY.name, Organization),
    (DeleteSchoolDistricts::ENTRY.name, Organization),
    (ReadPrograms::ENTRY.name, Organization),
    (CreatePrograms::ENTRY.name, Organization),
    (UpdatePrograms::ENTRY.name, Organization),
    (DeletePrograms::ENTRY.name, Organization),
    (ReadOrganizationVisits::ENTRY.name, Organization),
    (UpdateOrganizationVisits::ENTRY.name, Organization),
];
const OFFICE: &[(&str, UserScope)] = &[
    (ReadStudents::ENTRY.name, Organization),
    (CreateStudents::ENTRY.name, Organization),
    (UpdateStudents::ENTRY.name, Organization),
    (ReadGuardians::ENTRY.name, Organization),
    (UpdateGuardians::ENTRY.name, Organization),
    (CreateRestrictions::ENTRY.name, Organization),
    (UpdateRestrictions::ENTRY.name, Organization),
    (ReadStaff::ENTRY.name, Organization),
    (UpdateStaff::ENTRY.name, Organization),
    (ReadClasses::ENTRY.name, Organization),
    (UpdateClasses::ENTRY.name, Organization),
    (UpdateClassEnrollments::ENTRY.name, Organization),
    (ReadAttendanceSessions::ENTRY.name, Organization),
    (CreateAttendanceSessions::ENTRY.name, Organization),
    (UpdateAttendanceRecords::ENTRY.name, Organization),
    (ReadAttendanceRecords::ENTRY.name, Organization),
    (UpdateRollCalls::ENTRY.name, Organization),
    (CreateRollCalls::ENTRY.name, Organization),
    (ReadCampusAttendance::ENTRY.name, Organization),
    (ReadAttendanceReports::ENTRY.name, Organization),
    (UpdateCampusAttendanceSummaries::ENTRY.name, Organization),
    (ReadAttendanceInterventions::ENTRY.name, Organization),
    (UpdateAttendanceInterventions::ENTRY.name, Organization),
    (CreateLetters::ENTRY.name, Organization),
    (UpdateLetterTemplates::ENTRY.name, Organization),
    (ReadCalendarDays::ENTRY.name, Organization),
    (UpdateCalendarDays::ENTRY.name, Organization),
    (ReadStaffAttendance::ENTRY.name, Organization),
    (CreateStaffAttendance::ENTRY.name, Own),
    (UpdateStaffAttendance::ENTRY.name, Organization),
];
