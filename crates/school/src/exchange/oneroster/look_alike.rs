//! Formats that resemble OneRoster 1.1 and are not: recognised, so that nobody half imports one.

use std::fmt;

use super::package::Package;

/// What a package is instead of OneRoster 1.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookAlike {
    /// Microsoft School Data Sync, first format: `Student.csv` with *SIS ID* columns.
    SdsV1,
    /// Microsoft School Data Sync V2.1: OneRoster's file names, other columns, no manifest.
    SdsV21,
    /// OneRoster 1.2, whose roles stand in a file of their own.
    OneRoster12,
}

impl fmt::Display for LookAlike {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::SdsV1 => "School Data Sync (SDS) V1 CSV, Microsoft's own format,",
            Self::SdsV21 => "School Data Sync (SDS) V2.1 CSV, which borrows OneRoster's file names,",
            Self::OneRoster12 => "OneRoster 1.2, which keeps roles in a file of their own,",
        };
        write!(
            out,
            "This is {name} not OneRoster 1.1. Nothing was imported. Ask the sending system for a \
             OneRoster 1.1 CSV export (bulk) and import that."
        )
    }
}

impl LookAlike {
    pub(super) fn recognise(package: &Package) -> Option<Self> {
        let sds_v1 = ["student.csv", "teacher.csv", "section.csv", "school.csv", "studentenrollment.csv"];
        if sds_v1.iter().any(|file| has_column(package, file, "SIS ID")) {
            return Some(Self::SdsV1);
        }
        if package.has("manifest.csv") {
            return None;
        }
        let sds_v21 = package.has("relationships.csv")
            || package.has("userFlags.csv")
            || lacks_id(package, "enrollments.csv")
            || lacks_id(package, "roles.csv");
        if sds_v21 {
            return Some(Self::SdsV21);
        }
        (package.has("roles.csv") || package.has("userProfiles.csv")).then_some(Self::OneRoster12)
    }
}

fn has_column(package: &Package, file: &str, column: &str) -> bool {
    package.all(file).any(|file| columns(&file.bytes).any(|name| name.eq_ignore_ascii_case(column)))
}

fn lacks_id(package: &Package, file: &str) -> bool {
    has_column(package, file, "userSourcedId") && !has_column(package, file, "sourcedId")
}

/// The names in a file's first line, good enough to recognise a format by.
fn columns(bytes: &[u8]) -> impl Iterator<Item = &str> {
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = str::from_utf8(first).unwrap_or_default();
    line.trim_start_matches('\u{feff}').split(',').map(|name| name.trim().trim_matches('"'))
}
