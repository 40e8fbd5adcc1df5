//! The fields of a letter: `{association}` becomes the name of whoever reads it.

use crate::{error::Problem, text};

/// What may stand in braces.
pub const FIELDS: [&str; 4] = ["association", "commune", "service", "lien"];
/// Characters of the longest subject.
const SUBJECT_MAX: u32 = 150;
/// Characters of the longest letter.
const BODY_MAX: u32 = 5000;

/// Reads a subject.
///
/// # Errors
/// What `text::line` refuses, and `UnknownField` with the field's name.
pub fn subject(value: &str) -> Result<String, Problem> {
    known(text::line(value, 3, SUBJECT_MAX)?)
}

/// Reads the text of a letter.
///
/// # Errors
/// What `text::paragraphs` refuses, and `UnknownField` with the field's name.
pub fn body(value: &str) -> Result<String, Problem> {
    known(text::paragraphs(value, 20, BODY_MAX)?)
}

fn known(text: String) -> Result<String, Problem> {
    let unknown = parts(&text).find_map(|part| match part {
        Part::Field(name) if !FIELDS.contains(&name) => Some(name.to_owned()),
        _ => None,
    });
    unknown.map_or(Ok(text), |name| Err(Problem::UnknownField { name }))
}

/// The text as one reader gets it; what a value holds is never taken for a field.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let value = |name: &str| values.iter().find(|(field, _)| *field == name).map_or("", |(_, value)| value).to_owned();
    parts(text)
        .map(|part| match part {
            Part::Plain(plain) => plain.to_owned(),
            Part::Field(name) => value(name),
        })
        .collect()
}

enum Part<'a> {
    Plain(&'a str),
    Field(&'a str),
}

/// A brace that opens no field is a brace.
fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        if first == '{'
            && let Some((name, after)) = rest[1..].split_once('}')
            && !name.is_empty()
            && name.chars().all(char::is_alphabetic)
        {
            rest = after;
            return Some(Part::Field(name));
        }
        let end = rest[first.len_utf8()..].find('{').map_or(rest.len(), |at| at + first.len_utf8());
        let (plain, after) = rest.split_at(end);
        rest = after;
        Some(Part::Plain(plain))
    })
}
