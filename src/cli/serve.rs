//! `belfry serve`: answers pages until told to stop.

use std::{
    error::Error,
    net::TcpListener,
    path::PathBuf,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use actix_web::{cookie::Key, dev::ServerHandle};
use school::lobby::Lobby;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::{
    place::{Open, open_alone},
    secret,
};
use crate::{
    config::{Place, Serving},
    jobs::{Bell, Worker},
    mail::{Outbox, PostBell, PostOffice, Postman},
    sign_on::SignOn,
    web::{
        health::Leaving,
        limits::Pace,
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
    answer(place, serving, &open, None)
}

/// Connections for whoever sends mail.
const POST_CONNECTIONS: u32 = 1;

/// The folder for mail where no mail server is named.
pub(super) fn mail_folder(place: &Place) -> PathBuf {
    place.folder().join("mail")
}

/// A way in with so many connections. Whatever is sealed opens with the same key to whoever answers pages, sends mail or does jobs.
fn lobby(open: &Open, connections: u32, serving: &Serving, key: &Key) -> Result<Lobby, Box<dyn Error>> {
    Ok(Lobby::of(&open.database(connections), serving.limits()).sealing_with(key.master())?)
}

fn post_office(
    place: &Place,
    serving: &Serving,
    open: &Open,
    key: &Key,
) -> Result<PostOffice, Box<dyn Error>> {
    let outbox = match &serving.smtp_url {
        Some(url) => Outbox::server(url)?,
        None => Outbox::Folder(mail_folder(place)),
    };
    Ok(PostOffice {
        lobby: lobby(open, POST_CONNECTIONS, serving, key)?,
        outbox,
        from: serving.mail_from.clone(),
        base_url: serving.address(),
        whose: None,
    })
}

/// Serves an open database until a signal says stop, then lets requests finish.
/// `mailbox` is the folder whose mail everybody may read.
pub(super) fn answer(
    place: &Place,
    serving: &Serving,
    open: &Open,
    mailbox: Option<PathBuf>,
) -> Result<(), Box<dyn Error>> {
    let key = secret::key(place, serving)?;
    // Connections of its own, so that an import keeps no page waiting: for its work, its progress and its beat.
    let worker = Worker::start(lobby(open, JOB_CONNECTIONS, serving, &key)?);
    let postman = Postman::start(post_office(place, serving, open, &key)?);
    let parts = parts(serving, open, key)?;
    let parts = Parts { bell: worker.bell(), postman: postman.bell(), mailbox, ..parts };
    let answered = serve_pages(&parts, serving, &worker.stop_switch());
    postman.stop();
    worker.stop();
    answered
}

/// Threads that wait beside each that answers, however few connections there are: passwords and files take some.
const FEWEST_WAITING: usize = 8;

fn parts(serving: &Serving, open: &Open, key: Key) -> Result<Parts, Box<dyn Error>> {
    Ok(Parts {
        lobby: lobby(open, serving.connections, serving, &key)?.computing(serving.work()),
        key,
        base_url: serving.base_url.clone(),
        sign_on: SignOn::from(&serving.address(), serving.private_providers)?,
        trusted_proxy: serving.trusted_proxy,
        at_once: serving.at_once,
        workers: std::thread::available_parallelism().map_or(2, usize::from),
        waiting: usize::try_from(serving.connections)?.max(FEWEST_WAITING),
        bell: Bell::default(),
        leaving: Leaving::default(),
        postman: PostBell::default(),
        pace: Pace::default(),
        mailbox: None,
    })
}

fn serve_pages(parts: &Parts, serving: &Serving, stop_worker: &AtomicBool) -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind(serving.listen).map_err(|error| {
        format!("Cannot listen on {}: {error}. Choose another with --listen.", serving.listen)
    })?;
    actix_web::rt::System::new().block_on(async {
        let server = server(parts, listener)?;
        let mut told = Told::listen()?;
        tokio::select! {
            () = leave(server.handle(), (&parts.leaving, stop_worker), &mut told) => Ok(()),
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
