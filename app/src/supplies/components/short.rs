use domain::supplies::Shortage;
use leptos::prelude::*;

use crate::{
    i18n::{k::supplies as s, texts},
    routes,
    ui::Icon,
};

/// What will be short in the next seven days; nothing when nothing is.
#[component]
pub fn ShortBanner(
    /// What will be short.
    short: Vec<Shortage>,
    /// INSEE code of the town, to lead to its slots; empty on their own page.
    #[prop(optional, into)]
    insee: String,
) -> impl IntoView {
    let t = texts();
    (!short.is_empty()).then(|| {
        let lines = short
            .into_iter()
            .map(|line| {
                let (missing, needed) = (t.number(line.missing), t.number(line.needed));
                let facts = [("label", line.kind.label.as_str()), ("missing", &missing), ("needed", &needed)];
                view! { <li>{t.with(s::SHORT_LINE, &facts)}</li> }
            })
            .collect_view();
        view! {
            <section class="notice notice--urgent">
                <Icon name="i-warning" />
                <h2>{t.get(s::SHORT_TITLE)}</h2>
                <ul>{lines}</ul>
                {(!insee.is_empty()).then(|| view! { <p><a href=routes::town_supplies(&insee)>{t.get(s::SHORT_SEE)}</a></p> })}
            </section>
        }
    })
}
