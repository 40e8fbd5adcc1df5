//! The words that the system looks for, in missions and in the names of organisations, as the network edits them.

use serde::{Deserialize, Serialize};

use crate::{
    error::{FieldErrors, Problem},
    text,
};

/// How the code of a list begins that is looked for in the names of organisations.
pub const NAMES: &str = "name-";
/// Characters of the longest sign.
const LONGEST: u32 = 60;

/// Reads a sign as [`text::Signs`] looks for it: folded words, the last of which may end with a dot for that very word. Where all
/// words are looked for as they are, the dot says nothing.
///
/// # Errors
/// What `text::line` refuses; `TooShort` for what would be found everywhere.
pub fn sign(typed: &str, whole: bool) -> Result<String, Problem> {
    let line = text::line(typed, 1, LONGEST)?;
    let dot = line.ends_with('.');
    let folded = text::fold(&line);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let sign = words.collect::<Vec<_>>().join(" ");
    let min: u8 = if whole || dot { 2 } else { 3 };
    if sign.chars().filter(|c| c.is_alphanumeric()).take(3).count() < usize::from(min) {
        return Err(Problem::TooShort { min: min.into() });
    }
    Ok(if dot && !whole { format!("{sign}.") } else { sign })
}

/// What changes in a list, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SignsForm {
    /// The code of the list.
    pub code: String,
    /// A sign to add; may be empty.
    pub add: String,
    /// Signs to take out, as they stand in the list.
    pub remove: Vec<String>,
}

/// What changes in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SignsChange {
    /// What is added.
    pub added: Option<String>,
    /// What is taken out.
    pub removed: Vec<String>,
}

impl SignsForm {
    /// Reads it beside what stands in the list; what a colleague took out meanwhile is out.
    ///
    /// # Errors
    /// By field: what [`sign`] refuses, `NameTaken` for what is there, `Required` when nothing changes.
    pub fn read(&self, words: &[String]) -> Result<SignsChange, FieldErrors> {
        let removed: Vec<String> = words.iter().filter(|word| self.remove.contains(word)).cloned().collect();
        if self.add.trim().is_empty() {
            let change = SignsChange { added: None, removed };
            let nothing = change.removed.is_empty();
            return if nothing { Err(FieldErrors::one("add", Problem::Required)) } else { Ok(change) };
        }
        let added =
            sign(&self.add, self.code.starts_with(NAMES)).map_err(|problem| FieldErrors::one("add", problem))?;
        if words.contains(&added) {
            return Err(FieldErrors::one("add", Problem::NameTaken));
        }
        Ok(SignsChange { added: Some(added), removed })
    }
}

impl SignsChange {
    /// The list as it is then.
    pub fn apply(&self, words: &[String]) -> Vec<String> {
        let kept = words.iter().filter(|word| !self.removed.contains(word));
        kept.chain(&self.added).cloned().collect()
    }

    /// What changes, for the history.
    pub fn told(&self) -> String {
        let added = self.added.iter().map(|word| format!("+ «{word}»"));
        added.chain(self.removed.iter().map(|word| format!("- «{word}»"))).collect::<Vec<_>>().join(", ")
    }
}

/// A list of words that tell of one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignList {
    /// Its code.
    pub code: String,
    /// It tells of a danger.
    pub danger: bool,
    /// What it tells of.
    pub label: String,
    /// Its words.
    pub words: Vec<String>,
}

/// The lists, for the network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignsPage {
    /// All of them, in order.
    pub lists: Vec<SignList>,
}
