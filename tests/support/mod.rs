//! A school for each test, and people who use it.

mod accounts;
pub(crate) mod answer;
pub(crate) mod cable;
mod calendar;
pub(crate) mod cast;
pub(crate) mod command;
pub(crate) mod crowd;
pub(crate) mod database;
#[expect(dead_code, reason = "the crate that it belongs to uses the rest")]
#[path = "../../crates/school/tests/oneroster/export.rs"]
pub(crate) mod export;
pub(crate) mod form;
pub(crate) mod ground;
pub(crate) mod person;
pub(crate) mod post;
pub(crate) mod provider;
mod record;
pub(crate) mod register;
pub(crate) mod routes;
pub(crate) mod samples;
pub(crate) mod school;
pub(crate) mod second_factor;
pub(crate) mod served;
pub(crate) mod upload;

pub(crate) use answer::Answer;
pub(crate) use person::Person;
pub(crate) use person::Role::{
    Administrator, Counselor, Director, Finance, Office, Platform, Supervisor, Teacher,
};
pub(crate) use school::School;
