//! What people write: lines, paragraphs, folding for search and addresses, contact details that must not be public.

mod contact;
pub mod decode;
mod fold;
mod mention;
pub mod sheet;
pub mod table;

pub use contact::{Found, contact_details, without_contact_details};
pub use fold::{fold, slug};
pub use mention::{Mention, Signs, Words};

use unicode_normalization::UnicodeNormalization;

use crate::error::Problem;

/// Whether a character turns the direction of the text that follows (Unicode TR36 §3.5): it can make a name read as
/// another.
const fn overrides_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character neither shows nor joins anything: it comes with a paste, and goes.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// Whether a character has no place in what people write; U+2028 and U+2029 break lines.
pub(crate) fn is_hostile(c: char) -> bool {
    c.is_control() || overrides_direction(c) || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Cuts Unicode white space off both ends, drops invisible characters, and composes letters with their accents (NFC, Unicode
/// UAX 15): a Mac sends «é» as two characters, and it must be found, compared and counted as one.
pub(crate) fn tidy(value: &str) -> String {
    let visible: String = value.nfc().filter(|c| !is_invisible(*c)).collect();
    visible.trim().to_owned()
}

/// Passes a text of `min` to `max` characters (Unicode scalar values).
fn sized(text: String, min: u32, max: u32) -> Result<String, Problem> {
    let count = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    match count {
        0 if min > 0 => Err(Problem::Required),
        _ if count < min => Err(Problem::TooShort { min }),
        _ if count > max => Err(Problem::TooLong { max }),
        _ => Ok(text),
    }
}

/// One line of text, trimmed, of `min` to `max` characters; `min` 0 lets it be empty.
///
/// # Errors
/// `ControlCharacters` for a control character, a line break or a character that turns the direction of text;
/// `Required`, `TooShort` or `TooLong`.
pub fn line(value: &str, min: u32, max: u32) -> Result<String, Problem> {
    let text = tidy(value);
    if text.chars().any(is_hostile) {
        return Err(Problem::ControlCharacters);
    }
    sized(text, min, max)
}

/// Text of several lines, trimmed, of `min` to `max` characters; `min` 0 lets it be empty. Line breaks become `\n`
/// (forms send CR LF), tabs a space.
///
/// # Errors
/// `ControlCharacters` for any other control character or one that turns the direction of text; `Required`,
/// `TooShort` or `TooLong`.
pub fn paragraphs(value: &str, min: u32, max: u32) -> Result<String, Problem> {
    let text = tidy(&value.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n").replace('\t', " "));
    if text.chars().any(|c| c != '\n' && is_hostile(c)) {
        return Err(Problem::ControlCharacters);
    }
    sized(text, min, max)
}
