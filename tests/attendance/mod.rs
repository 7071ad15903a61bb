//! Registers as teachers and the office meet them.

mod board;
mod office;
mod register;
mod staff;
mod together;
