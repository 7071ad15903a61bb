//! Somebody at a browser: the client is the actor.

use reqwest::{Client, Method, RequestBuilder, header, redirect::Policy};

use super::answer::Answer;

/// The built-in roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Platform,
    Administrator,
    Director,
    Teacher,
    Office,
    Finance,
    Counselor,
    Paraeducator,
    Supervisor,
}

impl Role {
    pub(crate) const ALL: [Self; 9] = [
        Self::Platform,
        Self::Administrator,
        Self::Director,
        Self::Teacher,
        Self::Office,
        Self::Finance,
        Self::Counselor,
        Self::Paraeducator,
        Self::Supervisor,
    ];

    /// As the command line names it.
    pub(crate) fn slug(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Administrator => "administrator",
            Self::Director => "director",
            Self::Teacher => "teacher",
            Self::Office => "office",
            Self::Finance => "finance",
            Self::Counselor => "counselor",
            Self::Paraeducator => "paraeducator",
            Self::Supervisor => "supervisor",
        }
    }
}

/// A browser with its cookie.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) address: String,
    pub(crate) cookie: Option<String>,
    pub(crate) email: String,
    client: Client,
}

impl Person {
    /// Somebody who has not signed in.
    pub(crate) fn outside(address: &str) -> Self {
        // Also where no server of ours has begun in this process.
        let _ = rustls::crypto::ring::default_provider().install_default();
        // A connection for each request: a kept one may be closed by the server just as the next request is sent.
        let client = Client::builder().redirect(Policy::none()).pool_max_idle_per_host(0).build().unwrap();
        Self { address: address.to_owned(), cookie: None, email: String::new(), client }
    }

    /// The same, signed in.
    pub(crate) async fn signing_in(&self, email: &str, password: &str) -> Self {
        let answer = self.post("/session", [("email", email), ("password", password)]).await;
        answer.redirects_to("/");
        Self { cookie: answer.cookie(), ..self.clone() }
    }

    /// The same browser with another cookie.
    pub(crate) fn holding(&self, cookie: Option<String>) -> Self {
        Self { cookie, ..self.clone() }
    }

    /// The same browser with the cookies that an answer set or took away.
    pub(crate) fn keeps(&self, answer: &Answer) -> Self {
        let held = self.cookie.as_deref().unwrap_or_default().split("; ").filter(|held| !held.is_empty());
        let mut cookies: Vec<&str> = held.collect();
        for set in answer.headers.get_all("set-cookie").iter().map(|set| set.to_str().unwrap()) {
            let cookie = set.split(';').next().unwrap();
            let name = cookie.split_once('=').unwrap().0;
            cookies.retain(|held| held.split_once('=').is_none_or(|(held, _)| held != name));
            if !set.contains("Max-Age=0") {
                cookies.push(cookie);
            }
        }
        self.holding(Some(cookies.join("; ")).filter(|cookies| !cookies.is_empty()))
    }

    /// Opens a page.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path)).await
    }

    /// Sends a form of our own page.
    pub(crate) async fn post<const N: usize>(&self, path: &str, fields: [(&str, &str); N]) -> Answer {
        self.send(Method::POST, path, &fields).await
    }

    /// Sends a form with values made for it.
    pub(crate) async fn fill(&self, path: &str, fields: &[(&str, String)]) -> Answer {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.send(Method::POST, path, &fields).await
    }

    /// Sends a form by any method, as a page of ours does.
    pub(crate) async fn send(&self, method: Method, path: &str, fields: &[(&str, &str)]) -> Answer {
        Answer::of(self.form(method, path, fields).header("sec-fetch-site", "same-origin")).await
    }

    /// A form without a word of where it comes from, for tests of exactly that.
    pub(crate) fn form(&self, method: Method, path: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        let body = serde_urlencoded::to_string(fields).unwrap();
        self.request(method, path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body)
    }

    /// Any request, with the cookie.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.address));
        match &self.cookie {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        }
    }
}
