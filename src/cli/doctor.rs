//! `belfry doctor`: what is wrong, and how to mend it.

use std::{
    error::Error,
    io::{Write, stdout},
};

use super::place::options;
use crate::{
    config::Place,
    postgres::{Finding, examine},
};

/// Looks without changing anything, and fails when something is wrong.
pub(super) fn run(place: &Place) -> Result<(), Box<dyn Error>> {
    let mut out = stdout().lock();
    let mut ill = 0;
    for finding in examine(&options(place)) {
        match finding {
            Finding::Well(sentence) => writeln!(out, "well   {sentence}")?,
            Finding::Ill(problem) => {
                ill += 1;
                writeln!(out, "WRONG  {problem}")?;
            }
        }
    }
    match ill {
        0 => Ok(()),
        1 => Err("One thing is wrong; the line that begins with WRONG says how to mend it.".into()),
        _ => Err(format!("{ill} things are wrong; the lines say how to mend each of them.").into()),
    }
}
