//! Signing in and out.

mod sign_in;
