//! What a browser loads, against the budgets.

use std::fs;

use anyhow::{Context, bail};

use crate::{
    compress::brotli,
    workspace::{Workspace, files},
};

/// What the first page of a volunteer may load of WebAssembly and JavaScript, compressed.
const FIRST_LOAD: usize = 300_000;
/// The style sheet, compressed.
const STYLE: usize = 20_000;

/// Prints the table; `check` fails when a budget is passed.
pub fn print(workspace: &Workspace, check: bool) -> anyhow::Result<()> {
    let stamp = fs::read_to_string(&workspace.stamp).context("nothing is built: cargo xtask build --release")?;
    if !stamp.starts_with("release") {
        if check {
            bail!("target/site holds a development build: cargo xtask build --release");
        }
        println!("This is a development build: far heavier than what is served.");
    }
    let (mut first_load, mut style, mut lazy) = (0, 0, 0);
    println!("{:<62} {:>10} {:>9}", "target/site/pkg", "raw", "brotli");
    for file in files(&workspace.pkg)? {
        let name = file.strip_prefix(&workspace.pkg)?.to_string_lossy().into_owned();
        if [".br", ".gz", ".json", ".d.ts"].iter().any(|end| name.ends_with(end)) {
            continue;
        }
        let bytes = fs::read(&file)?;
        let packed = fs::read(file.with_file_name(format!("{name}.br"))).map_or_else(|_| brotli(&bytes), Ok)?.len();
        match name.as_str() {
            _ if name.ends_with(".css") => style += packed,
            _ if name.ends_with(".js") || name == "renfort.wasm" => first_load += packed,
            _ => lazy += packed,
        }
        println!("{name:<62} {:>10} {packed:>9}", bytes.len());
    }
    println!("{:<62} {:>10} {lazy:>9}", "loaded later, when a page asks for it", "");
    let within =
        [budget("first load: WebAssembly and JavaScript", first_load, FIRST_LOAD), budget("style sheet", style, STYLE)];
    if check && within.contains(&false) {
        bail!("over budget");
    }
    Ok(())
}

fn budget(what: &str, bytes: usize, most: usize) -> bool {
    let within = bytes <= most;
    println!(
        "{what:<62} {:>10} {bytes:>9}  {}",
        format!("≤ {most}"),
        if within { "within budget" } else { "OVER BUDGET" }
    );
    within
}
