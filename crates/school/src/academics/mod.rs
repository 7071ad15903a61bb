//! Years, classes and who is in them.

pub mod campus;
pub mod class;
pub mod class_enrollment;
pub mod class_staff;
pub mod grade;
pub mod year;
