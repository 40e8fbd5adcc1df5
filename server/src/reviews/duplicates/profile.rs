//! What of an offer is compared: worked out once for each version.

use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::NaiveDate;
use domain::text::fold;
use rust_stemmers::{Algorithm, Stemmer};

use super::lexicon::{HELP, Lexicon, PUBLICS, WORDS};

/// Words that are left out before anything is looked for.
const ARTICLES: &[&str] = &[
    "a", "au", "aux", "avec", "c", "ce", "ces", "d", "dans", "de", "des", "du", "en", "et", "j", "l", "la", "le",
    "les", "leur", "leurs", "m", "ma", "me", "mes", "mon", "n", "ne", "nos", "notre", "on", "ou", "par", "pour", "qu",
    "s", "sa", "se", "ses", "son", "sur", "un", "une", "vos", "votre", "y",
];
/// Words that every offer has.
const COMMON: &[&str] = &[
    "aide",
    "aider",
    "apres",
    "asso",
    "association",
    "aussi",
    "avant",
    "avoir",
    "benevole",
    "benevoles",
    "besoin",
    "bien",
    "bon",
    "bonne",
    "ca",
    "cet",
    "cette",
    "chaque",
    "cherche",
    "cherchons",
    "chez",
    "covid",
    "deux",
    "elle",
    "entre",
    "equipe",
    "equipes",
    "est",
    "etre",
    "faire",
    "fait",
    "faut",
    "fois",
    "fourni",
    "fournie",
    "fournis",
    "gants",
    "gel",
    "gens",
    "heure",
    "heures",
    "il",
    "ils",
    "je",
    "jour",
    "jours",
    "lui",
    "mais",
    "masque",
    "masques",
    "max",
    "meme",
    "merci",
    "min",
    "mini",
    "mission",
    "missions",
    "mois",
    "nous",
    "ont",
    "pas",
    "personne",
    "personnes",
    "peu",
    "plus",
    "quand",
    "quatre",
    "que",
    "qui",
    "recherche",
    "recherchons",
    "sans",
    "semaine",
    "si",
    "sont",
    "sous",
    "tout",
    "tous",
    "trois",
    "tu",
    "vers",
    "volontaire",
    "volontaires",
    "vous",
];
/// What each text counts: of help and words, then of publics.
const TITLE: (f32, f32) = (3.0, 1.5);
const GOAL: (f32, f32) = (1.5, 0.8);
const DESCRIPTION: (f32, f32) = (1.0, 0.5);
const PLACE: f32 = 0.7;
const BENEFICIARIES: f32 = 4.0;
/// A pattern of several words says more than one of a single word.
const SEVERAL: f32 = 1.5;
/// A word by itself says less than one whose meaning is known.
const STEM: f32 = 0.7;
/// Letters of a piece of text.
const GRAM: usize = 4;

/// What is done: the help itself, or something about those who give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The help itself.
    Doing,
    /// Training those who do it.
    Training,
    /// Planning for those who do it.
    Coordinating,
}

/// An offer, as text. Days are those of Europe/Paris.
#[derive(Debug, Clone, Default)]
pub struct Offer {
    /// Its title.
    pub title: String,
    /// What it is for.
    pub goal: String,
    /// What is done.
    pub description: String,
    /// Where, in words.
    pub place: String,
    /// Names of those whom it is for.
    pub beneficiaries: String,
    /// The part of the town; empty where it has none.
    pub part: String,
    /// Done from home.
    pub remote: bool,
    /// Its first and last day.
    pub days: Option<(NaiveDate, NaiveDate)>,
}

/// Numbers of things with what they count, in the order of the numbers.
pub type Weighed = Vec<(u32, f32)>;

/// An offer, ready to be compared.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Kinds of help.
    pub help: Weighed,
    /// Publics, wherever they are named.
    pub publics: Weighed,
    /// Publics that the beneficiaries name.
    pub told: Vec<u32>,
    /// Meanings and stems of words.
    pub words: Weighed,
    /// Meanings that say what is done.
    pub actions: Weighed,
    /// Pieces of title and goal, and of the place.
    pub grams: Vec<u32>,
    /// Pieces of the place.
    pub place: Vec<u32>,
    /// The help, its training or its planning.
    pub role: Role,
    /// The part of the town; empty where it has none.
    pub part: String,
    /// Parts of the town that it names.
    pub named: Vec<String>,
    /// Done from home.
    pub remote: bool,
    /// Its first and last day.
    pub days: Option<(NaiveDate, NaiveDate)>,
}

fn split(folded: &str) -> Vec<&str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// Adds up what stands under the same number.
fn gather(mut list: Weighed) -> Weighed {
    list.sort_by_key(|(number, _)| *number);
    list.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    list
}

fn number(of: &(impl Hash + ?Sized)) -> u32 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    u32::try_from(hasher.finish() & u64::from(u32::MAX)).unwrap_or_default()
}

/// The pieces of some words, each once.
fn grams(words: &[&str]) -> Vec<u32> {
    let text: Vec<char> = format!(" {} ", words.join(" ")).chars().collect();
    let mut pieces: Vec<u32> = text.windows(GRAM).map(number).collect();
    pieces.sort_unstable();
    pieces.dedup();
    pieces
}

fn concepts(lexicon: &Lexicon, words: &[&str], weight: f32) -> Weighed {
    let finds = lexicon.find(words);
    finds.map(|find| (u32::from(find.concept), if find.parts > 1 { weight * SEVERAL } else { weight })).collect()
}

fn publics(words: &[&str], weight: f32) -> Weighed {
    PUBLICS.find(words).map(|find| (u32::from(find.concept), weight)).collect()
}

/// Meanings, and the stems of words that have none in the list.
fn meanings(words: &[&str], weight: f32, stemmer: &Stemmer) -> (Weighed, Weighed) {
    let (mut all, mut actions, mut known) = (Weighed::new(), Weighed::new(), vec![false; words.len()]);
    for find in WORDS.find(words) {
        all.push((u32::from(find.concept), weight));
        if WORDS.is_of(find.concept, "action") {
            actions.push((u32::from(find.concept), weight));
        }
        known[find.at] |= find.parts == 1;
    }
    let rest = words.iter().zip(known).filter(|(word, known)| !known && word.len() > 2 && !COMMON.contains(word));
    // Numbers of meanings are small: a stem never takes one's place.
    all.extend(rest.map(|(word, _)| (number(stemmer.stem(word).as_ref()) | 0x8000_0000, weight * STEM)));
    (all, actions)
}

fn role(title: &[&str], goal: &[&str]) -> Role {
    let begins = |words: &[&str], starts: &[&str]| words.iter().any(|word| starts.iter().any(|s| word.starts_with(s)));
    let trains = |words| begins(words, &["former", "formateur", "formatrice", "formez"]);
    if trains(title) || trains(goal) || begins(title, &["formation"]) {
        Role::Training
    } else if begins(&[title, goal].concat(), &["coordin", "planning", "referent"]) {
        Role::Coordinating
    } else {
        Role::Doing
    }
}

impl Profile {
    /// Works it out; `parts` are the names of the town's parts.
    pub fn of(offer: &Offer, parts: &[String]) -> Self {
        let folded =
            [&offer.title, &offer.goal, &offer.description, &offer.place, &offer.beneficiaries].map(|t| fold(t));
        let [title, goal, description, place, beneficiaries] = folded.each_ref().map(|text| split(text));
        let kept = |words: &[&'_ str]| -> Vec<String> {
            words.iter().filter(|word| !ARTICLES.contains(word)).map(|word| (*word).to_owned()).collect()
        };
        let owned = [&title, &goal, &description, &place, &beneficiaries].map(|words| kept(words));
        let [t, g, d, p, b] = owned.each_ref().map(|words| words.iter().map(String::as_str).collect::<Vec<_>>());
        let stemmer = Stemmer::create(Algorithm::French);
        let (mut help, mut words, mut actions) = (Weighed::new(), Weighed::new(), Weighed::new());
        for (text, weight) in [(&t, TITLE.0), (&g, GOAL.0), (&d, DESCRIPTION.0), (&p, PLACE)] {
            help.extend(concepts(&HELP, text, weight));
            let (meant, done) = meanings(text, weight, &stemmer);
            words.extend(meant);
            actions.extend(done);
        }
        let whom = [(&b, BENEFICIARIES), (&t, TITLE.1), (&g, GOAL.1), (&d, DESCRIPTION.1)];
        let all = [title.clone(), goal.clone(), description, place.clone(), beneficiaries].concat();
        Self {
            help: gather(help),
            publics: gather(whom.into_iter().flat_map(|(text, weight)| publics(text, weight)).collect()),
            told: gather(publics(&b, 1.0)).into_iter().map(|(number, _)| number).collect(),
            words: gather(words),
            actions: gather(actions),
            role: role(&title, &goal),
            grams: grams(&[title, goal].concat()),
            place: grams(&place),
            named: parts.iter().filter(|part| **part != offer.part && names(&all, part)).cloned().collect(),
            part: offer.part.clone(),
            remote: offer.remote,
            days: offer.days,
        }
    }
}

/// Whether a text names a part of a town. «Centre» alone is many things (a leisure centre, a vaccination centre).
fn names(text: &[&str], part: &str) -> bool {
    let folded = fold(part);
    let name: Vec<&str> =
        split(&folded).into_iter().filter(|word| !ARTICLES.contains(word) && *word != "quartier").collect();
    if name.first() == Some(&"centre") {
        let middle = |three: &[&str]| {
            three[1] == "centre" && ["le", "du", "au"].contains(&three[0]) && ["et", "ou", "port"].contains(&three[2])
        };
        let two = |two: &[&str]| {
            two[0] == "centre" && ["ville", "ancien"].contains(&two[1])
                || two[1] == "centre" && ["vieux", "hyper"].contains(&two[0])
        };
        return text.windows(2).any(two) || text.windows(3).any(middle);
    }
    !name.is_empty() && text.windows(name.len()).any(|words| words == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_in_full() {
        let text = fold("Secteur plage / Mar-Vivo, entre le port et le vieux centre, au centre social");
        let words = split(&text);
        assert!(names(&words, "Mar-Vivo") && names(&words, "Centre-ville"));
        assert!(!names(&words, "Porte Marine") && !names(&words, "Berthe"));
        let text = fold("au centre de vaccination");
        assert!(!names(&split(&text), "Centre-ville"));
    }

    #[test]
    fn training_and_planning_are_not_the_help() {
        let role_of = |title: &str| Profile::of(&Offer { title: title.to_owned(), ..Offer::default() }, &[]).role;
        assert_eq!(role_of("Former les volontaires aux appels"), Role::Training);
        assert_eq!(role_of("Coordination des équipes du centre"), Role::Coordinating);
        assert_eq!(role_of("Accueil du public"), Role::Doing);
    }
}
