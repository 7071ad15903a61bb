//! Years, classes and who is in them.

pub mod campus;
pub mod class;
pub mod class_change;
pub mod class_enrollment;
pub mod class_list;
pub mod class_staff;
pub mod duty;
pub mod grade;
pub mod joining;
pub mod leaving;
pub mod roster;
pub mod year;
