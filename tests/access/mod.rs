//! Signing in and out, accounts and roles.

mod accounts;
mod flood;
mod forgotten;
mod granting;
mod guesses;
mod inviting;
mod looking_after;
mod origins;
mod passwords;
mod post;
pub(crate) mod rights;
mod roles;
mod rules;
mod sessions;
mod sign_in;
