//! What exports of real systems look like, and what becomes of them.

#[cfg(test)]
mod deviations;
#[cfg(test)]
mod deviations_of_values;
#[cfg(test)]
mod export;
#[cfg(test)]
mod packages;
#[cfg(test)]
mod references;
#[cfg(test)]
mod sameness;
#[cfg(test)]
mod samples;
