//! Students, their families and the staff.

pub mod account;
pub mod attended_days;
pub mod history;
pub mod particulars;
pub mod placement;
pub mod school_enrollment;
pub mod staff;
pub mod student;
pub mod student_list;
pub mod withdrawal;
