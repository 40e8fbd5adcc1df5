//! Whether two organisations may be one: by their numbers, their names, how they are reached. The score proposes; a
//! person decides.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::text::fold;

/// From this score on, somebody is asked.
pub const LIKELY: u32 = 40;
/// From this likeness of names on, in percent, they count as near.
const NEAR: u32 = 66;
/// Words that tell no association from another.
const STOP_WORDS: &[&str] = &[
    "a",
    "ai",
    "aux",
    "asso",
    "assoc",
    "association",
    "associations",
    "au",
    "avec",
    "ami",
    "amie",
    "amies",
    "amis",
    "d",
    "de",
    "des",
    "du",
    "en",
    "et",
    "l",
    "la",
    "le",
    "les",
    "loi",
    "pour",
    "par",
    "sur",
    "un",
    "une",
    "1901",
    "1908",
    "sarl",
    "sas",
    "scop",
    "scic",
    "eurl",
    "fondation",
    "federation",
    "section",
    "antenne",
    "comite",
    "local",
    "locale",
];
/// Where many have their e-mail: sharing it tells nothing.
const PROVIDERS: &[&str] = &[
    "aol.com",
    "bbox.fr",
    "club-internet.fr",
    "free.fr",
    "gmail.com",
    "gmx.fr",
    "hotmail.com",
    "hotmail.fr",
    "icloud.com",
    "laposte.net",
    "live.fr",
    "mailo.com",
    "neuf.fr",
    "numericable.fr",
    "orange.fr",
    "outlook.com",
    "outlook.fr",
    "protonmail.com",
    "proton.me",
    "sfr.fr",
    "wanadoo.fr",
    "yahoo.com",
    "yahoo.fr",
];

/// What tells an organisation from another, as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// Its name.
    pub name: String,
    /// National number of an association.
    pub rna: Option<String>,
    /// Number of an establishment.
    pub siret: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// Web address.
    pub website: Option<String>,
}

impl Card {
    /// The same text for the same card, to be hashed: what was said of a pair holds as long as neither changes.
    pub fn canonical(&self) -> String {
        let rest = [&self.rna, &self.siret, &self.email, &self.phone, &self.website];
        let rest = rest.map(|value| value.as_deref().unwrap_or_default());
        [self.name.as_str()].into_iter().chain(rest).collect::<Vec<_>>().join("\n")
    }
}

/// A card, read for comparing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    words: BTreeSet<String>,
    triples: BTreeSet<[char; 3]>,
    rna: Option<String>,
    siret: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    site: Option<String>,
}

/// Why two organisations may be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Alike {
    /// The same RNA number.
    Rna,
    /// The same SIRET number.
    Siret,
    /// Two establishments of the same organisation: the same SIREN number.
    Siren,
    /// The same name, but for words that tell nothing.
    Name,
    /// So many percent of the same name.
    NearName(u32),
    /// The same e-mail.
    Email,
    /// The same phone.
    Phone,
    /// The same site, or e-mails of the same domain.
    Site,
}

impl Alike {
    /// How much it tells by itself, out of 100.
    const fn weight(self) -> u32 {
        match self {
            Self::Rna | Self::Siret => 100,
            Self::Siren => 85,
            Self::Name => 80,
            Self::NearName(percent) => percent.saturating_sub(NEAR) + 40,
            Self::Email => 60,
            Self::Site => 45,
            Self::Phone => 42,
        }
    }
}

/// How much two organisations are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// 0 to 100.
    pub score: u32,
    /// Why, the strongest first.
    pub reasons: Vec<Alike>,
}

impl Profile {
    /// Reads a card. The words of the town's own name tell nothing there.
    pub fn read(card: &Card, town: &str) -> Self {
        let (place, all) = (split(town), split(&card.name));
        let mut words: BTreeSet<String> = all
            .iter()
            .filter(|word| !STOP_WORDS.contains(&word.as_str()) && !place.contains(*word))
            .map(|word| stem(word))
            .collect();
        if words.is_empty() {
            words = all.into_iter().collect();
        }
        let email = card.email.as_deref().map(str::to_lowercase);
        Self {
            triples: triples(&words),
            words,
            rna: card.rna.clone(),
            siret: card.siret.clone(),
            phone: card.phone.clone(),
            site: card.website.as_deref().and_then(host).or_else(|| email.as_deref().and_then(own_domain)),
            email,
        }
    }

    /// How much two are alike; `None` where nobody need be asked.
    pub fn likeness(&self, other: &Self) -> Option<Likeness> {
        let same = |one: &Option<String>, two: &Option<String>| one.is_some() && one == two;
        let mut reasons = Vec::new();
        if same(&self.rna, &other.rna) {
            reasons.push(Alike::Rna);
        }
        if same(&self.siret, &other.siret) {
            reasons.push(Alike::Siret);
        } else if self.siren().is_some() && self.siren() == other.siren() {
            reasons.push(Alike::Siren);
        }
        match self.same_name(other) {
            100 => reasons.push(Alike::Name),
            near if near >= NEAR => reasons.push(Alike::NearName(near)),
            _ => {}
        }
        if same(&self.email, &other.email) {
            reasons.push(Alike::Email);
        } else if same(&self.site, &other.site) {
            reasons.push(Alike::Site);
        }
        if same(&self.phone, &other.phone) {
            reasons.push(Alike::Phone);
        }
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.weight()));
        let score = score(&reasons);
        (score >= LIKELY).then_some(Likeness { score, reasons })
    }

    fn siren(&self) -> Option<&str> {
        self.siret.as_deref().and_then(|siret| siret.get(..9))
    }

    /// How much of the name is the same, in percent: by words, or by threes of letters where a letter is wrong.
    fn same_name(&self, other: &Self) -> u32 {
        if self.words == other.words {
            return 100;
        }
        let words = share(self.words.intersection(&other.words).count(), self.words.len() + other.words.len());
        let letters =
            share(self.triples.intersection(&other.triples).count(), self.triples.len() + other.triples.len());
        words.max(letters).min(99)
    }
}

/// Each reason leaves less doubt than there was without it.
fn score(reasons: &[Alike]) -> u32 {
    let doubt = reasons.iter().fold(100, |doubt, reason| doubt * (100 - reason.weight().min(100)) / 100);
    100 - doubt
}

/// Dice's coefficient, in percent: twice what is common, of all.
fn share(common: usize, all: usize) -> u32 {
    u32::try_from((200 * common).checked_div(all).unwrap_or_default()).unwrap_or_default()
}

fn split(text: &str) -> Vec<String> {
    let folded = fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A word without the mark of its plural.
fn stem(word: &str) -> String {
    let bare = word.trim_end_matches(['s', 'x']);
    if bare.len() >= 4 { bare.to_owned() } else { word.to_owned() }
}

/// Threes of letters that follow one another, with the ends of the words.
fn triples(words: &BTreeSet<String>) -> BTreeSet<[char; 3]> {
    let mut triples = BTreeSet::new();
    for word in words {
        let letters: Vec<char> = format!(" {word} ").chars().collect();
        triples.extend(letters.windows(3).filter_map(|three| <[char; 3]>::try_from(three).ok()));
    }
    triples
}

/// The domain of an e-mail that is not at a provider's.
pub fn own_domain(email: &str) -> Option<String> {
    let domain = email.rsplit_once('@')?.1.to_lowercase();
    (!PROVIDERS.contains(&domain.as_str())).then_some(domain)
}

/// The host of a web address, without what many begin with.
fn host(address: &str) -> Option<String> {
    let lower = address.to_lowercase();
    let rest = lower.split_once("://").map_or(lower.as_str(), |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then(|| host.to_owned())
}
