//! Students, their families and the staff.

pub mod account;
pub mod attended_days;
pub mod attended_year;
pub mod contact;
pub mod contact_list;
pub mod guardian;
pub mod guardianship;
pub mod history;
mod namesake;
pub mod particulars;
pub mod placement;
pub mod restriction;
pub mod restriction_change;
pub mod school_enrollment;
pub mod staff;
mod staff_change;
pub mod staff_member;
pub mod student;
pub mod student_list;
pub(crate) mod whose;
pub mod withdrawal;
