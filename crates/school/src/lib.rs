//! What a school is and does: the only code that touches a table.
//!
//! Start at [`db`], the one door to the database, and [`permit`], what a person may be allowed to do. The rest is
//! named by the school's words.

pub mod academics;
pub mod access;
mod alphabet;
pub mod attendance;
pub mod backup;
pub mod catalog;
pub mod clock;
pub mod db;
pub mod demonstration;
pub mod districts;
pub mod edit;
pub mod error;
pub mod exchange;
pub mod job;
pub mod keeping;
pub mod lobby;
pub mod migrations;
pub mod people;
pub mod permit;
pub mod reach;
pub mod slice;
mod sql;
pub mod text;
pub mod words;

pub use error::{Error, Result};
pub use uuid::Uuid;
