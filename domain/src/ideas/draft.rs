//! The draft of a mission that an idea becomes: its words, without whom to call.

use crate::{missions::MissionContent, text::without_contact_details};

use super::IdeaLines;

/// Characters of the longest title that is made of an idea; the association finds a better one.
const LONGEST_TITLE: usize = 80;

/// The first sentence of an idea, or its beginning with «…»: how it is called in a list.
pub fn excerpt(what: &str) -> String {
    let (title, sentence) = (title(what), sentence(&without_contact_details(what)));
    if title.len() < sentence.len() { format!("{title}…") } else { title }
}

fn sentence(text: &str) -> String {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let sentence = first.split(['.', '!', '?', ';']).next().unwrap_or_default();
    sentence.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first sentence of an idea, or as many words of it as a title holds.
pub fn title(what: &str) -> String {
    let sentence = sentence(&without_contact_details(what));
    let mut title = String::new();
    for word in sentence.split_whitespace() {
        if title.chars().count() + word.chars().count() + 1 > LONGEST_TITLE {
            break;
        }
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(word);
    }
    // One word longer than a title.
    if title.is_empty() { sentence.chars().take(LONGEST_TITLE).collect() } else { title }
}

/// The beginning of a mission: a draft that the association completes. `labels` name whom it is for and when.
pub fn draft(idea: &IdeaLines, labels: (&str, &str)) -> MissionContent {
    let more = [(labels.0, &idea.whom), (labels.1, &idea.moment)];
    let more = more.into_iter().filter(|(_, text)| !text.is_empty()).map(|(label, text)| format!("{label} {text}"));
    let parts: Vec<String> = std::iter::once(idea.what.clone()).chain(more).collect();
    let content = MissionContent {
        title: title(&idea.what),
        description: without_contact_details(&parts.join("\n\n")),
        address: without_contact_details(&idea.place),
        ..MissionContent::default()
    };
    // Two harmless pieces may read as a number once they stand together.
    if content.check_draft().is_ok() {
        content
    } else {
        MissionContent { title: content.title, ..MissionContent::default() }
    }
}
