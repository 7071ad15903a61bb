//! Students, their families and the staff.

pub mod school_enrollment;
pub mod staff;
pub mod student;
