//! Registers as teachers and the office meet them.

mod ahead;
mod board;
mod closures;
mod codes;
mod days;
mod follow_up;
mod front_desk;
mod letters;
mod missing_now;
mod office;
mod policies;
mod register;
mod reports;
mod staff;
mod together;
