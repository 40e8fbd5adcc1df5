//! One binary: `serve`, `migrate`, `demo`, `create-admin`, and two for the finder of duplicates.

use std::process::ExitCode;

use clap::Parser;
use server::commands::Cli;

/// A page is thousands of small pieces: the system's allocator took a quarter of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The person who starts the server reads this, not a log machine.
            eprintln!("renfort: {error:#}");
            ExitCode::FAILURE
        }
    }
}
