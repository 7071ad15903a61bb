//! Signing in and out.

mod accounts;
mod flood;
mod guesses;
mod origins;
pub(crate) mod rights;
mod sessions;
mod sign_in;
