//! What comes in from other systems.

mod command;
mod importing;
mod leaving;
mod people_and_classes;
mod samples;
mod twice;
