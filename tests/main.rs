//! Every test of the program as people meet it: one binary, one database, a school for each test.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod access;
mod attendance;
mod people;
mod postgres;
mod support;
