//! Compresses at build time, at the highest levels, what the server would otherwise compress for each visitor.

use std::{fs, io::Write, path::Path};

use anyhow::Context;
use flate2::{Compression, write::GzEncoder};

use crate::workspace::files;

/// Writes `.br` and `.gz` beside every text and WebAssembly file of the site.
pub fn site(site: &Path) -> anyhow::Result<()> {
    for file in files(site)? {
        let kind = file.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
        if !["wasm", "js", "css", "json", "svg", "webmanifest", "txt"].contains(&kind) {
            continue;
        }
        let beside = |suffix: &str| file.with_extension(format!("{kind}.{suffix}"));
        // Nothing writes a file of `pkg` again without removing these.
        if beside("br").exists() && beside("gz").exists() {
            continue;
        }
        let bytes = fs::read(&file).with_context(|| file.display().to_string())?;
        fs::write(beside("br"), brotli(&bytes)?)?;
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&bytes)?;
        fs::write(beside("gz"), gzip.finish()?)?;
    }
    Ok(())
}

/// Brotli at its highest level.
pub fn brotli(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut packed = Vec::new();
    brotli::CompressorWriter::new(&mut packed, 1 << 16, 11, 24).write_all(bytes)?;
    Ok(packed)
}
