//! What a password must be (NIST SP 800-63B §3.1.1, CNIL deliberation 2022-100): long and not guessable; no rule on
//! which characters.

use crate::{error::Problem, text};

/// Characters of the shortest password.
pub const MIN: u32 = 12;
/// Characters of the longest password: hashing a whole book would cost the server.
pub const MAX: u32 = 128;

/// Letters and digits as they follow each other on a keyboard or in the alphabet.
const SEQUENCES: [&str; 8] = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "aqwzsxedcrfvtgbyhnujikolpm",
    "1a2z3e4r5t6y7u8i9o0p",
    "1q2w3e4r5t6y7u8i9o0p",
];

/// Checks a password as typed, spaces included.
///
/// `context` holds what others know of the person: e-mail, names, town. `is_common` says whether a folded password is
/// in a list of the most used ones.
///
/// # Errors
/// `Required`, `TooShort` under 12 characters, `TooLong` beyond 128, `PasswordCommon`, or `PasswordGuessable` for a
/// pattern, or what is mostly made of the context.
pub fn check(password: &str, context: &[&str], is_common: impl Fn(&str) -> bool) -> Result<(), Problem> {
    let count = password.chars().count();
    match u32::try_from(count).unwrap_or(u32::MAX) {
        0 => return Err(Problem::Required),
        count if count < MIN => return Err(Problem::TooShort { min: MIN }),
        count if count > MAX => return Err(Problem::TooLong { max: MAX }),
        _ => {}
    }
    let folded = text::fold(password);
    if is_common(&folded) {
        return Err(Problem::PasswordCommon);
    }
    if is_pattern(&folded) || is_mostly_context(&folded, context) {
        return Err(Problem::PasswordGuessable);
    }
    Ok(())
}

/// Whether a password is one short piece again and again, or runs along the alphabet, the digits or a keyboard.
fn is_pattern(folded: &str) -> bool {
    let chars: Vec<char> = folded.chars().collect();
    repeats(&chars) || steps_of_sequences(&chars) * 4 >= (chars.len().saturating_sub(1)) * 3
}

/// Whether it is a piece of at most a third of it, repeated to its end: `aaaa…`, `abcabcabc…`, `2020 2020 2020`.
fn repeats(chars: &[char]) -> bool {
    (1..=chars.len() / 3).any(|period| chars.iter().zip(&chars[period..]).all(|(a, b)| a == b))
        || (chars.len() >= 8 && distinct(chars) <= 3)
}

fn distinct(chars: &[char]) -> usize {
    let mut seen: Vec<char> = chars.to_vec();
    seen.sort_unstable();
    seen.dedup();
    seen.len()
}

/// How many characters follow the one before them: the same one, or its neighbour in a sequence, either way.
fn steps_of_sequences(chars: &[char]) -> usize {
    let follows = |a: char, b: char| {
        a == b
            || SEQUENCES.iter().any(|sequence| {
                let neighbours =
                    |x: char, y: char| sequence.chars().zip(sequence.chars().skip(1)).any(|pair| pair == (x, y));
                neighbours(a, b) || neighbours(b, a)
            })
    };
    chars.windows(2).filter(|pair| follows(pair[0], pair[1])).count()
}

/// Whether words that others know of the person, of four characters or more, make up most of it.
fn is_mostly_context(folded: &str, context: &[&str]) -> bool {
    let mut words: Vec<String> = context
        .iter()
        .copied()
        .chain(["renfort"])
        .flat_map(|text| text::fold(text).split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>())
        .filter(|word| word.chars().count() >= 4)
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let rest = words.iter().fold(folded.to_owned(), |rest, word| rest.replace(word.as_str(), "\u{0}"));
    let others = rest.chars().filter(|c| *c != '\u{0}').count();
    rest.contains('\u{0}') && others * 2 < folded.chars().count()
}
