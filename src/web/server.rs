//! The web server: what every request passes through, in one place.

use std::{net::IpAddr, path::PathBuf, time::Duration};

use actix_session::{
    SessionMiddleware,
    config::{BrowserSession, CookieContentSecurity},
    storage::CookieSessionStore,
};
use actix_web::{
    App, HttpRequest, HttpServer,
    cookie::{Key, SameSite},
    dev::Server,
    middleware::{Compress, NormalizePath, from_fn},
    web::{Data, PayloadConfig, ServiceConfig},
};
use school::lobby::Lobby;
use socket2::SockRef;
use tracing_actix_web::TracingLogger;

use super::{
    access::{Computing, Mailbox},
    assets,
    attendance::Boards,
    browser, extract, failure, form, guard, health,
    health::Leaving,
    limits::{Limits, Pace},
    log::Pages,
    origin, routes, share,
};
use crate::{jobs::Bell, mail::PostBell, sign_on::SignOn};

/// What the server is made of; tests make their own.
#[derive(Clone)]
pub struct Parts {
    /// The way in.
    pub lobby: Lobby,
    /// Encrypts the session cookie.
    pub key: Key,
    /// The base address, if one is configured.
    pub base_url: Option<String>,
    /// The way to providers of sign-on.
    pub sign_on: SignOn,
    /// Whose X-Forwarded-For is believed.
    pub trusted_proxy: Option<IpAddr>,
    /// Requests answered at once.
    pub at_once: usize,
    /// Threads that answer.
    pub workers: usize,
    /// Threads beside each of them for what waits, mostly for the database: more than it has connections only hold memory.
    pub waiting: usize,
    /// Calls the worker that does jobs.
    pub bell: Bell,
    /// Whether it was told to stop.
    pub leaving: Leaving,
    /// Calls whoever sends mail.
    pub postman: PostBell,
    /// How much one person may ask for.
    pub pace: Pace,
    /// The folder whose mail everybody may read here: the demonstration's.
    pub mailbox: Option<PathBuf>,
}

/// Seconds that requests under way have to finish once nobody is let in any more.
const DRAIN: u64 = 27;

/// Whose word about the client's address is taken.
#[derive(Clone, Copy)]
pub struct Peer(Option<IpAddr>);

impl Peer {
    /// The client's address: the peer's, or the last that a trusted proxy adds.
    #[must_use]
    pub fn of(request: &HttpRequest) -> String {
        let peer = request.peer_addr().map(|peer| peer.ip());
        let trusted = request.app_data::<Data<Self>>().and_then(|trusted| trusted.0);
        let told = request.headers().get_all("x-forwarded-for").last().and_then(|told| told.to_str().ok());
        let told = told.and_then(|told| told.rsplit(',').next()).and_then(|last| last.trim().parse().ok());
        let client: Option<IpAddr> = if trusted.is_some() && peer == trusted { told.or(peer) } else { peer };
        client.map(|client| client.to_string()).unwrap_or_default()
    }
}

/// A server listening on `listener`, not yet running.
///
/// # Errors
/// When the machine refuses the listener.
pub fn server(parts: &Parts, listener: std::net::TcpListener) -> std::io::Result<Server> {
    // The standard library lets 128 connections wait; when a whole school arrives, the rest would be reset.
    SockRef::from(&listener).listen(2048)?;
    assets::prepare();
    let shared = Shared::of(parts);
    let key = parts.key.clone();
    let server = HttpServer::new(move || {
        App::new()
            .wrap(from_fn(share::take_share))
            .wrap(from_fn(extract::know_who_stays))
            .wrap(sessions(&key))
            .wrap(from_fn(browser::carry))
            .wrap(from_fn(guard::take_turn))
            .wrap(from_fn(origin::admit))
            .wrap(from_fn(failure::render))
            .wrap(from_fn(guard::keep))
            .wrap(from_fn(failure::catch))
            .wrap(Compress::default())
            .wrap(from_fn(health::let_go))
            .wrap(NormalizePath::trim())
            .wrap(TracingLogger::<Pages>::new())
            .configure(|app| shared.give(app))
            .configure(routes)
    })
    .workers(parts.workers)
    .worker_max_blocking_threads(parts.waiting)
    // A packed page goes out in pieces; the second would wait 40 ms for the browser to acknowledge the first.
    .tcp_nodelay(true)
    .client_request_timeout(Duration::from_secs(5))
    .shutdown_timeout(DRAIN)
    .listen(listener)?
    .disable_signals()
    .run();
    Ok(server)
}

/// What every thread that answers shares with the others.
#[derive(Clone)]
struct Shared {
    lobby: Data<Lobby>,
    hosts: Data<origin::Hosts>,
    computing: Data<Computing>,
    peer: Data<Peer>,
    turns: Data<guard::Turns>,
    bell: Data<Bell>,
    leaving: Data<Leaving>,
    limits: Data<Limits>,
    sign_on: Data<SignOn>,
    shares: Data<share::Shares>,
    boards: Data<Boards>,
    postman: Data<PostBell>,
    mailbox: Data<Mailbox>,
}

impl Shared {
    fn of(parts: &Parts) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            lobby: Data::new(parts.lobby.clone()),
            hosts: Data::new(origin::Hosts::of(parts.base_url.as_deref())),
            computing: Data::new(Computing::of(cores)),
            peer: Data::new(Peer(parts.trusted_proxy)),
            turns: Data::new(guard::Turns::of(parts.at_once)),
            bell: Data::new(parts.bell.clone()),
            leaving: Data::new(parts.leaving.clone()),
            limits: Data::new(Limits::of(parts.pace)),
            sign_on: Data::new(parts.sign_on.clone()),
            shares: Data::default(),
            boards: Data::default(),
            postman: Data::new(parts.postman.clone()),
            mailbox: Data::new(Mailbox::of(parts.mailbox.clone())),
        }
    }

    fn give(&self, app: &mut ServiceConfig) {
        app.app_data(self.lobby.clone())
            .app_data(self.hosts.clone())
            .app_data(self.computing.clone())
            .app_data(self.peer.clone())
            .app_data(self.turns.clone())
            .app_data(self.bell.clone())
            .app_data(self.leaving.clone())
            .app_data(self.limits.clone())
            .app_data(self.sign_on.clone())
            .app_data(self.shares.clone())
            .app_data(self.boards.clone())
            .app_data(self.postman.clone())
            .app_data(self.mailbox.clone())
            .app_data(PayloadConfig::new(form::LARGEST));
    }
}

/// The cookie holds an encrypted random token and nothing else; the database row is the session.
fn sessions(key: &Key) -> SessionMiddleware<CookieSessionStore> {
    SessionMiddleware::builder(CookieSessionStore::default(), key.clone())
        .cookie_name("__Host-belfry".to_owned())
        .cookie_secure(true)
        .cookie_http_only(true)
        .cookie_same_site(SameSite::Lax)
        .cookie_path("/".to_owned())
        .cookie_content_security(CookieContentSecurity::Private)
        .session_lifecycle(BrowserSession::default())
        .build()
}
