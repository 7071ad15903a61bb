//! Signing in and out, accounts and roles.

mod accounts;
mod addresses;
mod codes;
mod flood;
mod forgotten;
mod granting;
mod guesses;
mod inviting;
mod limits;
mod log_lines;
mod looking_after;
mod origins;
mod own_account;
mod passwords;
mod post;
mod record;
mod record_kept;
mod recorded;
pub(crate) mod rights;
mod roles;
mod rules;
mod second_factor;
mod second_factor_rules;
mod sessions;
mod sign_in;
pub(crate) mod staying;
mod theft;
