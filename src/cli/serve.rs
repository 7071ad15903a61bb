//! `belfry serve`: answers pages until told to stop.

use std::{error::Error, net::TcpListener, path::PathBuf};

use actix_web::dev::ServerHandle;
use school::lobby::Lobby;
use tokio::signal::unix::{SignalKind, signal};

use super::{
    place::{Open, open_alone},
    secret,
};
use crate::{
    config::{Place, Serving},
    mail::{Bell, Outbox, PostOffice, Postman},
    web::server::{Parts, server},
};

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

fn post_office(place: &Place, serving: &Serving, open: &Open) -> Result<PostOffice, Box<dyn Error>> {
    let outbox = match &serving.smtp_url {
        Some(url) => Outbox::server(url)?,
        None => Outbox::Folder(mail_folder(place)),
    };
    Ok(PostOffice {
        lobby: Lobby::of(&open.database(POST_CONNECTIONS), serving.limits()),
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
    let postman = Postman::start(post_office(place, serving, open)?);
    let answered = serve_pages(place, serving, open, (postman.bell(), mailbox));
    postman.stop();
    answered
}

fn serve_pages(
    place: &Place,
    serving: &Serving,
    open: &Open,
    (postman, mailbox): (Bell, Option<PathBuf>),
) -> Result<(), Box<dyn Error>> {
    let parts = Parts {
        lobby: Lobby::of(&open.database(serving.connections), serving.limits()),
        key: secret::key(place, serving)?,
        base_url: serving.base_url.clone(),
        trusted_proxy: serving.trusted_proxy,
        at_once: serving.at_once,
        workers: std::thread::available_parallelism().map_or(2, usize::from),
        postman,
        mailbox,
    };
    let listener = TcpListener::bind(serving.listen).map_err(|error| {
        format!("Cannot listen on {}: {error}. Choose another with --listen.", serving.listen)
    })?;
    actix_web::rt::System::new().block_on(async {
        let server = server(&parts, listener)?;
        actix_web::rt::spawn(stop_when_told(server.handle())?);
        server.await
    })?;
    Ok(())
}

/// SIGTERM lets requests finish; so does Ctrl-C.
fn stop_when_told(server: ServerHandle) -> std::io::Result<impl Future<Output = ()>> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
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
