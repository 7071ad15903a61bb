//! Students, their families and the staff.

pub mod student;
