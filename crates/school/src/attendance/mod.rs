//! Registers, marks and what a day was worth.

pub mod code;
