//! One binary: `serve`, `migrate`, `demo`, `create-admin`.

use std::process::ExitCode;

use clap::Parser;
use server::commands::Cli;

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
