//! Students, their families and the staff.

pub mod account;
pub mod school_enrollment;
pub mod staff;
pub mod student;
