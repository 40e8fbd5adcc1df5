//! The style sheet, made of the files that `style/main.css` names, and the files of `public/`.

use std::fs;

use anyhow::{Context, bail};

use crate::workspace::{Workspace, files, remove};

/// Writes both.
pub fn write(workspace: &Workspace) -> anyhow::Result<()> {
    copy_public(workspace)?;
    let css = workspace.pkg.join("renfort.css");
    for old in ["css", "css.br", "css.gz"] {
        remove(&css.with_extension(old))?;
    }
    fs::write(css, squeeze(&join_style(workspace)?))?;
    Ok(())
}

fn copy_public(workspace: &Workspace) -> anyhow::Result<()> {
    fs::create_dir_all(&workspace.site)?;
    for entry in fs::read_dir(&workspace.site)? {
        let old = entry?.path();
        if old != workspace.pkg {
            remove(&old)?;
        }
    }
    let public = workspace.root.join("public");
    for file in files(&public)? {
        let copy = workspace.site.join(file.strip_prefix(&public)?);
        fs::create_dir_all(copy.parent().context("a file has a folder")?)?;
        fs::copy(&file, &copy).with_context(|| file.display().to_string())?;
    }
    Ok(())
}

/// `main.css` gives the order, for cargo-leptos as for us; a file that it forgets is an error.
fn join_style(workspace: &Workspace) -> anyhow::Result<String> {
    let folder = workspace.root.join("style");
    let main = fs::read_to_string(folder.join("main.css")).context("style/main.css")?;
    let names: Vec<&str> =
        main.lines().filter_map(|line| line.strip_prefix("@import \"./")?.strip_suffix("\";")).collect();
    for file in files(&folder)?.iter().filter(|file| file.extension().is_some_and(|it| it == "css")) {
        let name = file.strip_prefix(&folder)?.to_string_lossy().into_owned();
        if name != "main.css" && !names.contains(&name.as_str()) {
            bail!("style/main.css lacks this line: @import \"./{name}\";");
        }
    }
    let mut joined = String::new();
    for name in names.into_iter().filter(|name| *name != "layers.css") {
        let file = fs::read_to_string(folder.join(name)).with_context(|| format!("style/{name}"))?;
        joined += without_layer(&file).with_context(|| format!("style/{name} is not one layer"))?;
        joined.push('\n');
    }
    Ok(joined)
}

/// Browsers of before 2022 drop what stands in a layer. Files come in the order of the layers: the cascade stays the same
/// without them (style/README.md).
fn without_layer(file: &str) -> Option<&str> {
    let (first, rest) = file.split_once('\n')?;
    (first.starts_with("@layer ") && first.ends_with('{')).then_some(())?;
    rest.trim_end().strip_suffix("\n}")
}

/// Drops comments and indentation; what else could go weighs 2 % once compressed.
fn squeeze(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        kept += before;
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    kept += rest;
    kept.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{squeeze, without_layer};

    #[test]
    fn a_layer_is_taken_off() {
        assert_eq!(without_layer("@layer base {\na {\n}\n}\n"), Some("a {\n}"));
        assert_eq!(without_layer("a {\n}\n"), None);
    }

    #[test]
    fn squeezing_keeps_the_rules() {
        let css = "/* é\n */\n\n@media print {\n  a :hover { /* b */\n    width: calc(1px + 2em);\n  }\n}\n/* open";
        assert_eq!(squeeze(css), "@media print {\na :hover {\nwidth: calc(1px + 2em);\n}\n}");
    }
}
