//! Registers as teachers and the office meet them.

mod board;
mod days;
mod office;
mod policies;
mod register;
mod together;
