use domain::crisis::PublicMeasures;
use leptos::prelude::*;

use super::facts::Facts;
use crate::{
    crisis::load_public_measures,
    i18n::{k::crisis as c, texts},
    routes,
    ui::{
        Empty, Page,
        page::{load, loaded},
    },
};

/// Everything that holds now, for everybody.
#[component]
pub fn PublicMeasuresPage() -> impl IntoView {
    loaded(load(|| (), |()| load_public_measures()), |all| view! { <PublicView all=all /> })
}

#[component]
fn PublicView(all: Vec<PublicMeasures>) -> impl IntoView {
    let t = texts();
    let content = if all.is_empty() {
        view! { <Empty title=t.get(c::PUBLIC_NONE) text=t.get(c::PUBLIC_NONE_TEXT) /> }.into_any()
    } else {
        all.into_iter().map(|one| view! { <One one=one /> }).collect_view().into_any()
    };
    view! { <Page title=t.get(c::TITLE) lead=t.get(c::PUBLIC_LEAD)>{content}</Page> }
}

#[component]
fn One(one: PublicMeasures) -> impl IntoView {
    let t = texts();
    let place = match one.town {
        Some(town) => view! { <a href=routes::town(&town.insee, &town.slug)>{town.name}</a> }.into_any(),
        None => t.get(c::EVERYWHERE).into_any(),
    };
    view! {
        <section class="card">
            <h2>{one.title}</h2>
            <p>{place}</p>
            <p class="lead">{one.text}</p>
            <Facts facts=one.facts />
        </section>
    }
}
