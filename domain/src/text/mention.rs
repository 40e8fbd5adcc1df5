//! What a text speaks of, told by how its words begin.

use super::fold;

/// So many words before a mention can deny it: «nous n’avons pas d’encadrant».
const BEFORE: usize = 3;
/// So many words after it can: «tronçonneuse strictement interdite».
const AFTER: usize = 2;
/// Words that deny what follows.
const NOT: [&str; 9] = ["pas", "sans", "aucun", "aucune", "jamais", "ni", "not", "no", "without"];
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

impl Signs {
    /// Reads phrases that are apart by commas: `toit, en hauteur, scie.`.
    pub fn read(list: &str) -> Self {
        let phrases = list.split(',').map(|phrase| phrase.split_whitespace().map(fold).collect::<Vec<_>>());
        Self(phrases.filter(|phrase| !phrase.is_empty()).collect())
    }

    /// Where a text speaks of it for the first time, by each phrase; what is not denied comes first.
    pub fn in_text(&self, text: &str) -> Vec<Mention> {
        let mut found: Vec<Mention> = Vec::new();
        for sentence in text.split(['.', '!', '?', ';', ':', '\n']) {
            let written: Vec<&str> =
                sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
            let folded: Vec<String> = written.iter().map(|word| fold(word)).collect();
            for at in 0..folded.len() {
                let Some(length) = self.at(&folded[at..]) else { continue };
                let words = written[at..at + length].join(" ");
                if found.iter().all(|mention| fold(&mention.words) != fold(&words)) {
                    found.push(Mention { words, denied: denied(&folded, at, length) });
                }
            }
        }
        found.sort_by_key(|mention| mention.denied);
        found
    }

    /// The length of the longest phrase that words begin with.
    fn at(&self, words: &[String]) -> Option<usize> {
        let stands = |phrase: &&Vec<String>| {
            phrase.len() <= words.len() && phrase.iter().zip(words).all(|(sign, word)| is(sign, word))
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

fn denied(words: &[String], at: usize, length: usize) -> bool {
    let before = &words[at.saturating_sub(BEFORE)..at];
    let after = words.iter().skip(at + length).take(AFTER);
    before.iter().any(|word| NOT.contains(&word.as_str()))
        || after.into_iter().any(|word| FORBIDDEN.iter().any(|sign| word.starts_with(sign)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(signs: &str, text: &str) -> Vec<(String, bool)> {
        let mentions = Signs::read(signs).in_text(text).into_iter();
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
    fn no_sign_tells_of_nothing() {
        assert_eq!(Signs::read(" , ,"), Signs::default());
        assert_eq!(found("", "Tout va bien"), []);
    }
}
