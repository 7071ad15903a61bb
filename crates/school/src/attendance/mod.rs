//! Registers, marks and what a day was worth.
//!
//! A register is one class on one day in one slot ([`register`]). Until it is submitted nothing in it counts
//! ([`submission`]); a change is a [`mark`]. The office sees them all on the [`board`].

pub mod absence;
pub mod absence_sums;
pub mod absentee;
pub mod board;
pub mod campus_policy;
pub mod code;
pub mod code_change;
pub mod collection;
pub mod correction;
pub mod day;
mod draft;
mod due;
mod exceptions;
pub mod excusal;
mod head;
pub mod history;
pub mod intervention;
pub mod intervention_change;
mod joins;
pub mod letter;
mod letter_addressee;
pub mod letter_round;
pub mod letter_template;
pub mod letter_text;
pub mod mark;
pub mod movement;
pub mod planned;
pub mod policy;
pub mod reachable;
pub mod recent;
mod record;
pub mod register;
pub mod roll;
pub mod seat;
pub mod site;
pub mod staff_arrival;
pub mod staff_day;
pub mod staff_month;
pub mod staff_record;
pub mod submission;
pub mod tally;
pub mod untaken;
pub mod untaken_count;
mod untaken_sources;
pub mod worth;
