use domain::applications::pass::{Pass, PassPage as Own};
use leptos::prelude::*;

use crate::{
    applications::load_pass,
    i18n::{k, k::applications as a, texts},
    routes,
    ui::{
        Empty, Page,
        page::{load, loaded, param},
        time::When,
    },
};

/// What a volunteer shows on arrival: a code for each slot.
#[component]
pub fn PassPage() -> impl IntoView {
    let id = param("own");
    loaded(load(move || id.get(), load_pass), |own| view! { <Shown own=own /> })
}

#[component]
fn Shown(own: Own) -> impl IntoView {
    let t = texts();
    let trail = vec![(t.get(k::frame::MY_SPACE).to_owned(), routes::MY_SPACE.to_owned())];
    let (mission, slug, title) = own.mission;
    let lead = t.with(a::PASS_LEAD, &[("organisation", &own.organisation), ("name", &own.name)]);
    let codes = if own.slots.is_empty() {
        view! { <Empty title=t.get(a::PASS_NONE) text=t.get(a::PASS_NONE_TEXT) /> }.into_any()
    } else {
        own.slots.into_iter().map(|pass| view! { <Code pass=pass /> }).collect_view().into_any()
    };
    view! {
        <Page title=t.get(a::PASS_TITLE) lead=lead trail=trail>
            <p><a href=routes::mission(mission, &slug)>{title}</a></p>
            {codes}
        </Page>
    }
}

#[component]
fn Code(pass: Pass) -> impl IntoView {
    let t = texts();
    let view_box = format!("0 0 {0} {0}", pass.side);
    view! {
        <section class="card">
            <h2><When kind=pass.slot.kind starts_at=pass.slot.starts_at ends_at=pass.slot.ends_at /></h2>
            // Black on white in any theme: cameras read nothing else.
            <svg class="arrival" viewBox=view_box role="img" aria-label=t.get(a::PASS_ALT) shape-rendering="crispEdges">
                <path fill="#fff" d=format!("M0 0h{0}v{0}h-{0}z", pass.side)></path>
                <path fill="#000" d=pass.outline></path>
            </svg>
            <p class="field__hint">{t.get(a::PASS_HINT)}</p>
        </section>
    }
}
