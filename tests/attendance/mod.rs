//! Registers as teachers and the office meet them.

mod ahead;
mod board;
mod closures;
mod codes;
mod days;
mod front_desk;
mod office;
mod policies;
mod register;
mod staff;
mod together;
