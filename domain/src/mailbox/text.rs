//! The links in the text of an e-mail.

use serde::{Deserialize, Serialize};

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// Words.
    Words(String),
    /// A link to a page of this site.
    Link {
        /// The page's path, so that it opens here whatever name the site is reached by.
        path: String,
        /// The address as it was written.
        written: String,
    },
}

/// Parts a text at the links to this very site (`site`: its address without a final slash); every other address stays words.
pub fn pieces(text: &str, site: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut words = String::new();
    for part in text.split_inclusive(char::is_whitespace) {
        let written = part.trim_end().trim_end_matches(['.', ',', ';', '!', ')', '»']);
        match path(written, site) {
            Some(path) => {
                if !words.is_empty() {
                    found.push(Piece::Words(std::mem::take(&mut words)));
                }
                found.push(Piece::Link { path: path.to_owned(), written: written.to_owned() });
                words.push_str(part.strip_prefix(written).unwrap_or_default());
            }
            None => words.push_str(part),
        }
    }
    if !words.is_empty() {
        found.push(Piece::Words(words));
    }
    found
}

/// The path of an address of this site: `https://ville.example.evil/x` is elsewhere, and a path that begins with two slashes
/// would lead there.
fn path<'a>(address: &'a str, site: &str) -> Option<&'a str> {
    let path = address.strip_prefix(site).filter(|_| !site.is_empty())?;
    let local = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
    (local && path.chars().all(|c| !c.is_control())).then_some(path)
}
