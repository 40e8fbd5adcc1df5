//! Who cannot host volunteers of the civic reserve: the law of 27 January 2017 (2017-86) leaves out associations of
//! worship, political associations and unions. A name only raises the question; a person answers it.

use crate::text::fold;

states! {
    /// What a name may tell of an organisation that cannot host volunteers.
    pub enum Doubt {
        /// An association whose object is exclusively worship (law of 9 December 1905).
        Worship = "worship",
        /// A political party or group.
        Party = "party",
        /// A union of employees or employers.
        Union = "union",
    }
}

/// The words of a text, folded, between single spaces: what phrases are looked for in.
fn words(text: &str) -> String {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}

/// The words of a list that stand in a name as whole words, whatever their accents and capitals, with what they may tell.
pub fn doubts<'a>(name: &str, list: impl IntoIterator<Item = (Doubt, &'a str)>) -> Vec<(Doubt, &'a str)> {
    let name = words(name);
    let stands = |word: &str| {
        let sought = words(word);
        sought.trim().len() > 1 && name.contains(&sought)
    };
    list.into_iter().filter(|(_, word)| stands(word)).collect()
}
