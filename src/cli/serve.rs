//! `belfry serve`: answers pages until told to stop.

use std::{
    error::Error,
    net::TcpListener,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use actix_web::dev::ServerHandle;
use school::lobby::Lobby;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::{
    place::{Open, open_alone},
    secret,
};
use crate::{
    config::{Place, Serving},
    jobs::Worker,
    web::{
        health::Leaving,
        server::{Parts, server},
    },
};

/// Connections for the worker that does jobs.
const JOB_CONNECTIONS: u32 = 3;
/// How long `/ready` says no before nobody is let in any more.
const NOTICE: Duration = Duration::from_secs(2);

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
        leaving: Leaving::default(),
    };
    let listener = TcpListener::bind(serving.listen).map_err(|error| {
        format!("Cannot listen on {}: {error}. Choose another with --listen.", serving.listen)
    })?;
    actix_web::rt::System::new().block_on(async {
        let server = server(&parts, listener)?;
        let mut told = Told::listen()?;
        let stop_worker = worker.stop_switch();
        tokio::select! {
            () = leave(server.handle(), (&parts.leaving, &stop_worker), &mut told) => Ok(()),
            done = server => done,
        }
    })?;
    Ok(())
}

/// The first word lets requests finish, within half a minute in all, and has a job under way put back; a second one ends
/// them. On SIGTERM whoever asks `/ready` is told first, so that a proxy sends nobody any more; at Ctrl-C nobody is waited
/// for.
async fn leave(server: ServerHandle, (leaving, stop_worker): (&Leaving, &AtomicBool), told: &mut Told) {
    let by_terminal = told.next().await;
    leaving.begin();
    stop_worker.store(true, Ordering::SeqCst);
    tracing::info!("told to stop: no longer ready, letting requests finish");
    let gently = async {
        if !by_terminal {
            tokio::time::sleep(NOTICE).await;
        }
        server.stop(true).await;
    };
    tokio::select! {
        () = gently => {}
        _ = told.next() => tracing::warn!("told to stop again: ending at once"),
    }
}

/// The two signals that tell Belfry to stop.
struct Told {
    terminate: Signal,
    interrupt: Signal,
}

impl Told {
    fn listen() -> std::io::Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Waits for one of them and answers whether it came from the terminal.
    async fn next(&mut self) -> bool {
        tokio::select! {
            _ = self.terminate.recv() => false,
            _ = self.interrupt.recv() => true,
        }
    }
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
