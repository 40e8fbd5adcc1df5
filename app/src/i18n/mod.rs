//! Texts of the interface: typed keys, one table per language, made by `build.rs` from `locales/`.
//!
//! The browser holds no text in its program: it loads the table of the page's language, a file that it keeps.

use domain::actor::Locale;

use crate::texts_source;

/// Keys by feature: `k::accounts::SIGN_IN`.
pub mod k {
    include!(concat!(env!("OUT_DIR"), "/keys.rs"));
}

/// The key of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text(pub u16);

/// The key of a text with a form for one and a form for several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plural(pub u16);

/// The texts of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Texts(pub Locale);

/// The texts of the reader's language; call it at the top of a component.
pub fn texts() -> Texts {
    Texts(texts_source::locale())
}

impl Texts {
    /// The language.
    pub const fn locale(self) -> Locale {
        self.0
    }

    /// A plain text.
    pub fn get(self, key: Text) -> &'static str {
        texts_source::text(self.0, key.0)
    }

    /// A text whose `{name}` are replaced.
    pub fn with(self, key: Text, values: &[(&str, &str)]) -> String {
        fill(self.get(key), values)
    }

    /// A text for a number: French says «0 place», English «0 places».
    pub fn count(self, key: Plural, n: u32) -> String {
        let one = match self.0 {
            Locale::Fr => n < 2,
            Locale::En => n == 1,
        };
        fill(texts_source::text(self.0, key.0 + u16::from(!one)), &[("n", &self.number(n))])
    }

    /// A number with its thousands apart: `12 345`, `12,345`.
    pub fn number(self, n: u32) -> String {
        let digits = n.to_string();
        let mut text = String::with_capacity(digits.len() + 4);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push_str(self.0.pick("\u{202f}", ","));
            }
            text.push(digit);
        }
        text
    }
}

fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once('}') else { break };
        filled.push_str(values.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value));
        rest = tail;
    }
    filled.push_str(rest);
    filled
}
