use domain::ideas::{IdeaExchange, IdeaStatus};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    i18n::{k::ideas as i, texts},
    ideas::{
        ReplyToTown,
        components::{Messages, Standing, Words},
        load_exchange,
    },
    ui::{
        Field, Form, Page, Prose, Subject, Submit,
        page::{load, loaded, param},
    },
};

/// The exchange about an idea, by its personal link.
#[component]
pub fn ExchangePage() -> impl IntoView {
    let token = param("token");
    loaded(load(move || token.get(), load_exchange), move |page| {
        view! { <Exchange token=token.get_untracked() page=page /> }
    })
}

#[component]
fn Exchange(token: String, page: IdeaExchange) -> impl IntoView {
    let t = texts();
    let facts = [("town", page.town.name.as_str()), ("service", page.service.as_str())];
    let (lead, silent) = (t.with(i::EXCHANGE_LEAD, &facts), t.with(i::NO_MESSAGE, &facts));
    let silent = page.messages.is_empty().then(|| view! { <p>{silent}</p> });
    let end = match (page.status, page.reason) {
        (IdeaStatus::Closed, Some(reason)) => {
            view! { <div class="notice notice--info"><p>{t.get(i::CLOSED_BECAUSE)}</p><Prose text=reason /></div> }
                .into_any()
        }
        (IdeaStatus::Closed, None) => view! { <p class="notice notice--info">{t.get(i::CLOSED)}</p> }.into_any(),
        (IdeaStatus::TurnedIntoMission, _) => {
            view! { <p class="notice notice--info">{t.get(i::TURNED)}</p> }.into_any()
        }
        _ => ().into_any(),
    };
    let reply = (page.status != IdeaStatus::Closed).then(|| {
        view! {
            <Form act=ReplyToTown::url() keep=true>
                <Subject name="token" value=token />
                <Field name="body" kind="textarea" rows=5 label=t.get(i::REPLY) hint=t.get(i::REPLY_HINT) />
                <Submit label=t.get(i::REPLY_SUBMIT) />
            </Form>
        }
    });
    view! {
        <Page title=t.get(i::EXCHANGE_TITLE) lead=lead narrow=true>
            <p><Standing status=page.status /></p>
            {end}
            <Words idea=page.idea />
            <section>
                <h2>{t.get(i::MESSAGES)}</h2>
                {silent}
                <Messages messages=page.messages association=t.get(i::YOU).to_owned() ours=false />
                {reply}
            </section>
        </Page>
    }
}
