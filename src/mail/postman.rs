//! The thread that sends mail, and the bell that calls it.

use std::{
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread::{self, JoinHandle},
    time::Duration,
};

use super::{PostOffice, send_one};

/// How often it looks unasked: for mail that was put off.
const ROUND: Duration = Duration::from_secs(15);

/// Calls the postman when there is mail.
#[derive(Clone, Default)]
pub struct PostBell(Option<Sender<Call>>);

enum Call {
    Mail,
    Stop,
}

impl PostBell {
    /// There is mail. Without a postman that hears it, the mail waits.
    pub fn ring(&self) {
        self.say(Call::Mail);
    }

    fn say(&self, call: Call) {
        if let Some(postman) = &self.0 {
            // A postman who has gone hears nothing; the next start finds the mail.
            postman.send(call).ok();
        }
    }
}

/// Sends mail, one after the other, until it is stopped.
pub struct Postman {
    bell: PostBell,
    thread: JoinHandle<()>,
}

impl Postman {
    /// Begins with what waits already.
    #[must_use]
    pub fn start(office: PostOffice) -> Self {
        let (bell, calls) = channel();
        let thread = thread::spawn(move || work(&office, &calls));
        Self { bell: PostBell(Some(bell)), thread }
    }

    /// The bell that calls it.
    #[must_use]
    pub fn bell(&self) -> PostBell {
        self.bell.clone()
    }

    /// Stops it after the mail in its hands.
    pub fn stop(self) {
        self.bell.say(Call::Stop);
        if self.thread.join().is_err() {
            tracing::error!("the postman panicked");
        }
    }
}

fn work(office: &PostOffice, calls: &Receiver<Call>) {
    loop {
        match send_one(office) {
            Ok(true) => {
                if matches!(calls.try_recv(), Ok(Call::Stop)) {
                    return;
                }
                continue;
            }
            Ok(false) => {}
            Err(error) => tracing::warn!("mail could not be looked for: {error}"),
        }
        match calls.recv_timeout(ROUND) {
            Ok(Call::Mail) | Err(RecvTimeoutError::Timeout) => {}
            Ok(Call::Stop) | Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}
