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
    /// Which words they are: a bit for each, from the first on.
    pub words: u32,
    /// It is a hint only.
    pub weak: bool,
}

/// Whom a concept stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Group {
    name: String,
    /// From and to which age.
    years: Option<(u16, u16)>,
}

impl Group {
    /// «age 6 11»
    fn read(text: &str) -> Self {
        let mut words = text.split_whitespace();
        let name = words.next().unwrap_or_default().to_owned();
        let mut year = || words.next().and_then(|year| year.parse().ok());
        Self { name, years: year().zip(year()) }
    }
}

/// A list of concepts: a name, a group perhaps, and patterns. One a line: `name/group: pattern, pattern`; lines of one
/// name add up. `@one+other` is a meeting of two meanings of the thesaurus. A group may have years: `age 6 11`.
#[derive(Debug, Default)]
pub struct Lexicon {
    names: Vec<String>,
    groups: Vec<Group>,
    patterns: Vec<Pattern>,
    meetings: Vec<Meeting>,
    /// Numbers of patterns by the first letters of their first part.
    by_start: HashMap<Start, Vec<usize>>,
    /// Numbers of meetings by their first meaning.
    by_meaning: HashMap<u16, Vec<usize>>,
}

/// What is done, to what, and for whom.
const THESAURUS: &str = concat!(
    include_str!("../../../data/duplicates/words-acts.txt"),
    include_str!("../../../data/duplicates/words-things.txt"),
    include_str!("../../../data/duplicates/words-people.txt"),
);

/// What volunteers do.
pub static HELP: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(include_str!("../../../data/duplicates/help.txt"), Some(&WORDS)));
/// Words that speak for a mission of a kind, by themselves only a little.
pub static SCENES: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(include_str!("../../../data/duplicates/scenes.txt"), None));
/// For whom. Publics of the group `age` exclude each other.
pub static PUBLICS: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(include_str!("../../../data/duplicates/publics.txt"), None));
/// Words that mean the same. Those of the group `action` say what is done.
pub static WORDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(THESAURUS, None));

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
            self.groups.push(group.map(Group::read).unwrap_or_default());
            u16::try_from(self.names.len() - 1).unwrap_or(u16::MAX)
        })
    }

    fn number(&self, name: &str) -> Option<u16> {
        self.names.iter().position(|known| known == name).and_then(|number| u16::try_from(number).ok())
    }

    fn add(&mut self, pattern: Pattern) {
        let start = pattern.parts.first().map(|part| start(part.letters.as_bytes())).unwrap_or_default();
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
                words: 1,
                weak: meeting.weak,
            })
        })
    }

    /// Whether a concept is of a group.
    pub fn is_of(&self, concept: u16, group: &str) -> bool {
        self.groups.get(usize::from(concept)).is_some_and(|known| known.name == group)
    }

    /// All finds in words as they sound, in their order.
    pub fn find<'a>(&'a self, words: &'a [&'a str]) -> impl Iterator<Item = Find> + 'a {
        words.iter().enumerate().flat_map(move |(at, word)| {
            let candidates = starts(word).filter_map(|start| self.by_start.get(&start)).flatten();
            let patterns = candidates.filter_map(|number| self.patterns.get(*number));
            patterns.filter_map(move |pattern| {
                let matched = fits(&pattern.parts, &words[at..])?;
                Some(Find {
                    concept: pattern.concept,
                    at,
                    parts: pattern.parts.len(),
                    words: matched,
                    weak: pattern.weak,
                })
            })
        })
    }

    /// As [`Self::find`], but what several words name is not read again in fewer of them.
    pub fn longest(&self, words: &[&str]) -> Vec<Find> {
        let found: Vec<Find> = self.find(words).collect();
        let of = |find: &Find| {
            let (at, bits) = (find.at, find.words);
            (0..u32::BITS).zip(at..).filter(move |(bit, _)| bits >> bit & 1 == 1).map(|(_, word)| word)
        };
        let mut most = vec![0; words.len()];
        for find in &found {
            of(find).for_each(|word| most[word] = most[word].max(find.parts));
        }
        found.into_iter().filter(|find| of(find).all(|word| most[word] <= find.parts)).collect()
    }

    /// The ages that a concept stands for.
    pub fn years(&self, concept: u16) -> Option<(u16, u16)> {
        self.groups.get(usize::from(concept))?.years
    }

    /// What a concept is called.
    pub fn name(&self, concept: u16) -> &str {
        self.names.get(usize::from(concept)).map(String::as_str).unwrap_or_default()
    }

    /// How many concepts there are.
    pub fn count(&self) -> usize {
        self.names.len()
    }
}

/// The first letters of a pattern, under which it is found: all of a shorter one.
type Start = [u8; 4];

fn start(letters: &[u8]) -> Start {
    let mut start = Start::default();
    start.iter_mut().zip(letters).for_each(|(place, letter)| *place = *letter);
    start
}

/// All that patterns which fit a word can start with.
fn starts(word: &str) -> impl Iterator<Item = Start> {
    let most = word.len().min(Start::default().len());
    (1..=most).map(|letters| start(&word.as_bytes()[..letters]))
}

/// Which words the parts are, if they follow each other from the first word on: a bit for each.
fn fits(parts: &[Part], words: &[&str]) -> Option<u32> {
    let (first, others) = parts.split_first()?;
    if !first.fits(words.first()?) {
        return None;
    }
    let (mut at, mut bits) = (1, 1_u32);
    for part in others {
        let step = words.iter().skip(at).take(GAP + 1).position(|word| part.fits(word))?;
        bits |= 1_u32.checked_shl(u32::try_from(at + step).unwrap_or(u32::MAX)).unwrap_or(0);
        at += step + 1;
    }
    Some(bits)
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
    fn what_several_words_name_is_not_read_again() {
        let lexicon = Lexicon::read("pupils/age 6 11: enfant\nill/apart: enfants malades\nsick: malade\n", None);
        let read = |words: &[&str]| lexicon.longest(words).iter().map(|find| find.concept).collect::<Vec<_>>();
        assert_eq!(read(&["enfants", "malades"]), [1]);
        assert_eq!(read(&["enfants", "ou", "vieux", "tres", "malades"]), [0, 2]);
        assert!(lexicon.is_of(0, "age") && lexicon.years(0) == Some((6, 11)) && lexicon.years(1).is_none());
    }

    #[test]
    fn the_lists_that_ship_are_whole() {
        for (list, least) in [(&*HELP, 80), (&*PUBLICS, 20), (&*WORDS, 70), (&*SCENES, 200)] {
            assert!(list.groups.len() >= least && list.groups.len() < usize::from(u16::MAX));
            assert!(list.patterns.iter().all(|pattern| !pattern.parts.is_empty()));
            assert!(list.patterns.iter().flat_map(|pattern| &pattern.parts).all(|part| !part.letters.is_empty()));
        }
    }
}
