use domain::reviews::{HistoryLine, Message, RequestLine};
use leptos::{prelude::*, server_fn::ServerFn};

use super::keys::Key;
use crate::{
    i18n::{k, k::reviews as r, texts},
    reviews::WriteToOrganisation,
    ui::{Field, Form, Prose, Subject, Submit, thread::act, time::Time},
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
    /// Whether the viewer may write.
    may_write: bool,
) -> impl IntoView {
    let t = texts();
    let messages = thread
        .into_iter()
        .map(|message| {
            let class = if message.mine { "message message--mine" } else { "message" };
            let side = t.get(if message.from_coordination { r::SIDE_COORDINATION } else { r::SIDE_ORGANISATION });
            view! {
                <li class=class>
                    <p class="message__who"><span>{message.author}" ("{side}")"</span><Time at=message.at /></p>
                    <div class="message__body"><Prose text=message.body /></div>
                </li>
            }
        })
        .collect_view();
    let form = may_write.then(|| {
        view! {
            <Form act=WriteToOrganisation::url() keep=true>
                <Subject name="insee" value=insee />
                <Subject name="id" value=id />
                <div data-key=Key::Message.code()><Field name="body" kind="textarea" label=t.get(r::MESSAGE) hint=t.get(r::MESSAGE_HINT) rows=4 /></div>
                <Submit label=t.get(r::SEND) class="" />
            </Form>
        }
    });
    view! { <ol class="thread">{messages}</ol>{form} }
}

/// What was asked to change before this version was sent, and what the organisation answered.
#[component]
pub fn Answered(
    /// The points.
    requests: Vec<RequestLine>,
) -> impl IntoView {
    let t = texts();
    let lines: Vec<_> = requests
        .into_iter()
        .map(|line| {
            let answer = if line.answer.is_empty() { t.get(r::NO_ANSWER_YET).to_owned() } else { line.answer };
            view! { <div><dt>{line.item}</dt><dd><p>{line.body}</p><p><strong>{answer}</strong></p></dd></div> }
        })
        .collect();
    (!lines.is_empty())
        .then(|| view! { <section><h2>{t.get(r::REQUESTS_BEFORE)}</h2><dl class="summary">{lines}</dl></section> })
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
