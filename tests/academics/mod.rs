//! Classes and who is in them.

mod calendar;
mod classes;
mod duties;
pub(crate) mod rolls;
mod together;
mod years;
