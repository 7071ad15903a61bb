//! `belfry serve`: answers pages until told to stop.

use std::{
    error::Error,
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use actix_web::dev::ServerHandle;
use school::lobby::Lobby;
use tokio::signal::unix::{SignalKind, signal};

use super::{
    place::{Open, open_alone},
    secret,
};
use crate::{
    config::{Place, Serving},
    jobs::Worker,
    web::server::{Parts, server},
};

/// Connections for the worker that does jobs.
const JOB_CONNECTIONS: u32 = 3;

/// Serves until a signal says stop.
pub(super) fn run(place: &Place, serving: &Serving) -> Result<(), Box<dyn Error>> {
    may_listen(serving)?;
    let open = open_alone(place)?;
    open.bring_up_to_date()?;
    answer(place, serving, &open)
}

/// Serves an open database until a signal says stop, then lets requests finish.
pub(super) fn answer(place: &Place, serving: &Serving, open: &Open) -> Result<(), Box<dyn Error>> {
    // Connections of its own, so that an import keeps no page waiting: for its work, its progress and its beat.
    let worker = Worker::start(Lobby::of(&open.database(JOB_CONNECTIONS), serving.limits()));
    let answered = serve_pages(place, serving, open, &worker);
    worker.stop();
    answered
}

fn serve_pages(place: &Place, serving: &Serving, open: &Open, worker: &Worker) -> Result<(), Box<dyn Error>> {
    let parts = Parts {
        lobby: Lobby::of(&open.database(serving.connections), serving.limits()),
        key: secret::key(place, serving)?,
        base_url: serving.base_url.clone(),
        trusted_proxy: serving.trusted_proxy,
        at_once: serving.at_once,
        workers: std::thread::available_parallelism().map_or(2, usize::from),
        bell: worker.bell(),
    };
    let listener = TcpListener::bind(serving.listen).map_err(|error| {
        format!("Cannot listen on {}: {error}. Choose another with --listen.", serving.listen)
    })?;
    actix_web::rt::System::new().block_on(async {
        let server = server(&parts, listener)?;
        actix_web::rt::spawn(stop_when_told(server.handle(), worker.stop_switch())?);
        server.await
    })?;
    Ok(())
}

/// SIGTERM lets requests finish and has a job under way put back; so does Ctrl-C.
fn stop_when_told(
    server: ServerHandle,
    worker: Arc<AtomicBool>,
) -> std::io::Result<impl Future<Output = ()>> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        worker.store(true, Ordering::SeqCst);
        server.stop(true).await;
    })
}

/// Browsers drop the session cookie on a plain http host name, so anything but loopback wants https in front.
fn may_listen(serving: &Serving) -> Result<(), Box<dyn Error>> {
    let secure = serving.base_url.as_ref().is_some_and(|base| base.starts_with("https://"));
    if serving.listen.ip().is_loopback() || secure {
        return Ok(());
    }
    Err("Belfry listens to other machines only behind a proxy that ends TLS. \
         Say how people reach it: --base-url https://belfry.school.example"
        .into())
}
