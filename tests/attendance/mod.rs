//! Registers as teachers and the office meet them.

mod board;
mod codes;
mod days;
mod office;
mod policies;
mod register;
mod together;
