//! Campuses, classes and who is in them.

mod calendar;
mod campuses;
mod classes;
mod duties;
pub(crate) mod rolls;
mod together;
mod years;
