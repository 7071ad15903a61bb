//! Belfry: a school's day in a browser.
//!
//! What a request meets, in order: [`web`] reads it, the domain crate `school` does the work behind its one door, a
//! template answers. [`jobs`] does what takes longer than a page, and [`mail`] goes out beside the pages. [`cli`] starts
//! everything; [`config`] has the settings; only it and the options of the commands read
//! the environment; [`postgres`] is the database where there is none yet, [`backup`] a copy of it.

pub mod backup;
pub mod cli;
pub mod config;
pub mod jobs;
pub mod mail;
pub mod postgres;
pub mod sign_on;
pub mod web;
