//! `belfry serve`: answers pages until told to stop.

use std::{error::Error, net::TcpListener};

use actix_web::cookie::Key;
use school::lobby::Lobby;

use super::place::open;
use crate::{
    config::{Place, Serving},
    web::server::{Parts, server},
};

/// Serves until a signal says stop.
pub(super) fn run(place: &Place, serving: &Serving) -> Result<(), Box<dyn Error>> {
    let open = open(place)?;
    open.bring_up_to_date()?;
    let parts = Parts {
        lobby: Lobby::of(&open.database(serving.connections), serving.limits()),
        key: Key::generate(),
        base_url: serving.base_url.clone(),
        trusted_proxy: serving.trusted_proxy,
        at_once: serving.at_once,
        workers: std::thread::available_parallelism().map_or(2, usize::from),
    };
    let listener = TcpListener::bind(serving.listen)?;
    actix_web::rt::System::new().block_on(async { server(&parts, listener)?.await })?;
    Ok(())
}
