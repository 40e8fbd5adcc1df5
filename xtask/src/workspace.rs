//! Where things are, and how cargo is called.

use std::{
    env,
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, bail};

/// The places of this clone.
pub struct Workspace {
    /// The clone.
    pub root: PathBuf,
    /// Where cargo writes: outside the clone when `CARGO_TARGET_DIR` says so.
    pub target: PathBuf,
    /// What the server serves as files: always in the clone.
    pub site: PathBuf,
    /// The part of it that the build makes.
    pub pkg: PathBuf,
    /// What the files in `pkg` were made from.
    pub stamp: PathBuf,
    /// The server, in the clone too: clones that share `target` write the same file there.
    pub server: PathBuf,
}

impl Workspace {
    /// Asks cargo.
    pub fn find() -> anyhow::Result<Self> {
        let answer = Command::new(cargo())
            .args(["metadata", "--format-version=1", "--no-deps"])
            .stderr(Stdio::inherit())
            .output()
            .context("cannot run cargo")?;
        let metadata: serde_json::Value = serde_json::from_slice(&answer.stdout).context("cargo metadata")?;
        let place =
            |name: &str| metadata[name].as_str().map(PathBuf::from).with_context(|| format!("cargo metadata: {name}"));
        let root = place("workspace_root")?;
        let site = root.join("target/site");
        Ok(Self {
            target: place("target_directory")?,
            pkg: site.join("pkg"),
            stamp: root.join("target/site.stamp"),
            server: root.join("target/server"),
            site,
            root,
        })
    }

    /// Runs cargo in the clone, and stops when it fails.
    pub fn cargo(&self, arguments: &[&str]) -> anyhow::Result<()> {
        let mut command = Command::new(cargo());
        // What cargo told this program about itself must not reach the build: `ring` and others watch these variables,
        // and would be compiled anew each time the caller changes.
        for (name, _) in env::vars_os() {
            let name_text = name.to_string_lossy();
            if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_CRATE_", "CARGO_BIN_"]
                .iter()
                .any(|own| name_text.starts_with(own))
            {
                command.env_remove(&name);
            }
        }
        let status = command
            .args(arguments)
            .current_dir(&self.root)
            .stdin(Stdio::null())
            .status()
            .context("cannot run cargo")?;
        if !status.success() {
            bail!("cargo {} failed", arguments[0]);
        }
        Ok(())
    }
}

fn cargo() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Every file below a folder, sorted.
pub fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Removes a file or a folder that may not be there.
pub fn remove(path: &Path) -> anyhow::Result<()> {
    let result = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match result {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error).with_context(|| path.display().to_string()),
        _ => Ok(()),
    }
}
