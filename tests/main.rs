//! Every test of the program as people meet it: one binary, one database, a school for each test.

mod access;
mod exchange;
mod people;
mod support;
