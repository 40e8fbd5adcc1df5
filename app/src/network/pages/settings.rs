use domain::network::MunicipalityFile;
use leptos::prelude::*;

use crate::{
    i18n::{k::network as n, texts},
    network::{components::SettingsForm, load_town_file},
    routes,
    ui::{
        Page,
        page::{load, loaded, param},
    },
};

/// The settings of a town, for its coordinators.
#[component]
pub fn TownSettings() -> impl IntoView {
    let insee = param("insee");
    loaded(load(move || insee.get(), load_town_file), |file| view! { <SettingsView file=file /> })
}

#[component]
fn SettingsView(file: MunicipalityFile) -> impl IntoView {
    let t = texts();
    let town = file.figures.town;
    let trail = vec![(t.with(n::COORDINATION_OF, &[("town", &town.name)]), routes::coordination(&town.insee))];
    let people = file
        .coordinators
        .into_iter()
        .filter(|person| person.invitation.is_none())
        .map(|person| view! { <li>{person.name}</li> })
        .collect_view();
    view! {
        <Page title=t.get(n::SETTINGS_TITLE) lead=t.get(n::SETTINGS_LEAD) narrow=true trail=trail>
            <SettingsForm next=routes::coordination_settings(&town.insee) insee=town.insee settings=file.settings />
            <section>
                <h2>{t.get(n::COORDINATORS)}</h2>
                <ul>{people}</ul>
                <p class="muted">{t.get(n::COORDINATORS_NAMED_BY)}</p>
            </section>
        </Page>
    }
}
