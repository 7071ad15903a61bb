//! Who is asking, and what they may do: the arguments that make a handler's signature its policy.

use std::{future::Future, pin::Pin};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    body::MessageBody,
    dev::{Payload, ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
    web::Data,
};
use school::{
    Error, Result,
    access::platform::Platform,
    db::{Access, Db, Intent, SignedIn},
    lobby::Lobby,
    permit::{Grants, Permission},
};

use super::{browser, failure::Failure, through};

type Extracted<T> = Pin<Box<dyn Future<Output = Result<T, Failure>>>>;

/// Somebody signed in, whatever they may do.
pub struct Someone(pub SignedIn);

impl FromRequest for Someone {
    type Error = Failure;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Ok(Self(signed_in(&request).await?)) })
    }
}

/// Somebody of the platform, whatever organization they visit.
pub struct OfPlatform(pub Platform);

impl FromRequest for OfPlatform {
    type Error = Failure;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Ok(Self(signed_in(&request).await?.of_platform()?)) })
    }
}

/// Somebody who holds `P`.
pub struct May<P: Permission>(Access<P>);

impl<P: Permission> FromRequest for May<P> {
    type Error = Failure;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let looks = matches!(*request.method(), Method::GET | Method::HEAD);
            let intent = if looks { Intent::Read } else { Intent::Write };
            through::asks(&request, P::ENTRY.name);
            Ok(Self(signed_in(&request).await?.may::<P>(intent)?))
        })
    }
}

impl<P: Permission> May<P> {
    /// Who this is.
    pub fn signed_in(&self) -> &SignedIn {
        self.0.signed_in()
    }

    /// Runs `work` in one transaction of this person's organization, off the threads that answer requests.
    pub async fn db<T, F>(&self, work: F) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: FnOnce(&mut Db<'_, P>) -> Result<T> + Send + 'static,
    {
        let access = self.0.clone();
        Ok(blocking(move || access.run(work)).await?)
    }

    /// The same, and inside [`Db::also`] answers whether `Q` is held too: one transaction for both.
    pub fn asking<Q: Permission>(&self) -> Self {
        Self(self.0.clone().asking::<Q>())
    }

    /// Whether it reaches this campus.
    pub fn reaches(&self, campus: school::Uuid) -> bool {
        self.0.reaches(campus)
    }

    /// A permission for an optional part of the page, if this person holds it too.
    pub fn also<Q: Permission>(&self) -> Option<May<Q>> {
        self.signed_in().may::<Q>(Intent::Read).ok().map(May)
    }

    /// Another permission for the whole of the work, with the same intent.
    pub fn instead<Q: Permission>(&self) -> Result<May<Q>, Failure> {
        Ok(May(self.signed_in().may::<Q>(self.0.intent())?))
    }

    /// The weaker permission that `P` includes is held as well.
    pub fn narrow<Q: Permission>(&self) -> Result<May<Q>, Failure>
    where
        P: Grants<Q>,
    {
        Ok(May(self.signed_in().may::<Q>(Intent::Read)?))
    }
}

/// Runs blocking work on the pool for it; what it says in the log, it says of this request.
#[expect(clippy::disallowed_methods, reason = "the one way to blocking work")]
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let request = tracing::Span::current();
    actix_web::web::block(move || request.in_scope(work)).await.map_err(Error::internal)?
}

/// Middleware: whoever stays signed in is known before a handler is asked for. One that refuses its path would give the
/// answer while the session is still being renewed, and the browser would keep a token that is used up.
pub async fn know_who_stays<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> std::result::Result<ServiceResponse<B>, actix_web::Error> {
    if browser::stays(request.request()) && !request.path().starts_with("/static/") {
        // Nobody signed in is no refusal here: not every page asks for it.
        let _ = signed_in(request.request()).await;
    }
    next.call(request).await
}

/// Asks the lobby once for each request.
pub(super) async fn signed_in(request: &HttpRequest) -> Result<SignedIn> {
    if let Some(known) = request.extensions().get::<SignedIn>() {
        return Ok(known.clone());
    }
    let lobby =
        request.app_data::<Data<Lobby>>().ok_or_else(|| Error::internal("no lobby"))?.get_ref().clone();
    let found = match browser::token(request) {
        Some(token) => {
            let lobby = lobby.clone();
            blocking(move || lobby.resume(&token)).await
        }
        None => Err(Error::SignedOut),
    };
    let found = match found {
        Err(Error::SignedOut) => renewed(request, lobby).await,
        answered => answered,
    }?
    .through(through::of(request));
    request.extensions_mut().insert(found.clone());
    Ok(found)
}

/// Whoever stays signed in and whose session has lapsed gets another one with the answer, and notices nothing.
async fn renewed(request: &HttpRequest, lobby: Lobby) -> Result<SignedIn> {
    let device = browser::device(request);
    let Some(held) = device.renewal.clone() else { return Err(Error::SignedOut) };
    match blocking(move || lobby.renew(&held, &device)).await {
        Ok((found, opened)) => {
            browser::hold(request, &opened)?;
            Ok(found)
        }
        Err(Error::SignedOut) => {
            browser::forget_renewal(request);
            Err(Error::SignedOut)
        }
        Err(error) => Err(error),
    }
}
