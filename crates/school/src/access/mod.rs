//! Who may come in, and as whom.

pub mod address;
pub mod device;
pub mod email;
pub(crate) mod failures;
pub mod link;
pub mod mail;
pub mod organization;
pub mod own_account;
pub mod password;
pub(crate) mod past_password;
pub mod pending_sign_in;
pub mod person;
pub mod recovery_code;
pub mod renewal;
pub mod role;
pub(crate) mod seal;
pub mod second_factor;
pub mod second_factor_rule;
pub mod session;
pub mod user;
