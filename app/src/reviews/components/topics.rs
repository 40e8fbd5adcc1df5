//! What a message of the exchange is about: an item of the checklist, chosen in its form or by a link beside the item.

use domain::reviews::{ItemRef, Message};
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_query_map;

use super::keys::Key;
use crate::{
    i18n::{Text, k, k::reviews as r, texts},
    request, routes,
    ui::{LinkedSelect, Prose, time::Time},
};

/// What the messages of an exchange are about, and what the next one will be.
#[derive(Clone, Copy)]
pub struct Topics {
    /// The code of the item that is chosen; empty for the file as a whole.
    chosen: RwSignal<String>,
    exchange: StoredValue<About>,
}

/// An exchange, as far as items are concerned.
struct About {
    page: String,
    items: Vec<ItemRef>,
    /// What each message is about, oldest first.
    said: Vec<Option<String>>,
    may_write: bool,
}

impl Topics {
    /// Begins with what the address names. `page` is where the exchange stands.
    pub fn new(page: String, items: Vec<ItemRef>, thread: &[Message], may_write: bool) -> Self {
        let named = use_query_map().read_untracked().get(routes::TOPIC).unwrap_or_default();
        let known = items.iter().any(|item| item.code == named);
        let said = thread.iter().map(|message| message.item.as_ref().map(|item| item.code.clone())).collect();
        Self {
            chosen: RwSignal::new(if known { named } else { String::new() }),
            exchange: StoredValue::new(About { page, items, said, may_write }),
        }
    }

    /// Whether the viewer may write.
    pub fn may_write(self) -> bool {
        self.exchange.with_value(|about| about.may_write)
    }

    /// How many messages are about an item, and the place of the first.
    fn said(self, code: &str) -> (u32, Option<usize>) {
        self.exchange.with_value(|about| {
            let of = |said: &Option<String>| said.as_deref() == Some(code);
            let count = about.said.iter().filter(|said| of(said)).count();
            (u32::try_from(count).unwrap_or(u32::MAX), about.said.iter().position(of))
        })
    }

    fn address(self, code: &str) -> String {
        self.exchange.with_value(|about| routes::writing_about(&about.page, code))
    }
}

/// The id of a message, by its place in the exchange.
fn anchor(index: usize) -> String {
    format!("message-{index}")
}

/// The item that the message will be about; between the tags of its form.
#[component]
pub fn TopicSelect(
    /// The exchange.
    topics: Topics,
) -> impl IntoView {
    let t = texts();
    let items = topics.exchange.with_value(|about| about.items.clone());
    let whole = (String::new(), t.get(r::ABOUT_FILE).to_owned());
    let options = [whole].into_iter().chain(items.into_iter().map(|item| (item.code, item.label))).collect();
    view! { <LinkedSelect name="item" label=t.get(r::ABOUT) options=options chosen=topics.chosen /> }
}

/// Leads to the form, with an item chosen.
#[component]
fn WriteAbout(topics: Topics, item: ItemRef, text: Text) -> impl IntoView {
    let href = topics.address(&item.code);
    let choose = move |event: ev::MouseEvent| {
        event.prevent_default();
        topics.chosen.set(item.code.clone());
        request::act_on(&format!("[data-key=\"{}\"]", Key::Message.code()));
    };
    view! {
        <a class="btn btn--small btn--quiet" href=href rel="external" on:click=choose>
            {texts().get(text)}<span class="visually-hidden">" "{item.label}</span>
        </a>
    }
}

/// Beside an item: what was said about it, and the way to say something.
#[component]
pub fn AboutItem(
    /// The exchange.
    topics: Topics,
    /// The item.
    item: ItemRef,
) -> impl IntoView {
    let t = texts();
    let (count, first) = topics.said(&item.code);
    let label = item.label.clone();
    let said = first.map(|index| {
        view! {
            <a class="btn btn--small btn--quiet" href=format!("#{}", anchor(index)) rel="external">
                {t.count(r::SAID_ABOUT, count)}<span class="visually-hidden">" "{label}</span>
            </a>
        }
    });
    let write = topics.may_write().then(|| view! { <WriteAbout topics=topics item=item text=r::WRITE_ABOUT /> });
    (said.is_some() || write.is_some()).then(|| view! { <p class="btn-row">{said}{write}</p> })
}

/// The messages of an exchange, oldest first. One that names an item is answered about it.
#[component]
pub fn Messages(
    /// The messages.
    thread: Vec<Message>,
    /// The exchange.
    topics: Topics,
    /// Whether the viewer is the town, rather than the organisation.
    #[prop(optional)]
    town: bool,
) -> impl IntoView {
    let t = texts();
    if thread.is_empty() {
        return view! { <p>{t.get(k::history::NO_MESSAGE)}</p> }.into_any();
    }
    let messages = thread
        .into_iter()
        .enumerate()
        .map(|(index, message)| {
            let class = if message.mine { "message message--mine" } else { "message" };
            let side = t.get(if message.from_coordination { r::SIDE_COORDINATION } else { r::SIDE_ORGANISATION });
            let about = message.item.as_ref().map(|item| t.with(r::ABOUT_ITEM, &[("item", &item.label)]));
            let theirs = message.from_coordination != town && topics.may_write();
            let answer = message.item.filter(|_| theirs).map(|item| {
                view! { <p><WriteAbout topics=topics item=item text=r::ANSWER_ABOUT /></p> }
            });
            view! {
                <li class=class id=anchor(index)>
                    <p class="message__who"><span>{message.author}" ("{side}")"</span><Time at=message.at /></p>
                    {about.map(|about| view! { <p><strong>{about}</strong></p> })}
                    <div class="message__body"><Prose text=message.body /></div>
                    {answer}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="thread" role="list">{messages}</ol> }.into_any()
}
