//! Kinds of help, publics, and words that mean the same here: lists of patterns, as data (`server/data/duplicates`).

use std::{collections::HashMap, sync::LazyLock};

use domain::text::fold;

use super::text::sound;

/// The most words between two parts of a pattern.
const GAP: usize = 2;
/// How far apart meanings that meet may stand, in words.
const REACH: usize = 6;

/// The beginning of a word, or a whole one and its plural; as it sounds.
#[derive(Debug)]
struct Part {
    letters: String,
    whole: bool,
}

impl Part {
    fn read(text: &str) -> Self {
        match text.strip_suffix('.') {
            Some(word) => Self { letters: sound(&fold(word)), whole: true },
            None => Self { letters: sound(&fold(text)), whole: false },
        }
    }

    fn fits(&self, word: &str) -> bool {
        match word.strip_prefix(self.letters.as_str()) {
            Some(rest) => !self.whole || ["", "s", "x"].contains(&rest),
            None => false,
        }
    }
}

#[derive(Debug)]
struct Pattern {
    parts: Vec<Part>,
    concept: u16,
    weak: bool,
}

/// Meanings that make a concept when they stand close together, in whatever order.
#[derive(Debug)]
struct Meeting {
    meanings: Vec<u16>,
    concept: u16,
    weak: bool,
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
    /// It is a hint only.
    pub weak: bool,
}

/// A list of concepts: a name, a group perhaps, and patterns. One a line: `name/group: pattern, pattern`; lines of one
/// name add up. `@one+other` is a meeting of two meanings of the thesaurus.
#[derive(Debug, Default)]
pub struct Lexicon {
    names: Vec<String>,
    groups: Vec<Option<String>>,
    patterns: Vec<Pattern>,
    meetings: Vec<Meeting>,
    /// Numbers of patterns by the first two letters of their first part.
    by_start: HashMap<[u8; 2], Vec<usize>>,
    /// Numbers of meetings by their first meaning.
    by_meaning: HashMap<u16, Vec<usize>>,
}

/// What volunteers do.
pub static HELP: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(include_str!("../../../data/duplicates/help.txt"), Some(&WORDS)));
/// For whom. Publics of the group `age` exclude each other.
pub static PUBLICS: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(include_str!("../../../data/duplicates/publics.txt"), None));
/// Words that mean the same. Those of the group `action` say what is done.
pub static WORDS: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(include_str!("../../../data/duplicates/words.txt"), None));

impl Lexicon {
    /// Reads a list; lines that begin with `#` are for people.
    fn read(text: &str, thesaurus: Option<&Self>) -> Self {
        let mut lexicon = Self::default();
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        for (head, patterns) in lines.filter_map(|line| line.split_once(": ")) {
            let concept = lexicon.concept(head);
            for pattern in patterns.split(", ") {
                let (pattern, weak) = pattern.strip_suffix('?').map_or((pattern, false), |pattern| (pattern, true));
                match pattern.strip_prefix('@').zip(thesaurus) {
                    Some((names, thesaurus)) => {
                        let meanings = names.split('+').filter_map(|name| thesaurus.number(name)).collect();
                        lexicon.meet(Meeting { meanings, concept, weak });
                    }
                    None => {
                        let parts = pattern.split_whitespace().map(Part::read).collect();
                        lexicon.add(Pattern { parts, concept, weak });
                    }
                }
            }
        }
        lexicon
    }

    /// The number of a concept, new or known.
    fn concept(&mut self, head: &str) -> u16 {
        let (name, group) = head.split_once('/').map_or((head, None), |(name, group)| (name, Some(group)));
        self.number(name).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.groups.push(group.map(str::to_owned));
            u16::try_from(self.names.len() - 1).unwrap_or(u16::MAX)
        })
    }

    fn number(&self, name: &str) -> Option<u16> {
        self.names.iter().position(|known| known == name).and_then(|number| u16::try_from(number).ok())
    }

    fn add(&mut self, pattern: Pattern) {
        let start = pattern.parts.first().map(|part| start(&part.letters)).unwrap_or_default();
        self.by_start.entry(start).or_default().push(self.patterns.len());
        self.patterns.push(pattern);
    }

    fn meet(&mut self, meeting: Meeting) {
        if let Some(first) = meeting.meanings.first() {
            self.by_meaning.entry(*first).or_default().push(self.meetings.len());
            self.meetings.push(meeting);
        }
    }

    /// Where meanings, found in the same words, meet.
    pub fn meetings<'a>(&'a self, meant: &'a [Find]) -> impl Iterator<Item = Find> + 'a {
        meant.iter().flat_map(move |first| {
            let candidates = self.by_meaning.get(&first.concept).map(Vec::as_slice).unwrap_or_default();
            let meetings = candidates.iter().filter_map(|number| self.meetings.get(*number));
            let near = move |meaning: &u16| {
                meant.iter().any(|other| {
                    other.concept == *meaning && other.at != first.at && other.at.abs_diff(first.at) <= REACH
                })
            };
            meetings.filter(move |meeting| meeting.meanings[1..].iter().all(near)).map(move |meeting| Find {
                concept: meeting.concept,
                at: first.at,
                parts: meeting.meanings.len(),
                weak: meeting.weak,
            })
        })
    }

    /// Whether a concept is of a group.
    pub fn is_of(&self, concept: u16, group: &str) -> bool {
        self.groups.get(usize::from(concept)).is_some_and(|known| known.as_deref() == Some(group))
    }

    /// All finds in words as they sound, in their order.
    pub fn find<'a>(&'a self, words: &'a [&'a str]) -> impl Iterator<Item = Find> + 'a {
        words.iter().enumerate().flat_map(move |(at, word)| {
            let candidates = self.by_start.get(&start(word)).map(Vec::as_slice).unwrap_or_default();
            let patterns = candidates.iter().filter_map(|number| self.patterns.get(*number));
            patterns.filter(move |pattern| fits(&pattern.parts, &words[at..])).map(move |pattern| Find {
                concept: pattern.concept,
                at,
                parts: pattern.parts.len(),
                weak: pattern.weak,
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
        let sounds: Vec<String> = folded.split_whitespace().map(sound).collect();
        let words: Vec<&str> = sounds.iter().map(String::as_str).collect();
        lexicon.find(&words).map(|find| find.concept).collect()
    }

    #[test]
    fn a_pattern_is_beginnings_of_words_close_together() {
        let lexicon = Lexicon::read("# for people\nblood: don sang\nsea/place: mer., plage\n", None);
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
