//! What comes in from other systems.

mod command;
#[expect(dead_code, reason = "the crate that it belongs to uses the rest")]
#[path = "../../crates/school/tests/oneroster/export.rs"]
mod export;
mod importing;
mod leaving;
mod people_and_classes;
mod samples;
mod twice;
