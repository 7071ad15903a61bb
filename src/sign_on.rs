//! Asking a provider of OpenID Connect who somebody is: the authorization code flow with PKCE, state and nonce.

mod reach;

use std::{future::Future, sync::Arc, time::Duration};

use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndUserEmail, EndUserFamilyName, EndUserGivenName,
    HttpRequest, HttpResponse, IssuerUrl, LocalizedClaim, Nonce, OAuth2TokenResponse, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, Scope, SubjectIdentifier, TokenResponse,
    core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata, CoreUserInfoClaims},
};
use reqwest::{Client, Url, redirect::Policy};
use school::access::{identity::Identity, identity_provider::Provider};
use serde::{Deserialize, Serialize};

use reach::Reach;

/// How long a provider has to answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long all takes together that is asked while somebody waits to come in.
const TOGETHER: Duration = Duration::from_secs(10);
/// The most bytes that a provider may answer.
const LARGEST: usize = 1024 * 1024;
/// The longest name by which a provider may know somebody, in characters (OpenID Connect Core 1.0, section 2).
const LONGEST_SUBJECT: usize = 255;
/// Where the provider sends people back to.
pub const CALLBACK: &str = "/sign-in/callback";

/// Why a provider could not be asked, or was not believed. What exactly goes into the log.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Failed(String);

fn failed(error: impl std::error::Error) -> Failed {
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        said = format!("{said}: {error}");
        cause = error.source();
    }
    Failed(said)
}

/// What is asked, held by the browser until the answer comes: another browser's answer is none.
#[derive(Clone, Deserialize, Serialize)]
pub struct Asked {
    /// Comes back with the answer.
    pub state: String,
    nonce: String,
    verifier: String,
}

/// The way to providers.
#[derive(Clone)]
pub struct SignOn {
    http: Client,
    callback: String,
    reach: Reach,
}

impl SignOn {
    /// The way from a program that people reach at `base`; whether also to providers in private networks.
    ///
    /// # Errors
    /// When the machine has no certificates to check others by.
    pub fn from(base: &str, private: bool) -> Result<Self, Failed> {
        let reach = Reach::of(base, private);
        // Another part of the program may have chosen it before.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = Client::builder().redirect(Policy::none()).timeout(PATIENCE).user_agent("Belfry");
        let http = http.dns_resolver(Arc::new(reach));
        Ok(Self {
            http: http.build().map_err(failed)?,
            callback: format!("{}{CALLBACK}", base.trim_end_matches('/')),
            reach,
        })
    }

    /// Where a provider sends people back to: what its administrator has to enter there.
    #[must_use]
    pub fn callback(&self) -> &str {
        &self.callback
    }

    /// Whether an address may be asked: by TLS, and outside of the server's own networks.
    #[must_use]
    pub fn may_ask(&self, address: &str) -> bool {
        Url::parse(address).is_ok_and(|url| self.reach.lets(&url))
    }

    /// Whether an issuer answers as one.
    ///
    /// # Errors
    /// [`Failed`] when it does not.
    pub async fn knows(&self, issuer: &str) -> Result<(), Failed> {
        self.metadata(issuer).await.map(|_| ())
    }

    /// Where to send somebody to sign in, and what their browser holds meanwhile.
    ///
    /// # Errors
    /// [`Failed`] when the provider does not answer.
    pub async fn ask(&self, provider: &Provider) -> Result<(String, Asked), Failed> {
        let metadata = self.metadata(&provider.issuer).await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let client =
            CoreClient::from_provider_metadata(metadata, ClientId::new(provider.client_id.clone()), None)
                .set_redirect_uri(self.redirect()?);
        let (address, state, nonce) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scopes(["email", "profile"].map(|scope| Scope::new(scope.to_owned())))
            .set_pkce_challenge(challenge)
            .url();
        let asked = Asked {
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
        };
        Ok((address.into(), asked))
    }

    /// Who somebody is that came back with a code.
    ///
    /// # Errors
    /// [`Failed`] when the provider does not answer or its answer is not to be believed.
    pub async fn identity(
        &self,
        provider: &Provider,
        code: String,
        asked: Asked,
    ) -> Result<Identity, Failed> {
        let told = tokio::time::timeout(TOGETHER, self.told(provider, code, asked)).await;
        told.map_err(|_| Failed("it took too long altogether".to_owned()))?
    }

    async fn told(&self, provider: &Provider, code: String, asked: Asked) -> Result<Identity, Failed> {
        let metadata = self.metadata(&provider.issuer).await?;
        let secret = provider.client_secret.clone();
        let secret = secret
            .ok_or_else(|| Failed("its secret cannot be read: was the server's replaced?".to_owned()))?;
        let secret = ClientSecret::new(secret);
        let client = CoreClient::from_provider_metadata(
            metadata,
            ClientId::new(provider.client_id.clone()),
            Some(secret),
        )
        .set_redirect_uri(self.redirect()?);
        let http = |request| self.call(request);
        let token = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(failed)?
            .set_pkce_verifier(PkceCodeVerifier::new(asked.verifier))
            .request_async(&http)
            .await
            .map_err(failed)?;
        let told = token.id_token().ok_or_else(|| Failed("there is no ID token".to_owned()))?;
        let claims = told.claims(&client.id_token_verifier(), &Nonce::new(asked.nonce)).map_err(failed)?;
        let identity = identity(
            claims.subject(),
            (claims.email(), claims.email_verified()),
            (claims.given_name(), claims.family_name()),
        )?;
        if !identity.email.is_empty() {
            return Ok(identity);
        }
        // Some put no more than the subject into the token.
        let subject = claims.subject().clone();
        let asked = client.user_info(token.access_token().clone(), Some(subject)).map_err(failed)?;
        let told: CoreUserInfoClaims = asked.request_async(&http).await.map_err(failed)?;
        self::identity(
            told.subject(),
            (told.email(), told.email_verified()),
            (told.given_name(), told.family_name()),
        )
    }

    fn redirect(&self) -> Result<RedirectUrl, Failed> {
        RedirectUrl::new(self.callback.clone()).map_err(failed)
    }

    async fn metadata(&self, issuer: &str) -> Result<CoreProviderMetadata, Failed> {
        let issuer = IssuerUrl::new(issuer.to_owned()).map_err(failed)?;
        let http = |request| self.call(request);
        CoreProviderMetadata::discover_async(issuer, &http).await.map_err(failed)
    }

    /// One request, wherever a provider points: never without TLS, never further than it says, never more than fits.
    fn call(&self, request: HttpRequest) -> impl Future<Output = Result<HttpResponse, Failed>> + use<> {
        let (http, may) = (self.http.clone(), self.may_ask(&request.uri().to_string()));
        async move {
            if !may {
                return Err(Failed(format!("{} may not be asked", request.uri())));
            }
            let mut answer = http.execute(request.try_into().map_err(failed)?).await.map_err(failed)?;
            let mut body = Vec::new();
            while let Some(part) = answer.chunk().await.map_err(failed)? {
                body.extend_from_slice(&part);
                if body.len() > LARGEST {
                    return Err(Failed("the answer is too large".to_owned()));
                }
            }
            let mut response = HttpResponse::new(body);
            *response.status_mut() = answer.status();
            *response.headers_mut() = answer.headers().clone();
            Ok(response)
        }
    }
}

fn identity(
    subject: &SubjectIdentifier,
    (email, is_verified): (Option<&EndUserEmail>, Option<bool>),
    (first, last): (Option<&LocalizedClaim<EndUserGivenName>>, Option<&LocalizedClaim<EndUserFamilyName>>),
) -> Result<Identity, Failed> {
    let is_one = |subject: &str| {
        (1..=LONGEST_SUBJECT).contains(&subject.chars().count()) && !subject.contains(char::is_control)
    };
    if !is_one(subject.as_str()) {
        return Err(Failed("it does not say who somebody is".to_owned()));
    }
    let first = first.and_then(|name| name.get(None)).map(|name| name.to_string());
    let last = last.and_then(|name| name.get(None)).map(|name| name.to_string());
    Ok(Identity {
        subject: subject.to_string(),
        email: email.map(|email| email.to_string()).unwrap_or_default(),
        is_verified: is_verified.unwrap_or(false),
        first_name: first.unwrap_or_default(),
        last_name: last.unwrap_or_default(),
    })
}
