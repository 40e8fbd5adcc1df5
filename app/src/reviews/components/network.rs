use domain::reviews::NetworkEyes;
use leptos::prelude::*;

use crate::{
    i18n::{k::reviews as r, texts},
    routes,
    ui::{Field, Fold, Form, Icon, Prose, Subject, Submit, Time},
};

/// The addresses of the two acts: asking the network, and taking the request back.
#[derive(Debug, Clone, Copy)]
pub struct NetworkActs {
    /// Asks.
    pub ask: &'static str,
    /// Takes back.
    pub recall: &'static str,
}

/// What was asked of the network, or how to ask it; nothing where the town decides.
#[component]
pub fn AskTheNetwork(
    /// Where the file stands.
    of: NetworkEyes,
    /// INSEE code of the town.
    insee: String,
    /// The review.
    id: String,
    /// Where its forms are sent.
    acts: NetworkActs,
) -> impl IntoView {
    let t = texts();
    let (again, which) = (insee.clone(), id.clone());
    let ask = of.may_ask.then(|| {
        view! {
            <Fold summary=t.get(r::ASK_NETWORK) act=acts.ask>
                <Form act=acts.ask>
                    <p>{t.get(r::ASK_NETWORK_LEAD)}</p>
                    <Subject name="insee" value=insee />
                    <Subject name="id" value=id />
                    <Field name="word" kind="textarea" rows=3 label=t.get(r::ASK_NETWORK_WORD) optional=true />
                    <Submit label=t.get(r::ASK_NETWORK) />
                </Form>
            </Fold>
        }
    });
    let recall = of.may_recall.then(|| {
        view! {
            <Form act=acts.recall>
                <Subject name="insee" value=again />
                <Subject name="id" value=which />
                <Submit label=t.get(r::RECALL) class="btn--quiet" />
            </Form>
        }
    });
    let lead = t.get(if of.stands_in { r::STANDS_IN } else { r::NETWORK_ASKED });
    let asked = of.asked.map(|asked| {
        let by = t.with(r::NETWORK_ASKED_BY, &[("name", &asked.by)]);
        view! {
            <div class="notice notice--info">
                <Icon name="i-info" />
                <div>
                    <p>{lead}</p>
                    <p>{by}" "<Time at=asked.at /></p>
                    {(!asked.word.is_empty()).then(|| view! { <Prose text=asked.word /> })}
                </div>
            </div>
        }
    });
    view! { {asked}{ask}{recall} }
}

/// Where whoever decided goes on when no other file waits: the town's queue, or what else the network was asked.
pub fn beyond(of: &NetworkEyes, next: Option<String>, queue: String) -> String {
    if of.stands_in { routes::NETWORK_FILES.to_owned() } else { next.unwrap_or(queue) }
}
