//! The list of e-mails, and one of them.

use domain::mailbox::{LetterPage, MailboxPage, MailboxQuery, Piece};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{LetterLines, components::Standing, load_letter, load_letters};
use crate::{
    i18n::{k::mailbox as m, texts},
    routes,
    ui::{
        Empty, Page, Pager,
        page::{load, loaded, param},
        time::Time,
    },
};

/// The e-mails of the demonstration, newest first.
#[component]
pub fn LettersPage() -> impl IntoView {
    let params = use_query_map();
    let query = Memo::new(move |_| {
        let params = params.read();
        MailboxQuery {
            recipient: params.get("destinataire").unwrap_or_default(),
            page: params.get("page").and_then(|page| page.parse().ok()).unwrap_or(1),
        }
    });
    let page = load(move || query.get(), load_letters);
    loaded(page, move |page| view! { <Letters query=query.get_untracked() page=page /> })
}

fn address(query: &MailboxQuery, page: u32) -> String {
    format!("{}?destinataire={}&page={page}", routes::MAILBOX, routes::encode(&query.recipient))
}

#[component]
fn Letters(query: MailboxQuery, page: MailboxPage) -> impl IntoView {
    let t = texts();
    let others = query.clone();
    let list = if page.letters.is_empty() {
        let text = if query.recipient.is_empty() { m::NOTHING_TEXT } else { m::NOBODY_TEXT };
        view! { <Empty title=t.get(m::NOTHING_TITLE) text=t.get(text) /> }.into_any()
    } else {
        view! { <LetterLines letters=page.letters /> }.into_any()
    };
    view! {
        <Page title=t.get(m::TITLE) lead=t.get(m::LEAD) narrow=true>
            <Filter recipient=query.recipient.clone() />
            <section aria-labelledby="courriers">
                <div role="status"><h2 id="courriers">{t.count(m::FOUND, page.total)}</h2></div>
                {list}
                <Pager page=page.page pages=page.pages address=move |page| address(&others, page) />
            </section>
        </Page>
    }
}

#[component]
fn Filter(recipient: String) -> impl IntoView {
    let t = texts();
    let filtered = !recipient.is_empty();
    view! {
        <form class="form" method="get" action=routes::MAILBOX role="search">
            <div class="field">
                <label class="field__label" for="destinataire">{t.get(m::RECIPIENT)}</label>
                <p class="field__hint" id="destinataire-aide">{t.get(m::RECIPIENT_HINT)}</p>
                <input class="field__input" id="destinataire" name="destinataire" type="search" autocomplete="off"
                    autocapitalize="none" spellcheck="false" aria-describedby="destinataire-aide" value=recipient />
            </div>
            <div class="btn-row">
                <button class="btn btn--primary" type="submit">{t.get(m::FILTER)}</button>
                {filtered.then(|| view! { <a class="btn btn--quiet" href=routes::MAILBOX>{t.get(m::ALL)}</a> })}
            </div>
        </form>
    }
}

/// One e-mail: its text, with the links of this site; its HTML version is a page of its own.
#[component]
pub fn OneLetterPage() -> impl IntoView {
    let id = param("id");
    loaded(load(move || id.get(), load_letter), |page| view! { <Letter page=page /> })
}

#[component]
fn Letter(page: LetterPage) -> impl IntoView {
    let t = texts();
    let head = page.head;
    let trail = vec![(t.get(m::TITLE).to_owned(), routes::MAILBOX.to_owned())];
    let theirs = address(&MailboxQuery { recipient: head.recipient.clone(), page: 1 }, 1);
    let body = page
        .body
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) => words.into_any(),
            Piece::Link { path, written } => view! { <a href=path rel="noreferrer">{written}</a> }.into_any(),
        })
        .collect_view();
    view! {
        <Page title=head.subject narrow=true trail=trail>
            <dl class="summary">
                <div><dt>{t.get(m::TO)}</dt><dd><a href=theirs>{head.recipient}</a></dd></div>
                <div><dt>{t.get(m::WRITTEN)}</dt><dd><Time at=head.at /></dd></div>
                <div><dt>{t.get(m::STATE)}</dt><dd><Standing delivery=head.delivery /></dd></div>
            </dl>
            <article class="card message__body"><p class="message__body">{body}</p></article>
            <p><a href=routes::letter_html(head.id) rel="external noreferrer">{t.get(m::HTML)}</a></p>
        </Page>
    }
}
