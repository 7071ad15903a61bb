//! A school for each test, and people who use it.

pub(crate) mod answer;
pub(crate) mod database;
pub(crate) mod form;
pub(crate) mod person;
pub(crate) mod school;

pub(crate) use answer::Answer;
pub(crate) use person::Person;
pub(crate) use person::Role::{
    Administrator, Counselor, Director, Finance, Office, Paraeducator, Platform, Supervisor,
    Teacher,
};
pub(crate) use school::School;
