//! Starts Belfry; everything is in the library so that tests can reach it.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// The system's allocator keeps 19 MB for every thread that ever computed a password.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    belfry::cli::run()
}
