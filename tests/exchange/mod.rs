//! What comes in from other systems.

mod command;
mod importing;
mod interrupted;
mod leaving;
pub(crate) mod mending;
mod next_year;
mod people_and_classes;
mod samples;
mod saved;
mod sent_wrongly;
mod served;
pub(crate) mod tables;
mod twice;
mod uploads;
mod vanishing;
