//! Work beside the pages: one thread takes jobs (`worker`), one job is under way at a time (`under_way`), and one file
//! says what each kind of job does.

mod erasure;
mod import_application;
mod import_rehearsal;
mod under_way;
mod worker;

use school::{Result, Uuid, job::Job, lobby::Lobby};

pub use worker::{Bell, Worker};

use under_way::UnderWay;

/// Where jobs are done.
pub struct Workplace {
    /// The way in.
    pub lobby: Lobby,
    /// Whether the program is about to stop: a job under way is put back between two of its steps.
    pub stops: Box<dyn Fn() -> bool + Send + Sync>,
}

/// Takes the next job of an organization and brings it to an end; answers whether there was one.
///
/// # Errors
/// [`school::Error::Unavailable`] when the database is away; then the job is taken again later.
pub fn work_once(workplace: &Workplace, organization: Uuid) -> Result<bool> {
    let Some(job) = workplace.lobby.seed(organization, Job::take)? else {
        return Ok(false);
    };
    UnderWay::of(&job, workplace).bring_to_an_end()?;
    Ok(true)
}
