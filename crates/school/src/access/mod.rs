//! Who may come in, and as whom.

pub mod email;
pub mod organization;
pub mod password;
pub mod person;
pub mod role;
pub mod session;
pub mod user;
