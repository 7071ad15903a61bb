//! The program around the school: what it runs on and how it is reached.

pub mod postgres;
