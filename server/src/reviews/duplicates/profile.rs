//! What of an offer is compared: worked out once for each version.

use std::{cmp::Ordering, ops::Deref};

use chrono::NaiveDate;
use domain::text::fold;
use rust_stemmers::{Algorithm, Stemmer};

use super::{
    denials::said,
    lexicon::{Find, HELP, PUBLICS, SCENES, WORDS},
    publics::{EXCLUSIVE, Told, of_axis},
    role::Role,
    text::{is_article, is_common, number, sketch, split},
};

/// What each text counts: of help and words, then of publics.
const TITLE: (f32, f32) = (3.0, 1.5);
const GOAL: (f32, f32) = (1.5, 0.8);
const BEGINNING: (f32, f32) = (1.5, 0.5);
const DESCRIPTION: (f32, f32) = (0.8, 0.4);
const PLACE: (f32, f32) = (0.5, 0.0);
const BENEFICIARIES: (f32, f32) = (0.5, 4.0);
/// Words of a description that tell what is done; the rest says how.
const FIRST: usize = 25;
/// A pattern of several words says more than one of a single word, and a hint less.
const SEVERAL: f32 = 2.0;
const HINT: f32 = 0.35;
/// A word by itself says less than one whose meaning is known.
const STEM: f32 = 0.7;
/// What offers deny to reassure: «aucun acte de soin», «on ne fait pas de cours».
const DISCLAIMED: [&str; 3] = ["enseigner", "soigner", "sante"];
/// So many scenes of an offer are kept, those that most words speak for.
const MOST: usize = 12;

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

/// Numbers of things with what they count, as they are gathered.
type Counts = Vec<(u32, f32)>;

/// Numbers of things with what they count, in the order of the numbers; what cosines need of them is worked out once.
#[derive(Debug, Clone, Default)]
pub struct Weighed {
    counts: Counts,
    dampened: Vec<f32>,
    size: f32,
}

impl From<Counts> for Weighed {
    fn from(counts: Counts) -> Self {
        let dampened: Vec<f32> = counts.iter().map(|(_, count)| count.ln_1p()).collect();
        let size = dampened.iter().map(|count| count.powi(2)).sum::<f32>().sqrt();
        Self { counts, dampened, size }
    }
}

impl Deref for Weighed {
    type Target = [(u32, f32)];

    fn deref(&self) -> &Self::Target {
        &self.counts
    }
}

impl Weighed {
    /// Cosine of two lists, each count dampened. 0 where one is empty.
    pub fn cosine(&self, other: &Self) -> f32 {
        let sizes = self.size * other.size;
        if sizes <= 0.0 {
            return 0.0;
        }
        let (mut left, mut right, mut product) = (0, 0, 0.0);
        while let (Some((one, _)), Some((than, _))) = (self.counts.get(left), other.counts.get(right)) {
            match one.cmp(than) {
                Ordering::Less => left += 1,
                Ordering::Greater => right += 1,
                Ordering::Equal => {
                    product += self.dampened[left] * other.dampened[right];
                    left += 1;
                    right += 1;
                }
            }
        }
        product / sizes
    }
}

/// An offer, ready to be compared.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Kinds of help.
    pub help: Weighed,
    /// Publics, wherever they are named.
    pub publics: Weighed,
    /// Origins, illnesses and languages among them, of which one excludes another.
    pub exclusive: [Vec<u32>; 3],
    /// Publics and ages that the beneficiaries name.
    pub told: Told,
    /// Scenes that its words speak for, the likeliest as 1.
    pub scenes: Weighed,
    /// Meanings and stems of words.
    pub words: Weighed,
    /// Meanings that say what is done.
    pub actions: Weighed,
    /// Meanings that say to what, or with what.
    pub things: Weighed,
    /// Meanings and stems of title and beneficiaries.
    pub head: Weighed,
    /// What stands for the wording of the description.
    pub sketch: Vec<u32>,
    /// Meanings of what it denies, in their order.
    pub denied: Vec<u32>,
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

/// Adds up what stands under the same number.
fn gather(mut list: Counts) -> Counts {
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

/// The kinds of help that some words name; how often one is named matters little.
fn help(words: &[&str], weight: f32) -> Counts {
    let meant: Vec<Find> = WORDS.find(words).collect();
    let found = HELP.find(words).chain(HELP.meetings(&meant)).map(|find| {
        let says = if find.weak {
            HINT
        } else if find.parts > 1 {
            SEVERAL
        } else {
            1.0
        };
        (u32::from(find.concept), says)
    });
    gather(found.collect()).into_iter().map(|(kind, says)| (kind, weight * says.min(2.0 * SEVERAL))).collect()
}

fn publics(words: &[&str], weight: f32) -> Counts {
    PUBLICS.longest(words).into_iter().map(|find| (u32::from(find.concept), weight)).collect()
}

/// The scenes that some words speak for: a word of few scenes says more than one of many.
fn scenes(words: &[&str], weight: f32) -> Counts {
    let number = |count: usize| f32::from(u16::try_from(count).unwrap_or(u16::MAX));
    let mut list = Counts::new();
    for word in words {
        let mut found: Vec<u32> = SCENES.find(&[word]).map(|find| u32::from(find.concept)).collect();
        found.sort_unstable();
        found.dedup();
        let says = weight * (number(SCENES.count()) / number(found.len().max(1))).ln();
        list.extend(found.into_iter().map(|scene| (scene, says)));
    }
    list
}

/// The scenes that stand out.
fn standing_out(mut scenes: Counts) -> Counts {
    scenes.sort_by(|one, other| other.1.total_cmp(&one.1));
    scenes.truncate(MOST);
    let most = scenes.first().map_or(1.0, |(_, says)| *says);
    scenes.iter_mut().for_each(|(_, says)| *says = (*says / most).powi(3));
    scenes.sort_by_key(|(scene, _)| *scene);
    scenes
}

/// Meanings, and the stems of words that have none in the list.
fn meanings(words: &[&str], weight: f32, stemmer: &Stemmer) -> (Counts, Counts) {
    let (mut all, mut actions, mut known) = (Counts::new(), Counts::new(), vec![false; words.len()]);
    for find in WORDS.find(words) {
        all.push((u32::from(find.concept), weight));
        if WORDS.is_of(find.concept, "act") {
            actions.push((u32::from(find.concept), weight));
        }
        known[find.at] |= find.parts == 1;
    }
    let rest = words.iter().zip(known).filter(|(word, known)| !known && word.len() > 2 && !is_common(word));
    // Numbers of meanings are small: a stem never takes one's place.
    all.extend(rest.map(|(word, _)| (number(stemmer.stem(word).as_ref()) | 0x8000_0000, weight * STEM)));
    (all, actions)
}

/// The meanings that are denied, but for those that everyone denies.
fn denials(words: &[&str]) -> Vec<u32> {
    let found =
        WORDS.find(words).map(|find| find.concept).filter(|concept| !DISCLAIMED.contains(&WORDS.name(*concept)));
    let mut meanings: Vec<u32> = found.map(u32::from).collect();
    meanings.sort_unstable();
    meanings.dedup();
    meanings
}

impl Profile {
    /// Works it out; `parts` are the names of the town's parts.
    pub fn of(offer: &Offer, parts: &[String]) -> Self {
        let folded =
            [&offer.title, &offer.goal, &offer.description, &offer.place, &offer.beneficiaries].map(|t| fold(t));
        let owned = folded.each_ref().map(|text| said(text));
        let [t, g, d, p, b] = owned.each_ref().map(|text| text.words.iter().map(String::as_str).collect::<Vec<_>>());
        let denied: Vec<&str> = owned.iter().flat_map(|text| &text.denied).map(String::as_str).collect();
        let (first, rest) = d.split_at(d.len().min(FIRST));
        let stemmer = Stemmer::create(Algorithm::French);
        let texts: [(&[&str], (f32, f32)); 6] =
            [(&t, TITLE), (&g, GOAL), (first, BEGINNING), (rest, DESCRIPTION), (&p, PLACE), (&b, BENEFICIARIES)];
        let (mut kinds, mut words, mut actions, mut whom) = <(Counts, Counts, Counts, Counts)>::default();
        let mut likely = Counts::new();
        for (text, (weight, of_publics)) in texts {
            kinds.extend(help(text, weight));
            likely.extend(scenes(text, weight));
            let (meant, done) = meanings(text, weight, &stemmer);
            words.extend(meant);
            actions.extend(done);
            whom.extend(publics(text, of_publics).into_iter().filter(|(_, weight)| *weight > 0.0));
        }
        let (words, whom) = (gather(words), gather(whom));
        let is_thing = |number: u32| u16::try_from(number).is_ok_and(|number| WORDS.is_of(number, "thing"));
        let things: Counts = words.iter().copied().filter(|(number, _)| is_thing(*number)).collect();
        let head = [meanings(&t, 1.0, &stemmer).0, meanings(&b, 0.7, &stemmer).0].concat();
        let [title, goal, description, place, beneficiaries] = folded.each_ref().map(|text| split(text));
        let role = Role::of([&title, &goal, &description, &beneficiaries]);
        let all = [title.as_slice(), &goal, &description, &place, &beneficiaries].concat();
        Self {
            help: gather(kinds).into(),
            exclusive: EXCLUSIVE.map(|axis| of_axis(&whom, axis)),
            publics: whom.into(),
            told: Told::of(&b, [&t, &g]),
            scenes: standing_out(gather(likely)).into(),
            words: words.into(),
            actions: gather(actions).into(),
            things: things.into(),
            head: gather(head).into(),
            denied: denials(&denied),
            role,
            sketch: sketch(&description),
            named: parts
                .iter()
                .filter(|part| **part != offer.part && (names(&all, part) || is_in_the_centre(&place, part)))
                .cloned()
                .collect(),
            part: offer.part.clone(),
            remote: offer.remote,
            days: offer.days,
        }
    }
}

/// Whether a text names a part of a town. «Centre» alone is many things (a leisure centre, a vaccination centre).
fn names(text: &[&str], part: &str) -> bool {
    let folded = fold(part);
    let name: Vec<&str> = split(&folded).into_iter().filter(|word| !is_article(word) && *word != "quartier").collect();
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

/// Whether a place lies in, or beside, the centre of the town: «à deux pas du port et du centre», but not «centre social».
fn is_in_the_centre(place: &[&str], part: &str) -> bool {
    const ELSE: [&str; 20] = [
        "aere",
        "animation",
        "animalier",
        "associatif",
        "commercial",
        "communal",
        "culturel",
        "d",
        "de",
        "des",
        "dramatique",
        "du",
        "equestre",
        "hospitalier",
        "loisirs",
        "medical",
        "nautique",
        "social",
        "socioculturel",
        "sportif",
    ];
    split(&fold(part)).first() == Some(&"centre")
        && place.iter().enumerate().any(|(at, word)| {
            let before = at.checked_sub(1).and_then(|before| place.get(before));
            let after = place.get(at + 1);
            *word == "centre"
                && before.is_none_or(|before| ["le", "du", "au", "en", "plein", "vieux", "hyper"].contains(before))
                && after.is_none_or(|after| !ELSE.contains(after))
        })
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
}
