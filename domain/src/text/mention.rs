//! What a text speaks of, told by how its words begin.

use super::fold;

/// So many words before a mention can deny it: «nous n’avons pas d’encadrant».
const BEFORE: usize = 3;
/// So many words after it can: «tronçonneuse strictement interdite».
const AFTER: usize = 2;
/// Words that deny what follows.
const NOT: [&str; 9] = ["pas", "sans", "aucun", "aucune", "jamais", "ni", "not", "no", "without"];
/// What people are «without» who are called so.
const PEOPLE_WITHOUT: [&str; 4] = ["abri", "domicile", "logis", "papiers"];
/// How words begin that deny what goes before.
const FORBIDDEN: [&str; 4] = ["interdit", "exclu", "proscrit", "forbidden"];

/// Phrases that tell of one thing. Each word is how a folded word begins; with a final dot, it is that very word or its plural.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signs(Vec<Vec<String>>);

/// Where a text speaks of something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The words, as they are written.
    pub words: String,
    /// Whether they are said not to be so: «sans encadrement».
    pub denied: bool,
}

/// A text whose words were folded: many signs are looked for in it.
#[derive(Debug, Clone, Default)]
pub struct Words<'a>(Vec<Vec<(&'a str, String)>>);

impl<'a> Words<'a> {
    /// Reads a text, a part of a sentence after the other: what is denied in one is not in the next.
    pub fn of(text: &'a str) -> Self {
        let parts = text.split(['.', '!', '?', ';', ':', ',', '\n', '(', ')']).map(|part| {
            let written = part.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            written.map(|word| (word, fold(word))).collect::<Vec<_>>()
        });
        Self(parts.filter(|words| !words.is_empty()).collect())
    }
}

impl Signs {
    /// Reads phrases that are apart by commas: `toit, en hauteur, scie.`.
    pub fn read(list: &str) -> Self {
        let phrases = list.split(',').map(|phrase| phrase.split_whitespace().map(fold).collect::<Vec<_>>());
        Self(phrases.filter(|phrase| !phrase.is_empty()).collect())
    }

    /// Where a text speaks of it, once by each way of saying it; what is not denied comes first.
    pub fn in_words(&self, text: &Words<'_>) -> Vec<Mention> {
        let mut found: Vec<Mention> = Vec::new();
        for part in &text.0 {
            for at in 0..part.len() {
                let Some(length) = self.at(&part[at..]) else { continue };
                let words = part[at..at + length].iter().map(|(written, _)| *written).collect::<Vec<_>>().join(" ");
                let denied = denied(part, at, length);
                match found.iter_mut().find(|mention| fold(&mention.words) == fold(&words)) {
                    Some(known) => known.denied &= denied,
                    None => found.push(Mention { words, denied }),
                }
            }
        }
        found.sort_by_key(|mention| mention.denied);
        found
    }

    /// The length of the longest phrase that words begin with.
    fn at(&self, words: &[(&str, String)]) -> Option<usize> {
        let stands = |phrase: &&Vec<String>| {
            phrase.len() <= words.len() && phrase.iter().zip(words).all(|(sign, (_, word))| is(sign, word))
        };
        self.0.iter().filter(stands).map(Vec::len).max()
    }
}

fn is(sign: &str, word: &str) -> bool {
    match sign.strip_suffix('.') {
        Some(whole) => word.strip_prefix(whole).is_some_and(|rest| matches!(rest, "" | "s" | "x")),
        None => word.starts_with(sign),
    }
}

fn denied(words: &[(&str, String)], at: usize, length: usize) -> bool {
    let from = at.saturating_sub(BEFORE);
    let mut after = words.iter().skip(at + length).take(AFTER);
    let denies = |index: usize| {
        let word = words[index].1.as_str();
        let next = words.get(index + 1).map_or("", |(_, next)| next.as_str());
        // «Sans-abri» are people.
        NOT.contains(&word) && !(word == "sans" && PEOPLE_WITHOUT.contains(&next))
    };
    (from..at).any(denies) || after.any(|(_, word)| FORBIDDEN.iter().any(|sign| word.starts_with(sign)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(signs: &str, text: &str) -> Vec<(String, bool)> {
        let mentions = Signs::read(signs).in_words(&Words::of(text)).into_iter();
        mentions.map(|mention| (mention.words, mention.denied)).collect()
    }

    #[test]
    fn words_are_told_by_how_they_begin_whatever_their_accents() {
        assert_eq!(found("tronconneu", "Venez avec votre Tronçonneuse."), [("Tronçonneuse".to_owned(), false)]);
        assert_eq!(
            found("toit", "des toitures, des toits"),
            [("toitures".to_owned(), false), ("toits".to_owned(), false)]
        );
        assert_eq!(found("toit", "l’étroit passage"), []);
    }

    #[test]
    fn a_dot_asks_for_the_very_word_or_its_plural() {
        assert_eq!(found("scie.", "des scies et la scierie"), [("scies".to_owned(), false)]);
    }

    #[test]
    fn a_phrase_is_found_within_a_sentence_only() {
        assert_eq!(found("port charge", "le port des charges"), []);
        assert_eq!(found("port de charge", "Le port de charges lourdes"), [("port de charges".to_owned(), false)]);
        assert_eq!(found("en voiture", "On part en. Voiture conseillée."), []);
    }

    #[test]
    fn what_is_denied_is_told_so_and_comes_last() {
        assert_eq!(found("encadr", "Nous n’avons pas d’encadrant ce jour-là"), [("encadrant".to_owned(), true)]);
        assert_eq!(found("echel", "L’usage des échelles est interdit."), [("échelles".to_owned(), true)]);
        let both = found("encadr, responsab", "Pas d’encadrement la nuit. Une responsable est là le jour.");
        assert_eq!(both, [("responsable".to_owned(), false), ("encadrement".to_owned(), true)]);
        assert_eq!(found("toit", "Sans attendre, on monte sur le toit"), [("toit".to_owned(), false)]);
    }

    #[test]
    fn what_is_said_once_counts_whatever_was_denied_before() {
        let ladder = "Aucune échelle n’est à apporter. Vous monterez sur l’échelle de l’association.";
        assert_eq!(found("echelle.", ladder), [("échelle".to_owned(), false)]);
        assert_eq!(found("voiture", "Il n’y a pas de bus, voiture nécessaire"), [("voiture".to_owned(), false)]);
    }

    #[test]
    fn people_who_are_without_a_home_deny_nothing() {
        assert_eq!(found("en voiture", "Maraude auprès des sans-abri en voiture"), [("en voiture".to_owned(), false)]);
        assert_eq!(
            found("responsable", "Repas des sans domicile avec une responsable"),
            [("responsable".to_owned(), false)]
        );
        assert_eq!(found("responsable", "Une sortie sans responsable"), [("responsable".to_owned(), true)]);
    }

    #[test]
    fn no_sign_tells_of_nothing() {
        assert_eq!(Signs::read(" , ,"), Signs::default());
        assert_eq!(found("", "Tout va bien"), []);
    }
}
