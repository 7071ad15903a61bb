//! Campuses, years, terms, the calendar, classes and who is in them.

pub mod calendar_change;
pub mod calendar_day;
pub mod campus;
pub mod campus_change;
pub mod campus_colors;
pub(crate) mod campus_hours;
pub mod campus_list;
pub mod campus_use;
pub mod class;
pub mod class_change;
pub mod class_enrollment;
pub mod class_list;
pub mod class_staff;
pub mod closing;
pub mod closure;
pub mod duty;
pub mod grade;
pub mod joining;
pub mod leaving;
pub mod reopening;
pub mod roster;
pub mod term;
pub mod term_change;
pub mod year;
pub mod year_change;
pub mod year_removal;
