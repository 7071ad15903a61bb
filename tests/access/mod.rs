//! Signing in and out.

mod accounts;
mod addresses;
mod codes;
mod flood;
mod forgotten;
mod guesses;
mod origins;
mod own_account;
mod passwords;
mod post;
pub(crate) mod rights;
mod second_factor;
mod second_factor_rules;
mod sessions;
mod sign_in;
pub(crate) mod staying;
mod theft;
