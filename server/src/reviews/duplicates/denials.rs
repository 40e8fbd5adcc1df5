//! What an offer says, and what it denies: «aucune vente», «vous ne conduisez pas», «le tri est fait par une autre équipe».
//! Whoever writes so knows of an offer next to this one, which is another.

use super::text::{is_article, sound, split};

/// How many words a denial takes with it, within its clause.
const DENIED: usize = 4;

/// The words of a text as they sound, without articles.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// What is said.
    pub words: Vec<String>,
    /// What is denied.
    pub denied: Vec<String>,
}

/// A denial: so many words are it, so many after it are not said, and so many are denied.
struct Denial {
    step: usize,
    denied: std::ops::Range<usize>,
}

/// Of what is not done.
const NOT: [&str; 4] = ["pas", "plus", "jamais", "rien"];
const WHO: [&str; 7] = ["tu", "on", "vous", "nous", "il", "elle", "ils"];
/// What is not had, by those who are helped: «ceux qui n'ont pas d'auto».
const HAVE: [&str; 6] = ["a", "ont", "ai", "ayant", "avoir", "avons"];
/// What is not asked of those who help: «aucun diplôme exigé», «pas besoin d'être juriste». Begins a word.
const ASKED: [&str; 9] =
    ["exig", "requi", "necessaire", "obligatoire", "indispensable", "diplome", "niveau", "besoin", "experience"];

/// Whether a denial begins at a word.
fn denial(words: &[&str], at: usize) -> Option<Denial> {
    let word = |from: usize| words.get(at + from).copied().unwrap_or_default();
    let before = at.checked_sub(1).map(|before| words[before]).unwrap_or_default();
    let is_asked = words.iter().any(|word| ASKED.iter().any(|start| word.starts_with(start)));
    let denied = |from: usize, is: bool| if is && !is_asked { from..from + DENIED } else { 0..0 };
    let of = |step: usize, is: bool| Denial { step: step + DENIED, denied: denied(at + step, is) };
    // The verb, its «pas», and what comes after.
    let verb = |verb: usize, is: bool| {
        let range = denied(at + verb + 2, is);
        Denial { step: verb + 2, denied: if range.is_empty() { range } else { at + verb..range.end } }
    };
    let has = |word: &str| HAVE.contains(&word);
    match (word(0), word(1), word(2)) {
        // «Qu'aucun ancien n'attende»
        ("aucun" | "aucune", ..) if before == "qu" => Some(Denial { step: 1, denied: 0..0 }),
        ("aucun" | "aucune", ..) => Some(of(1, true)),
        ("ni", ..) => Some(of(1, at == 0)),
        ("hors", ..) => Some(Denial { step: 1, denied: at + 1..at + 1 + DENIED }),
        ("pas" | "jamais", "de" | "d" | "besoin", _) => Some(of(2, !has(before))),
        ("rien", "a", _) => Some(of(2, true)),
        // «plus de bras» is more of them, «il n'y a plus de bras» none.
        ("plus", "de" | "d", _) if words[at.saturating_sub(4)..at].iter().any(|word| ["n", "ne"].contains(word)) => {
            Some(of(2, false))
        }
        // «vous ne triez pas»
        ("ne" | "n", is, not) if NOT.contains(&not) => Some(verb(1, !has(is) && is != "est")),
        ("ne" | "n", _, is) if NOT.contains(&word(3)) => Some(verb(2, !has(is))),
        // «on avance pas à pas»
        (_, _, "pas") if word(3) == "a" && word(4) == "pas" => None,
        // «on ramasse rien»
        (who, is, not) if WHO.contains(&who) && NOT.contains(&not) => Some(verb(1, !has(is))),
        _ => None,
    }
}

/// Whether a clause tells what others do.
fn is_of_others(words: &[&str]) -> bool {
    words.windows(2).any(|two| {
        matches!(
            two,
            ["autre", "equipe"]
                | ["autres", "equipes" | "collegues" | "mains" | "benevoles"]
                | ["affaire", "d"]
                | ["deja", "prevu" | "prevue" | "prevus" | "prevues"]
        )
    }) || words.windows(3).any(|three| matches!(three, ["par" | "est", "d", "autres"]))
}

/// Reads a folded text.
pub fn said(folded: &str) -> Said {
    let mut text = Said::default();
    let heard =
        |words: &[&str]| words.iter().filter(|word| !is_article(word)).map(|word| sound(word)).collect::<Vec<_>>();
    for clause in folded.split(['.', ',', ';', ':', '!', '?', '(', ')', '\n', '/']) {
        let words = split(clause);
        if is_of_others(&words) {
            text.denied.extend(heard(&words));
            continue;
        }
        let mut at = 0;
        while at < words.len() {
            if let Some(Denial { step, denied }) = denial(&words, at) {
                text.denied.extend(heard(&words[denied.start.min(words.len())..denied.end.min(words.len())]));
                at += step;
            } else {
                text.words.extend(heard(&words[at..=at]));
                at += 1;
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_denied_is_not_said() {
        assert_eq!(said("on sert la soupe, pas de colis alimentaires. aucun soin").words, ["sert", "soupe"]);
        assert_eq!(said("vous ne triez pas les vetements").words, ["vous", "vetements"]);
        assert_eq!(said("personnes sans domicile").words, ["persones", "sans", "domicile"]);
    }

    #[test]
    fn what_is_denied_is_kept_apart() {
        let denied = |text: &str| said(text).denied;
        assert_eq!(denied("reparer ; aucune vente"), ["vente"]);
        assert_eq!(denied("vous ne conduisez pas"), ["konduises", "pas"]);
        assert_eq!(denied("cette fois on ramasse rien"), ["ramase", "rien"]);
        assert_eq!(
            denied("rien a distribuer, le tri est fait par une autre equipe"),
            ["distribuer", "tri", "est", "fait", "autre", "ekipe"]
        );
        assert!(denied("on avance pas a pas, aucun diplome exige, ceux qui n'ont pas d'auto").is_empty());
        assert!(denied("qu'aucun ancien n'attende, plus de bras, plus de 60 ans").is_empty());
    }
}
