//! Every test of the program as people meet it: one binary, one database, a school for each test.

#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it says")]

mod academics;
mod access;
mod all_or_nothing;
mod attendance;
mod authorization;
mod bound;
mod browser;
mod catalog;
mod demonstration;
mod exchange;
mod faults;
mod headers;
mod input;
mod keeping;
mod people;
mod permissions;
mod postgres;
mod support;
mod tenancy;
