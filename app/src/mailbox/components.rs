//! The lines of the list, and what other pages show of the mailbox.

use domain::mailbox::{Delivery, LetterLine};
use leptos::prelude::*;

use crate::{
    frame::Demo,
    i18n::{k::mailbox as m, texts},
    routes,
    ui::{Icon, time::Time},
};

/// In a demonstration: where to read the e-mail that was just sent.
#[component]
pub fn ReadHere() -> impl IntoView {
    let t = texts();
    expect_context::<Demo>().0.then(|| {
        view! {
            <div class="notice notice--info">
                <Icon name="i-mail" />
                <p>{t.get(m::READ_HERE)}" "<a href=routes::MAILBOX>{t.get(m::TITLE)}</a></p>
            </div>
        }
    })
}

/// E-mails, one a line, each a link.
#[component]
pub fn LetterLines(
    /// The e-mails.
    letters: Vec<LetterLine>,
) -> impl IntoView {
    let lines = letters.into_iter().map(|letter| view! { <Line letter=letter /> }).collect_view();
    view! { <ul class="mailbox" role="list">{lines}</ul> }
}

#[component]
fn Line(letter: LetterLine) -> impl IntoView {
    view! {
        <li>
            <a href=routes::letter(letter.id)>
                <Time at=letter.at />
                <strong>{letter.subject}</strong>
                <span class="muted">{letter.recipient}</span>
                <Standing delivery=letter.delivery />
            </a>
        </li>
    }
}

/// What became of an e-mail: an icon and a word.
#[component]
pub fn Standing(
    /// Sent, or not yet.
    delivery: Delivery,
) -> impl IntoView {
    let (class, icon, word) = match delivery {
        Delivery::Waiting => ("pill pill--waiting", "i-clock", m::WAITING),
        Delivery::Sent => ("pill pill--closed", "i-check", m::SENT),
        Delivery::GivenUp => ("pill pill--refused", "i-warning", m::GIVEN_UP),
    };
    view! { <span class=class><Icon name=icon />{texts().get(word)}</span> }
}
