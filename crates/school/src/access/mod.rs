//! Who may come in, and as whom.

pub mod account;
pub mod account_change;
pub mod account_list;
pub mod account_staff;
pub mod account_standing;
pub(crate) mod authority;
pub mod device;
pub mod email;
pub(crate) mod failures;
pub mod given_role;
pub mod grant;
pub mod holder;
pub mod invitation;
pub mod link;
pub mod mail;
pub mod organization;
pub mod own_role;
pub mod password;
pub(crate) mod past_password;
pub mod person;
pub mod role;
pub mod role_change;
pub mod session;
pub mod user;
