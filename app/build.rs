//! Turns `locales/{fr,en}/*.json` into typed keys and tables: a missing translation does not compile.
//!
//! One file per feature, flat: `"key": "text with {name}"` or `"key": {"one": "…", "other": "… {n} …"}`. The texts of
//! mails and of papers come last in the tables and stay out of the file that browsers load.

use std::{collections::BTreeMap, env, fmt::Write as _, fs, path::Path};

use serde_json::Value;

type Entries = BTreeMap<String, Value>;
const LOCALES: [&str; 2] = ["fr", "en"];
const SERVER_ONLY: [&str; 2] = ["mails", "print"];
/// Between two texts of the file that browsers load: they split it without a reader of JSON.
const BETWEEN: &str = "\u{1e}";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=locales");
    let out = env::var("OUT_DIR")?;
    let (mut keys, mut tables) = (String::new(), [Vec::new(), Vec::new()]);
    let mut browser_texts = None;
    for namespace in namespaces()? {
        if SERVER_ONLY.contains(&namespace.as_str()) {
            browser_texts.get_or_insert(tables[0].len());
        }
        let [fr, en] = [read("fr", &namespace)?, read("en", &namespace)?];
        writeln!(keys, "#[expect(missing_docs, reason = \"the text is in locales/\")] pub mod {namespace} {{")?;
        for (key, text) in &fr {
            let other = en.get(key).ok_or_else(|| format!("locales/en/{namespace}.json lacks {key}"))?;
            same_placeholders(&namespace, key, text, other)?;
            let kind = if text.is_string() { "Text" } else { "Plural" };
            writeln!(
                keys,
                "    pub const {}: crate::i18n::{kind} = crate::i18n::{kind}({});",
                key.to_uppercase(),
                tables[0].len()
            )?;
            push(&mut tables[0], text);
            push(&mut tables[1], other);
        }
        if let Some(extra) = en.keys().find(|key| !fr.contains_key(*key)) {
            return Err(format!("locales/fr/{namespace}.json lacks {extra}").into());
        }
        keys.push_str("}\n");
    }
    fs::write(Path::new(&out).join("keys.rs"), keys)?;
    let mut rust = String::new();
    for (locale, table) in LOCALES.iter().zip(&tables) {
        writeln!(rust, "pub static {}: &[&str] = &{table:?};", locale.to_uppercase())?;
        let shown = &table[..browser_texts.unwrap_or(table.len())];
        if shown.iter().any(|text| text.contains(BETWEEN)) {
            return Err(format!("locales/{locale}: a text holds U+001E").into());
        }
        fs::write(Path::new(&out).join(format!("texts.{locale}.txt")), shown.join(BETWEEN))?;
    }
    fs::write(Path::new(&out).join("tables.rs"), rust)?;
    Ok(())
}

fn namespaces() -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let mut names: Vec<String> = fs::read_dir("locales/fr")?
        .filter_map(|entry| entry.ok()?.path().file_stem()?.to_str().map(str::to_owned))
        .collect();
    names.sort_by_key(|name| (SERVER_ONLY.contains(&name.as_str()), name.clone()));
    Ok(names)
}

fn read(locale: &str, namespace: &str) -> Result<Entries, Box<dyn std::error::Error>> {
    let path = format!("locales/{locale}/{namespace}.json");
    let text = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    Ok(serde_json::from_str(&text).map_err(|error| format!("{path}: {error}"))?)
}

fn push(table: &mut Vec<String>, text: &Value) {
    match text {
        Value::String(text) => table.push(text.clone()),
        forms => table.extend(["one", "other"].map(|form| forms[form].as_str().unwrap_or_default().to_owned())),
    }
}

fn placeholders(text: &Value) -> Vec<String> {
    let text = text.as_str().or_else(|| text["other"].as_str()).unwrap_or_default();
    let mut names: Vec<String> =
        text.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name.to_owned())).collect();
    names.sort();
    names.dedup();
    names
}

fn same_placeholders(namespace: &str, key: &str, fr: &Value, en: &Value) -> Result<(), String> {
    if fr.is_string() == en.is_string() && placeholders(fr) == placeholders(en) {
        return Ok(());
    }
    Err(format!("locales/*/{namespace}.json: {key} differs in its form or its placeholders"))
}
