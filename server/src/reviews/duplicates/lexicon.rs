//! Kinds of help, publics, and words that mean the same here: lists of patterns, as data (`server/data/duplicates`).

use std::{collections::HashMap, sync::LazyLock};

use domain::text::fold;

/// The most words between two parts of a pattern.
const GAP: usize = 2;

/// The beginning of a word, or a whole one.
#[derive(Debug)]
struct Part {
    letters: String,
    whole: bool,
}

impl Part {
    fn read(text: &str) -> Self {
        match text.strip_suffix('.') {
            Some(word) => Self { letters: fold(word), whole: true },
            None => Self { letters: fold(text), whole: false },
        }
    }

    fn fits(&self, word: &str) -> bool {
        if self.whole { word == self.letters } else { word.starts_with(&self.letters) }
    }
}

#[derive(Debug)]
struct Pattern {
    parts: Vec<Part>,
    concept: u16,
}

/// Where a concept was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Find {
    /// Its number in the list.
    pub concept: u16,
    /// The number of its first word in the text.
    pub at: usize,
    /// How many words make the pattern.
    pub parts: usize,
}

/// A list of concepts: a name, a group perhaps, and patterns. One a line: `name/group: pattern, pattern`.
#[derive(Debug, Default)]
pub struct Lexicon {
    groups: Vec<Option<String>>,
    patterns: Vec<Pattern>,
    /// Numbers of patterns by the first two letters of their first part.
    by_start: HashMap<[u8; 2], Vec<usize>>,
}

/// What volunteers do.
pub static HELP: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("../../../data/duplicates/help.txt")));
/// For whom. Publics of the group `age` exclude each other.
pub static PUBLICS: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(include_str!("../../../data/duplicates/publics.txt")));
/// Words that mean the same. Those of the group `action` say what is done.
pub static WORDS: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(include_str!("../../../data/duplicates/words.txt")));

impl Lexicon {
    /// Reads a list; lines that begin with `#` are for people.
    fn read(text: &str) -> Self {
        let mut lexicon = Self::default();
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        for (head, patterns) in lines.filter_map(|line| line.split_once(": ")) {
            let concept = u16::try_from(lexicon.groups.len()).unwrap_or(u16::MAX);
            lexicon.groups.push(head.split_once('/').map(|(_, group)| group.to_owned()));
            for pattern in patterns.split(", ") {
                let parts: Vec<Part> = pattern.split_whitespace().map(Part::read).collect();
                let start = parts.first().map(|part| start(&part.letters)).unwrap_or_default();
                lexicon.by_start.entry(start).or_default().push(lexicon.patterns.len());
                lexicon.patterns.push(Pattern { parts, concept });
            }
        }
        lexicon
    }

    /// Whether a concept is of a group.
    pub fn is_of(&self, concept: u16, group: &str) -> bool {
        self.groups.get(usize::from(concept)).is_some_and(|known| known.as_deref() == Some(group))
    }

    /// All finds in folded words, in their order.
    pub fn find<'a>(&'a self, words: &'a [&'a str]) -> impl Iterator<Item = Find> + 'a {
        words.iter().enumerate().flat_map(move |(at, word)| {
            let candidates = self.by_start.get(&start(word)).map(Vec::as_slice).unwrap_or_default();
            let patterns = candidates.iter().filter_map(|number| self.patterns.get(*number));
            patterns.filter(move |pattern| fits(&pattern.parts, &words[at..])).map(move |pattern| Find {
                concept: pattern.concept,
                at,
                parts: pattern.parts.len(),
            })
        })
    }
}

fn start(word: &str) -> [u8; 2] {
    let mut bytes = word.bytes();
    [bytes.next().unwrap_or(0), bytes.next().unwrap_or(0)]
}

/// Whether the parts follow each other from the first word on.
fn fits(parts: &[Part], words: &[&str]) -> bool {
    let Some((first, others)) = parts.split_first() else { return false };
    if !words.first().is_some_and(|word| first.fits(word)) {
        return false;
    }
    let mut at = 1;
    others.iter().all(|part| {
        let next = words.iter().skip(at).take(GAP + 1).position(|word| part.fits(word));
        at += next.map_or(0, |step| step + 1);
        next.is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn concepts(lexicon: &Lexicon, text: &str) -> Vec<u16> {
        let folded = fold(text);
        let words: Vec<&str> = folded.split_whitespace().collect();
        lexicon.find(&words).map(|find| find.concept).collect()
    }

    #[test]
    fn a_pattern_is_beginnings_of_words_close_together() {
        let lexicon = Lexicon::read("# for people\nblood: don sang\nsea/place: mer., plage\n");
        assert_eq!(concepts(&lexicon, "le Don du sang"), [0]);
        assert_eq!(concepts(&lexicon, "donner de son sang"), [0]);
        assert_eq!(concepts(&lexicon, "don de livres, puis collecte de sang"), [0_u16; 0]);
        assert_eq!(concepts(&lexicon, "mer mercredi plages"), [1, 1]);
        assert!(lexicon.is_of(1, "place") && !lexicon.is_of(0, "place"));
    }

    #[test]
    fn the_lists_that_ship_are_whole() {
        for (list, least) in [(&*HELP, 80), (&*PUBLICS, 20), (&*WORDS, 70)] {
            assert!(list.groups.len() >= least && list.groups.len() < usize::from(u16::MAX));
            assert!(list.patterns.iter().all(|pattern| !pattern.parts.is_empty()));
            assert!(list.patterns.iter().flat_map(|pattern| &pattern.parts).all(|part| !part.letters.is_empty()));
        }
    }
}
