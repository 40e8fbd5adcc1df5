//! From the crate `frontend` to what browsers load: one main WebAssembly file, lazy parts, and their JavaScript.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, anyhow};
use wasm_bindgen_cli_support::Bindgen;
use wasm_encoder::RawSection;
use wasm_split_cli_support::{Options, transform};
use wasmparser::Parser;

use crate::workspace::{Workspace, remove};

const NAME: &str = "renfort";
/// The names that leptos looks for when it writes the `preload` links of a page.
const LOADER: &str = "./__wasm_split.______________________.js";
const MANIFEST: &str = "__wasm_split_manifest.json";

/// Compiles `frontend`. The splitter needs relocations: they are asked of the last link only, so that the flags of every
/// other crate, hence what cargo has already compiled, stay the same.
pub fn compile(workspace: &Workspace, release: bool) -> anyhow::Result<PathBuf> {
    let profile = if release { "wasm-release" } else { "dev" };
    workspace.cargo(&[
        "rustc",
        "--package",
        "frontend",
        "--lib",
        "--target",
        "wasm32-unknown-unknown",
        "--profile",
        profile,
        "--",
        "-Clink-args=--emit-relocs",
    ])?;
    let folder = if release { "wasm-release" } else { "debug" };
    Ok(workspace.target.join("wasm32-unknown-unknown").join(folder).join("frontend.wasm"))
}

/// Fills the folder `pkg`, unless it was made from the same file.
pub fn split_and_bind(workspace: &Workspace, input: &Path, release: bool) -> anyhow::Result<()> {
    let stamp = stamp(input, release)?;
    if fs::read_to_string(&workspace.stamp).is_ok_and(|old| old == stamp) && workspace.pkg.join(MANIFEST).exists() {
        println!("               unchanged");
        return Ok(());
    }
    remove(&workspace.stamp)?;
    remove(&workspace.pkg)?;
    fs::create_dir_all(&workspace.pkg)?;
    let main = workspace.stamp.with_file_name("frontend_main.wasm");
    split(workspace, input, &main, release)?;
    bind(workspace, &main, release)?;
    fs::write(&workspace.stamp, stamp).context("target/site.stamp")
}

fn split(workspace: &Workspace, input: &Path, main: &Path, release: bool) -> anyhow::Result<()> {
    let bytes = fs::read(input).with_context(|| input.display().to_string())?;
    let main_module = format!("./{NAME}.js");
    let mut options = Options::new(&bytes);
    options.output_dir = &workspace.pkg;
    options.main_out_path = main;
    options.main_module = &main_module;
    options.link_name = LOADER;
    let parts = transform(options).map_err(|error| anyhow!("splitting: {error:?}"))?;
    // Sorted: the same sources give the same files.
    let manifest: BTreeMap<_, _> = parts.prefetch_map.iter().collect();
    fs::write(workspace.pkg.join(MANIFEST), serde_json::to_string_pretty(&manifest)?)?;
    if release {
        for part in &parts.split_modules {
            fs::write(part, without_names(&fs::read(part)?)?)?;
        }
    }
    println!("               {} lazy parts", parts.split_modules.len());
    Ok(())
}

/// Leaves out the custom sections: the names of functions are two thirds of a lazy part.
fn without_names(wasm: &[u8]) -> anyhow::Result<Vec<u8>> {
    const CUSTOM: u8 = 0;
    let mut module = wasm_encoder::Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Some((id, range)) = payload?.as_section()
            && id != CUSTOM
        {
            let data = &wasm[usize::try_from(range.start)?..usize::try_from(range.end)?];
            module.section(&RawSection { id, data });
        }
    }
    Ok(module.finish())
}

fn bind(workspace: &Workspace, main: &Path, release: bool) -> anyhow::Result<()> {
    // The parts find what they share with the main file by the names that the linker gave.
    Bindgen::new()
        .input_path(main)
        .out_name(NAME)
        .web(true)?
        .keep_lld_exports(true)
        .demangle(false)
        .remove_name_section(release)
        .remove_producers_section(release)
        .generate(&workspace.pkg)?;
    fs::rename(workspace.pkg.join(format!("{NAME}_bg.wasm")), workspace.pkg.join(format!("{NAME}.wasm")))?;
    Ok(())
}

/// The compiled file and this program, by date and size: cargo writes neither when nothing changed.
fn stamp(input: &Path, release: bool) -> anyhow::Result<String> {
    let mut stamp = format!("{}\n", if release { "release" } else { "dev" });
    for path in [input, &env::current_exe()?] {
        let facts = fs::metadata(path).with_context(|| path.display().to_string())?;
        stamp += &format!("{:?} {}\n", facts.modified()?, facts.len());
    }
    Ok(stamp)
}
