//! What several pages of ideas show.

use domain::ideas::{IdeaLines, IdeaMessage, IdeaStatus};
use leptos::prelude::*;

use crate::{
    i18n::{k::ideas as i, texts},
    ui::{Icon, Prose, Time},
};

/// Where an idea stands: an icon, a word, a colour.
#[component]
pub fn Standing(
    /// The state.
    status: IdeaStatus,
) -> impl IntoView {
    let (class, icon, word) = match status {
        IdeaStatus::New => ("pill pill--waiting", "i-clock", i::STATUS_NEW),
        IdeaStatus::Answered => ("pill", "i-check", i::STATUS_ANSWERED),
        IdeaStatus::TurnedIntoMission => ("pill", "i-flag", i::STATUS_TURNED),
        IdeaStatus::Closed => ("pill pill--closed", "i-cross", i::STATUS_CLOSED),
    };
    view! { <span class=class><Icon name=icon />{texts().get(word)}</span> }
}

/// The words of an idea.
#[component]
pub fn Words(
    /// The idea.
    idea: IdeaLines,
) -> impl IntoView {
    let t = texts();
    let more = [(i::FOR_WHOM, idea.whom), (i::WHERE, idea.place), (i::WHEN, idea.moment)];
    let more = more.into_iter().filter(|(_, text)| !text.is_empty());
    let more = more.map(|(name, text)| view! { <p><strong>{t.get(name)}</strong>" "{text}</p> }).collect_view();
    view! { <article class="card"><Prose text=idea.what />{more}</article> }
}

/// The exchange, oldest first. `ours` tells whether the town's service reads, rather than the association.
#[component]
pub fn Messages(
    /// The messages.
    messages: Vec<IdeaMessage>,
    /// What the association is called.
    association: String,
    /// Whether the town's service reads.
    ours: bool,
) -> impl IntoView {
    let lines = messages
        .into_iter()
        .map(|message| {
            let class = if message.coordinator.is_some() == ours { "message message--mine" } else { "message" };
            let who = message.coordinator.unwrap_or_else(|| association.clone());
            view! {
                <li class=class>
                    <p class="message__who"><span>{who}</span>", "<Time at=message.at /></p>
                    <div class="message__body"><Prose text=message.body /></div>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="thread" role="list">{lines}</ol> }
}
