//! What is in the page: a real browser on a real server.

mod accounts;
mod beside;
mod by_mail;
mod closure;
mod coming_in;
mod connection;
mod cover;
mod driver;
mod erasure;
mod eye;
mod front_desk;
mod imported;
mod imports;
mod keyboard;
mod looks;
mod painted;
mod plain;
mod roll_call;
mod sign_on;
mod story;
mod sums;
mod visits;

pub(crate) use driver::Browser;
