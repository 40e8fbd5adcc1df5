//! Builds the site: `cargo xtask build [--release]`, then `cargo xtask sizes [--check]` says what it weighs.
//!
//! The folder it fills is the one that cargo-leptos would fill, so that `cargo leptos watch` works for those who have it.

mod compress;
mod sizes;
mod static_files;
mod wasm;
mod workspace;

use std::{process::ExitCode, time::Instant};

use anyhow::bail;
use workspace::Workspace;

const USAGE: &str = "cargo xtask build [--release]   make the site in target/site, then the server, target/server
cargo xtask sizes [--check]     what a browser loads, against the budgets; --check fails when over";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments.iter().map(String::as_str).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[&str]) -> anyhow::Result<()> {
    match arguments {
        ["build"] => build(false),
        ["build", "--release"] => build(true),
        ["sizes"] => sizes::print(&Workspace::find()?, false),
        ["sizes", "--check"] => sizes::print(&Workspace::find()?, true),
        ["help" | "--help"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => bail!("not understood\n\n{USAGE}"),
    }
}

fn build(release: bool) -> anyhow::Result<()> {
    let workspace = Workspace::find()?;
    let start = Instant::now();
    let count = if release { 5 } else { 4 };
    let mut step = 0;
    let mut say = |what: &str| {
        step += 1;
        println!("[{step}/{count}] {:>4} s  {what}", start.elapsed().as_secs());
    };
    say("Compiling what the browser runs (WebAssembly)");
    let input = wasm::compile(&workspace, release)?;
    say("Splitting it into lazy parts, writing its JavaScript");
    wasm::split_and_bind(&workspace, &input, release)?;
    say("Style sheets and public files");
    static_files::write(&workspace)?;
    if release {
        say("Compressing ahead of time (brotli, gzip)");
        compress::site(&workspace.site)?;
    }
    say("Compiling the server");
    compile_server(&workspace, release)?;
    println!("Built in {} s: target/site, target/server", start.elapsed().as_secs());
    Ok(())
}

fn compile_server(workspace: &Workspace, release: bool) -> anyhow::Result<()> {
    let (profile, folder) = if release { ("release", "release") } else { ("dev", "debug") };
    workspace.cargo(&["build", "--package", "server", "--bin", "server", "--profile", profile])?;
    let made = workspace.target.join(folder).join("server");
    workspace::remove(&workspace.server)?;
    // A link takes no time; a copy where the two folders are on different disks.
    std::fs::hard_link(&made, &workspace.server).or_else(|_| std::fs::copy(&made, &workspace.server).map(drop))?;
    Ok(())
}
