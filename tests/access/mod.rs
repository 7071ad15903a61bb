//! Signing in and out.

mod flood;
mod guesses;
mod origins;
pub(crate) mod rights;
mod sessions;
mod sign_in;
