//! How an offer's text becomes words: what it denies is left out, and spellings that sound the same are one.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
    sync::LazyLock,
};

/// Words that are left out before anything is looked for.
const ARTICLES: &[&str] = &[
    "a", "au", "aux", "avec", "c", "ce", "ces", "d", "dans", "de", "des", "ds", "du", "en", "et", "j", "l", "la", "le",
    "les", "leur", "leurs", "m", "ma", "me", "mes", "mon", "n", "ne", "nos", "notre", "on", "ou", "par", "pour", "pr",
    "qu", "s", "sa", "se", "ses", "son", "sur", "un", "une", "vos", "votre", "y",
];
/// Words that every offer has, and what is said of hours, equipment and terms.
static COMMON: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let lines = include_str!("../../../data/duplicates/common.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).map(sound).collect()
});
/// Words of a piece of a description.
const SHINGLE: usize = 3;
/// So many pieces of a description stand for all: enough to see that one was copied.
const SKETCH: usize = 48;

/// The words of a folded text.
pub fn split(folded: &str) -> Vec<&str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// Whether a word is an article or its like.
pub fn is_article(word: &str) -> bool {
    ARTICLES.contains(&word)
}

/// Whether a word, as it sounds, says nothing about the help.
pub fn is_common(sound: &str) -> bool {
    COMMON.contains(sound)
}

/// A folded word as it sounds, roughly: «ordonance» is «ordonnance», «kand» is «quand».
pub fn sound(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut written = String::with_capacity(word.len());
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        let next = letters.get(at + 1).copied();
        let (heard, step) = match (letter, next) {
            ('p', Some('h')) => ('f', 2),
            ('q', Some('u')) => ('k', 2),
            ('q', _) => ('k', 1),
            ('c', Some('k')) => ('k', 2),
            ('c', Some('e' | 'i' | 'y' | 'h' | 'c')) => ('c', 1),
            ('c', _) => ('k', 1),
            ('y', _) => ('i', 1),
            ('z', _) => ('s', 1),
            (letter, _) => (letter, 1),
        };
        // A letter that is doubled is heard once; figures are not letters.
        if heard.is_numeric() || !written.ends_with(heard) {
            written.push(heard);
        }
        at += step;
    }
    written
}

/// A number for a piece of text.
pub fn number(of: &(impl Hash + ?Sized)) -> u32 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    u32::try_from(hasher.finish() & u64::from(u32::MAX)).unwrap_or_default()
}

fn once(mut pieces: Vec<u32>) -> Vec<u32> {
    pieces.sort_unstable();
    pieces.dedup();
    pieces
}

/// A sketch of a text: the least numbers of its pieces of three words (A. Broder, 1997).
pub fn sketch(words: &[&str]) -> Vec<u32> {
    let mut pieces = once(words.windows(SHINGLE).map(number).collect());
    pieces.truncate(SKETCH);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_that_sound_the_same_are_one() {
        for (one, other) in [("ordonnance", "ordonance"), ("quand", "kand"), ("pharmacie", "farmacie")] {
            assert_eq!(sound(one), sound(other));
        }
        assert_ne!(sound("course"), sound("cousse"));
        assert_ne!(sound("11"), sound("1"));
    }
}
