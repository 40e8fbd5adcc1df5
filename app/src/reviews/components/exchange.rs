use domain::reviews::{HistoryLine, Message, RequestLine, Round};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    keys::Key,
    topics::{Messages, TopicSelect, Topics},
};
use crate::{
    i18n::{Texts, k, k::reviews as r, texts},
    reviews::WriteToOrganisation,
    ui::{
        Field, Form, Prose, Subject, Submit,
        thread::act,
        time::{self, Time},
    },
};

/// The exchange with the organisation, and the form to write in it.
#[component]
pub fn Exchange(
    /// INSEE code of the town.
    insee: String,
    /// The review.
    id: String,
    /// The messages, oldest first.
    thread: Vec<Message>,
    /// What they are about.
    topics: Topics,
) -> impl IntoView {
    let t = texts();
    let form = topics.may_write().then(|| {
        view! {
            <Form act=WriteToOrganisation::url() keep=true>
                <Subject name="insee" value=insee />
                <Subject name="id" value=id />
                <TopicSelect topics=topics />
                <div data-key=Key::Message.code()><Field name="body" kind="textarea" label=t.get(r::MESSAGE) hint=t.get(r::MESSAGE_HINT) rows=4 /></div>
                <Submit label=t.get(r::SEND) class="" />
            </Form>
        }
    });
    view! { <Messages thread=thread topics=topics town=true />{form} }
}

/// What was asked to change before this version was sent, and what the organisation answered.
#[component]
pub fn Answered(
    /// The points.
    requests: Vec<RequestLine>,
) -> impl IntoView {
    let t = texts();
    let lines = asked(t, requests);
    (!lines.is_empty())
        .then(|| view! { <section><h2>{t.get(r::REQUESTS_BEFORE)}</h2><dl class="summary">{lines}</dl></section> })
}

/// What was asked to change in this review and in those before it, and what the organisation answered.
#[component]
pub fn Rounds(
    /// The reviews that ended so, newest first.
    rounds: Vec<Round>,
) -> impl IntoView {
    let t = texts();
    let rounds: Vec<_> = rounds
        .into_iter()
        .map(|round| {
            let at = round.at.map(|at| time::instant(t.locale(), at)).unwrap_or_default();
            let title = t.with(r::ROUND, &[("version", &round.version.to_string()), ("at", &at)]);
            let word =
                round.word.map(|word| view! { <div><dt>{t.get(r::ROUND_WORD)}</dt><dd><Prose text=word /></dd></div> });
            view! { <h3>{title}</h3><dl class="summary">{asked(t, round.lines)}{word}</dl> }
        })
        .collect();
    (!rounds.is_empty()).then(|| view! { <section><h2>{t.get(r::REQUESTS_BEFORE)}</h2>{rounds}</section> })
}

/// Points with what was asked and what was answered.
fn asked(t: Texts, requests: Vec<RequestLine>) -> Vec<AnyView> {
    requests
        .into_iter()
        .map(|line| {
            let answer = if line.answer.is_empty() { t.get(r::NO_ANSWER_YET).to_owned() } else { line.answer };
            view! { <div><dt>{line.item}</dt><dd><p>{line.body}</p><p><strong>{answer}</strong></p></dd></div> }
                .into_any()
        })
        .collect()
}

/// Every act, newest first.
#[component]
pub fn Timeline(
    /// The acts.
    lines: Vec<HistoryLine>,
) -> impl IntoView {
    let t = texts();
    let lines = lines
        .into_iter()
        .map(|line| {
            let class = match line.to.as_str() {
                "green_light" | "published" => "timeline__item--cleared",
                "refused" | "cancelled" => "timeline__item--refused",
                _ => "",
            };
            let actor = line.actor.unwrap_or_else(|| t.get(k::common::SYSTEM).to_owned());
            view! {
                <li class=class>
                    <Time at=line.at />
                    <p><strong>{t.get(act(line.from.as_deref(), &line.to))}</strong>", "{actor}</p>
                    {line.reason.map(|reason| view! { <Prose text=reason /> })}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="timeline">{lines}</ol> }
}
