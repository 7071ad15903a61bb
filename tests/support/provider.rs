//! A provider of OpenID Connect on this machine, and somebody who signs in there.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader},
    process::{Child, ChildStdout, Command, Stdio},
};

use reqwest::{Client, Method, StatusCode, header, redirect::Policy};

use super::{Answer, Person, School};

/// What both know.
pub(crate) const SECRET: &str = "a secret of both";

/// The provider; it ends with the test.
pub(crate) struct Elsewhere {
    process: Child,
    pub(crate) issuer: String,
    /// What it says besides is not read; closed, it would end the provider.
    _output: BufReader<ChildStdout>,
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// What somebody says of themselves there.
#[derive(Clone, Copy)]
pub(crate) struct Claimed<'c> {
    pub(crate) email: &'c str,
    pub(crate) subject: &'c str,
    pub(crate) verified: bool,
}

impl<'c> Claimed<'c> {
    /// Somebody whose address is theirs, and who is called by it there.
    pub(crate) fn of(email: &'c str) -> Self {
        Self { email, subject: "", verified: true }
    }
}

impl School {
    /// A provider that knows this school's Belfry and says whose address it is only where it is asked, or in its token.
    pub(crate) fn provider(&self, how: &[&str]) -> Elsewhere {
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/bin/provider");
        let mut command = Command::new(program);
        command.arg(format!("{}/sign-in/callback", self.address)).args(how);
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = piped.spawn().unwrap();
        let mut first = String::new();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        output.read_line(&mut first).unwrap();
        Elsewhere { process, issuer: first.trim().to_owned(), _output: output }
    }

    /// The same, set up by an administrator.
    pub(crate) async fn signs_on(&self, change: &[(&'static str, &str)]) -> Elsewhere {
        let provider = self.provider(&[]);
        let administrator = self.sign_in(super::Administrator).await;
        let form = settings(&provider.issuer, change);
        administrator.fill("/identity-provider", &form).await.redirects_to("/identity-provider?done=kept");
        provider
    }
}

/// What an administrator writes of a provider.
pub(crate) fn settings(issuer: &str, change: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    let usual = [
        ("kind", "other"),
        ("name", "Harbourside ID"),
        ("issuer", issuer),
        ("client_id", "belfry"),
        ("client_secret", SECRET),
        ("email_domains", ""),
    ];
    let all: BTreeMap<_, _> = usual.iter().chain(change).copied().collect();
    all.into_iter().map(|(name, value)| (name, value.to_owned())).collect()
}

/// What somebody types at a provider.
fn typed(who: Claimed<'_>) -> String {
    let form = serde_urlencoded::to_string([
        ("email", who.email),
        ("subject", who.subject),
        ("given", "Gita"),
        ("family", "Raman"),
        ("verified", if who.verified { "yes" } else { "" }),
        ("do", if who.email.is_empty() { "no" } else { "in" }),
    ]);
    form.unwrap()
}

/// Goes where a provider sends a browser, says who one is there, and answers the address that leads back to Belfry.
pub(crate) async fn signs_in_there(begun: &Answer, who: Claimed<'_>) -> String {
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    let client = Client::builder().redirect(Policy::none()).build().unwrap();
    let (mut address, mut cookies) = (begun.header("location").to_owned(), BTreeMap::new());
    let issuer = reqwest::Url::parse(&address).unwrap().origin().ascii_serialization();
    let (form, mut method) = (typed(who), Method::GET);
    for _ in 0..12 {
        let held: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = client.request(method.clone(), &address).header(header::COOKIE, held.join("; "));
        let request = match method {
            Method::POST => {
                request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(form.clone())
            }
            _ => request,
        };
        let answer = Answer::of(request).await;
        for set in answer.headers.get_all("set-cookie").iter().map(|set| set.to_str().unwrap().to_owned()) {
            let (name, value) = set.split(';').next().unwrap().split_once('=').unwrap();
            cookies.insert(name.to_owned(), value.to_owned());
        }
        if answer.status.is_success() {
            method = Method::POST;
            continue;
        }
        assert!(answer.status.is_redirection(), "{address}: {} {}", answer.status, answer.body);
        method = Method::GET;
        let next = answer.header("location").to_owned();
        address = if next.starts_with('/') { format!("{issuer}{next}") } else { next };
        if !address.starts_with(&issuer) {
            let back = reqwest::Url::parse(&address).unwrap();
            return format!("{}?{}", back.path(), back.query().unwrap_or_default());
        }
    }
    panic!("the provider leads nowhere");
}

impl Person {
    /// Goes to sign in elsewhere and comes back: this browser with what it holds then, and the answer.
    pub(crate) async fn comes_by(&self, school: &School, who: Claimed<'_>) -> (Person, Answer) {
        let begun = self.get(&format!("/sign-in/at/{}/provider", school.slug)).await;
        let there = self.keeps(&begun);
        let back = there.get(&signs_in_there(&begun, who).await).await;
        (there.keeps(&back), back)
    }
}
