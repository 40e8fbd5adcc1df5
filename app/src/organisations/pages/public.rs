use domain::organisations::OrganisationPage;
use leptos::prelude::*;

use crate::{
    i18n::{k::organisations as o, texts},
    organisations::{labels, load_organisation},
    routes,
    search::MissionCards,
    ui::{
        Empty, Icon, Page, Prose,
        page::{load, loaded, param},
    },
};

/// What the public sees of an approved organisation.
#[component]
pub fn PublicOrganisation() -> impl IntoView {
    let id = param("id");
    loaded(load(move || id.get(), load_organisation), |page| view! { <PublicView page=page /> })
}

#[component]
fn PublicView(page: OrganisationPage) -> impl IntoView {
    let t = texts();
    let lead = format!("{}, {}", labels::legal_form(t, &page.legal_form), page.town.name);
    let town = page.town.name.clone();
    let website = page.website.map(|address| {
        let shown =
            address.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/').to_owned();
        view! {
            <li><Icon name="i-home" /><a href=address rel="nofollow noopener external">{shown}</a></li>
        }
    });
    let missions = if page.missions.is_empty() {
        view! { <Empty title=t.get(o::PUBLIC_NOTHING) text=t.get(o::PUBLIC_NOTHING_TEXT)>
            <a class="btn" href=routes::MISSIONS>{t.get(o::FIND_OTHERS)}</a>
        </Empty> }
        .into_any()
    } else {
        view! { <MissionCards missions=page.missions /> }.into_any()
    };
    view! {
        <Page title=page.name lead=lead trail=vec![(town.clone(), routes::town(&page.town.insee, &page.town.slug))]>
            <section>
                <h2>{t.get(o::ABOUT)}</h2>
                <Prose text=page.description />
                <ul class="facts" role="list">
                    <li><Icon name="i-pin" /><a href=routes::town(&page.town.insee, &page.town.slug)>{town}</a></li>
                    {website}
                </ul>
            </section>
            <section><h2>{t.get(o::PUBLIC_MISSIONS)}</h2>{missions}</section>
            <div inner_html=page.voices></div>
        </Page>
    }
}
