//! Names and phones of people.

use std::fmt;

use super::{shown_as_stored, text_value};
use crate::{error::Problem, text};

/// A first or last name, 1 to 80 characters: letters of any script, marks, spaces, apostrophes, hyphens, dots.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonName(String);

/// A phone number, stored as `+` and 10 to 15 digits (ITU-T E.164); French ones are shown in pairs.
///
/// A number that begins with 0 is stored under +33, those of overseas departments too: it is shown as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

text_value!(PersonName);
shown_as_stored!(PersonName);
text_value!(Phone);

impl PersonName {
    /// Reads a name, trimmed, with single spaces.
    ///
    /// # Errors
    /// `Required` for nothing, `TooLong` beyond 80 characters, `ControlCharacters` for a character that is in no name
    /// or a text without a letter.
    pub fn parse(value: &str) -> Result<Self, Problem> {
        let line = text::line(value, 1, 80)?;
        let letter = line.chars().any(char::is_alphabetic);
        if !letter || !line.chars().all(is_name_character) {
            return Err(Problem::ControlCharacters);
        }
        Ok(Self(line.split_whitespace().collect::<Vec<_>>().join(" ")))
    }
}

fn is_name_character(c: char) -> bool {
    c.is_alphabetic() || c.is_whitespace() || matches!(c, '\'' | '’' | '-' | '‐' | '‑' | '.' | '\u{0300}'..='\u{036F}')
}

impl Phone {
    /// Reads a number: French (`06 12 34 56 78`) or with `+` or `00` and its country's code.
    ///
    /// # Errors
    /// `Required` for nothing, `NotAPhone` for anything else.
    pub fn parse(value: &str) -> Result<Self, Problem> {
        let typed = text::tidy(value);
        if typed.is_empty() {
            return Err(Problem::Required);
        }
        let typed = typed.replace("(0)", "");
        let plain: String = typed.chars().filter(|c| !is_phone_separator(*c)).collect();
        let (abroad, number) = match (plain.strip_prefix('+'), plain.strip_prefix("00")) {
            (Some(rest), _) | (None, Some(rest)) => (true, rest),
            (None, None) => (false, plain.as_str()),
        };
        if !number.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Problem::NotAPhone);
        }
        let stored = if abroad { from_abroad(number) } else { national(number).map(|rest| format!("+33{rest}")) };
        stored.map(Self).ok_or(Problem::NotAPhone)
    }
}

fn is_phone_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | '-' | '/' | '(' | ')' | '‐' | '‑' | '–')
}

/// The nine digits after the 0 of a French number.
fn national(number: &str) -> Option<&str> {
    number.strip_prefix('0').filter(|rest| rest.len() == 9 && !rest.starts_with('0'))
}

fn from_abroad(number: &str) -> Option<String> {
    if let Some(french) = number.strip_prefix("33") {
        let rest = national(french).or_else(|| (french.len() == 9 && !french.starts_with('0')).then_some(french))?;
        return Some(format!("+33{rest}"));
    }
    ((10..=15).contains(&number.len()) && !number.starts_with('0')).then(|| format!("+{number}"))
}

/// `06 12 34 56 78`; for another country `+44 20 79 46 09 58`.
impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, digits) = match self.0.strip_prefix("+33") {
            Some(rest) => ("", format!("0{rest}")),
            None => ("+", self.0.trim_start_matches('+').to_owned()),
        };
        f.write_str(sign)?;
        for (index, digit) in digits.chars().enumerate() {
            let left = digits.len() - index;
            if index > 1 && left.is_multiple_of(2) {
                f.write_str(" ")?;
            }
            fmt::Write::write_char(f, digit)?;
        }
        Ok(())
    }
}
