//! The thread that does jobs, and the bell that calls it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use school::{
    Uuid,
    access::record_seal::{self, RecordSeal},
    exchange::import_run::ImportRun,
    lobby::Lobby,
};

use super::{Workplace, work_once};

/// How often it looks unasked: for jobs that were put back, and for those whose worker died.
const ROUND: Duration = Duration::from_secs(15);

/// How often the record is sealed.
const SEALING: Duration = Duration::from_secs(600);

/// Calls the worker when there is something to do.
#[derive(Clone, Default)]
pub struct Bell(Option<Sender<Uuid>>);

impl Bell {
    /// Somebody of this organization left a job. Without a worker that hears it, the job waits.
    pub fn ring(&self, organization: Option<Uuid>) {
        if let (Some(worker), Some(organization)) = (&self.0, organization) {
            // A worker that has gone hears nothing; the next start finds the job.
            worker.send(organization).ok();
        }
    }
}

/// Does jobs, one after the other, until it is stopped.
pub struct Worker {
    bell: Bell,
    stops: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Worker {
    /// Begins with what waits already.
    #[must_use]
    pub fn start(lobby: Lobby) -> Self {
        let (bell, calls) = channel();
        let stops = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&stops);
        let workplace = Workplace { lobby, stops: Box::new(move || told.load(Ordering::SeqCst)) };
        let thread = thread::spawn(move || work(&workplace, &calls));
        Self { bell: Bell(Some(bell)), stops, thread }
    }

    /// The bell that calls it.
    #[must_use]
    pub fn bell(&self) -> Bell {
        self.bell.clone()
    }

    /// What tells it to stop: a job under way is put back at its next step.
    #[must_use]
    pub fn stop_switch(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.stops)
    }

    /// Stops it and waits until it has put its job back.
    pub fn stop(self) {
        self.stops.store(true, Ordering::SeqCst);
        self.bell.ring(Some(Uuid::nil()));
        if self.thread.join().is_err() {
            tracing::error!("the worker panicked");
        }
    }
}

fn work(workplace: &Workplace, calls: &Receiver<Uuid>) {
    let (mut called, mut sealed) = (None, None::<Instant>);
    loop {
        if sealed.is_none_or(|at| at.elapsed() > SEALING) {
            seal(&workplace.lobby);
            sealed = Some(Instant::now());
        }
        let organizations = match called {
            Some(organization) => vec![organization],
            None => all(&workplace.lobby),
        };
        do_all(workplace, &organizations);
        called = match calls.recv_timeout(ROUND) {
            Ok(organization) => Some(organization),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return,
        };
        if (workplace.stops)() {
            return;
        }
    }
}

/// Seals what every organization recorded more than an hour ago. The last seals stand in the log, where whoever may do
/// everything in the database does not reach them.
fn seal(lobby: &Lobby) {
    for organization in all(lobby) {
        match lobby.seed(organization, |db| RecordSeal::until(db.now() - record_seal::OPEN, db)) {
            Ok(Some(seal)) => {
                tracing::info!(%organization, seal = seal.number, chain = seal.chain, "the record is sealed");
            }
            Ok(None) => {}
            Err(error) => tracing::warn!("the record could not be sealed: {error}"),
        }
    }
}

/// One job of each in turn, until nothing waits.
fn do_all(workplace: &Workplace, organizations: &[Uuid]) {
    let mut found = true;
    while found {
        found = false;
        for organization in organizations {
            if (workplace.stops)() {
                return;
            }
            match work_once(workplace, *organization) {
                Ok(did) => found |= did,
                Err(error) => tracing::warn!("a job could not be done: {error}"),
            }
        }
    }
}

/// Every organization, in each of which files that nobody needs any more are deleted.
fn all(lobby: &Lobby) -> Vec<Uuid> {
    let found = lobby.organizations().unwrap_or_default();
    let organizations: Vec<Uuid> = found.into_iter().map(|(_, id)| id).collect();
    for organization in &organizations {
        if let Err(error) = lobby.seed(*organization, ImportRun::forget_old_files) {
            tracing::warn!("old files could not be deleted: {error}");
        }
    }
    organizations
}
