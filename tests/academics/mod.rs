//! Classes and who is in them.

mod classes;
mod duties;
mod rolls;
mod together;
