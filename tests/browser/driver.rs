//! A headless Chromium of its own for each test, driven through chromedriver.

use std::{
    io::{BufRead, BufReader},
    os::unix::process::CommandExt,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{By, ChromiumLikeCapabilities, DesiredCapabilities, WebDriver, WebElement, prelude::*};

use crate::support::{
    cable::Cable,
    school::{PASSWORD, School},
};

/// How long anything on a page may take before a test gives up on it.
const PATIENCE: Duration = Duration::from_secs(20);

/// A browser window.
pub(crate) struct Browser {
    pub(super) driver: WebDriver,
    cable: Cable,
    server: Child,
    _profile: TempDir,
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Chromium goes with the driver's process group; there is nothing left to take leave of.
        let _ = self.driver.clone().leak();
        let group = nix::unistd::Pid::from_raw(self.server.id().try_into().unwrap());
        let _ = nix::sys::signal::killpg(group, nix::sys::signal::Signal::SIGKILL);
        let _ = self.server.wait();
    }
}

/// What kind of window.
#[derive(Clone, Copy, Default)]
pub(crate) struct Kind {
    pub(crate) width: Option<u32>,
    pub(crate) scripts_off: bool,
}

impl Browser {
    /// A laptop's window.
    pub(crate) async fn open(school: &School) -> Self {
        Self::open_as(school, Kind::default()).await
    }

    /// A window of some kind.
    pub(crate) async fn open_as(school: &School, kind: Kind) -> Self {
        let (server, port) = chromedriver();
        let profile = TempDir::new().unwrap();
        let driver =
            WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities(kind, &profile)).await.unwrap();
        Self { driver, cable: Cable::to(&school.address).await, server, _profile: profile }
    }

    /// Signs in as whoever has this address, and waits until they are in.
    pub(crate) async fn sign_in(&self, email: &str) {
        self.sign_in_with(email, PASSWORD).await;
    }

    /// The same with another password.
    pub(crate) async fn sign_in_with(&self, email: &str, password: &str) {
        self.go("/sign-in").await;
        self.find("#email").await.send_keys(email).await.unwrap();
        self.find("#password").await.send_keys(password).await.unwrap();
        self.click("button[type=submit]").await;
        self.find("[data-signs-out]").await;
    }

    /// Signs out from the menu.
    pub(crate) async fn signs_out(&self) {
        self.click("[popovertarget=me]").await;
        self.click("[data-signs-out] button").await;
        self.find("#password").await;
    }

    pub(crate) async fn go(&self, path: &str) {
        self.driver.goto(self.at(path)).await.unwrap();
    }

    /// Where a page is for this browser.
    pub(super) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.cable.address)
    }

    /// The first element that fits, as soon as there is one.
    pub(crate) async fn find(&self, css: &str) -> WebElement {
        self.driver.query(By::Css(css)).wait(PATIENCE, Duration::from_millis(50)).first().await.unwrap()
    }

    pub(crate) async fn click(&self, css: &str) {
        self.find(css).await.click().await.unwrap();
    }

    /// Clicks what leads to another page, and waits until this one is gone.
    pub(crate) async fn leaves_by(&self, css: &str) {
        let page = self.find("html").await;
        self.click(css).await;
        page.wait_until().wait(PATIENCE, Duration::from_millis(50)).stale().await.unwrap();
    }

    /// Waits until the page's text holds `words`.
    pub(crate) async fn shows(&self, words: &str) {
        let patient = tokio::time::timeout(PATIENCE, async {
            loop {
                let text = match self.driver.find(By::Css("body")).await {
                    Ok(body) => body.text().await.unwrap_or_default(),
                    Err(_) => String::new(),
                };
                if text.contains(words) {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        });
        if patient.await.is_err() {
            let text = self.find("body").await.text().await.unwrap();
            panic!("the page never shows {words:?}:\n{text}");
        }
    }

    /// Presses keys, wherever the focus is. Those that lead to another page may have done so before the driver hears of it.
    pub(crate) async fn press(&self, keys: impl Into<thirtyfour::TypingData>) {
        if let Err(error) = self.driver.action_chain().send_keys(keys).perform().await {
            let said = format!("{error:?}");
            assert!(
                said.contains("aborted by navigation") || said.contains("no such execution context"),
                "{said}"
            );
        }
    }

    /// Presses one key while control is held.
    pub(crate) async fn press_with_control(&self, key: thirtyfour::Key) {
        self.driver
            .action_chain()
            .key_down(thirtyfour::Key::Control)
            .send_keys(key)
            .key_up(thirtyfour::Key::Control)
            .perform()
            .await
            .unwrap();
    }

    /// Pulls the cable out, or plugs it in again.
    pub(crate) fn connect(&self, connected: bool) {
        self.cable.plug_in(connected);
    }

    pub(crate) async fn reload(&self) {
        self.driver.refresh().await.unwrap();
    }

    /// The window is gone as if its power had failed: no page is asked. A new one is there in its place.
    pub(crate) async fn dies(&self) {
        let old = self.driver.window().await.unwrap();
        let new = self.driver.new_tab().await.unwrap();
        self.driver.switch_to_window(old).await.unwrap();
        self.driver.close_window().await.unwrap();
        self.driver.switch_to_window(new).await.unwrap();
    }

    /// Runs a script in the page and answers what it returns.
    pub(crate) async fn run(&self, script: &str) -> Value {
        self.driver.execute(script, Vec::new()).await.unwrap().json().clone()
    }
}

fn capabilities(kind: Kind, profile: &TempDir) -> thirtyfour::ChromeCapabilities {
    let mut wanted = DesiredCapabilities::chrome();
    let window = format!("--window-size={},800", kind.width.unwrap_or(1280));
    let folder = format!("--user-data-dir={}", profile.path().display());
    let quiet = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-sync",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-dev-shm-usage",
        "--force-prefers-reduced-motion",
        &window,
        &folder,
    ];
    for argument in quiet {
        wanted.add_arg(argument).unwrap();
    }
    if let Some(width) = kind.width {
        let metrics = json!({ "deviceMetrics": { "width": width, "height": 800, "pixelRatio": 1.0 } });
        wanted.add_experimental_option("mobileEmulation", metrics).unwrap();
    }
    if kind.scripts_off {
        let preferences = json!({ "profile.managed_default_content_settings.javascript": 2 });
        wanted.add_experimental_option("prefs", preferences).unwrap();
    }
    wanted
}

/// Starts chromedriver on a port of its own choice and answers it.
fn chromedriver() -> (Child, u16) {
    let mut child = Command::new("chromedriver")
        .arg("--port=0")
        .process_group(0)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("chromedriver does not start ({error}): run bin/setup"));
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let port = lines
        .find_map(|line| {
            line.unwrap().split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok()
        })
        .unwrap();
    std::thread::spawn(move || lines.for_each(drop));
    (child, port)
}
