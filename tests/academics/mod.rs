//! Classes and who is in them.

mod calendar;
mod classes;
mod duties;
mod rolls;
mod together;
