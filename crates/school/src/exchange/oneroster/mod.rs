//! OneRoster 1.1 CSV: a district's export, read into typed rows without touching the database.
//!
//! [`Bundle::open`] reads a zip or a folder. What is not a OneRoster 1.1 bulk export at all is a
//! [`Refusal`], one sentence; a row that cannot be taken is a [`Rejected`] with file, line, column and
//! reason, and so is every row that hangs from it. Real exports differ from the standard in known
//! ways: each that we survive or explain is named in a test in `tests/oneroster`.

mod academic_session;
pub(super) mod archive;
mod bundle;
mod cells;
mod check;
mod check_enrollments;
mod class;
mod course;
pub(super) mod decode;
mod demographics;
mod enrollment;
mod entry;
mod folder;
mod gather;
mod grade;
mod header;
mod intake;
mod kind;
mod ledger;
mod look_alike;
mod manifest;
mod mending;
mod org;
mod package;
mod refusal;
mod rejected;
pub(super) mod sheet;
mod table;
mod tables;
mod user;

pub use academic_session::{AcademicSession, SessionKind};
pub use bundle::Bundle;
pub use class::{Class, ClassKind};
pub use course::Course;
pub use demographics::{Demographics, Sex};
pub use enrollment::{Enrollment, EnrollmentRole};
pub use entry::Entry;
pub use grade::Grade;
pub use kind::Kind;
pub use ledger::Fate;
pub use look_alike::LookAlike;
pub use mending::{mend, raw_sheet};
pub use org::{Org, OrgKind};
pub use refusal::Refusal;
pub use rejected::{Problem, Rejected, Remark};
pub use user::{User, UserRole};
