//! Signing in and out.

mod accounts;
mod flood;
mod forgotten;
mod guesses;
mod origins;
mod passwords;
mod post;
pub(crate) mod rights;
mod sessions;
mod sign_in;
