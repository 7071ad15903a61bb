//! `belfry migrate`: brings the database up to date.

use std::error::Error;

use super::place::open;
use crate::config::Place;

/// Runs the migrations as the owner, then writes the catalogue of permissions and roles.
pub(super) fn run(place: &Place) -> Result<(), Box<dyn Error>> {
    open(place)?.bring_up_to_date()
}
