//! Cards of missions, and the field of a town.

use domain::missions::MissionCard;
use leptos::prelude::*;

use crate::{
    i18n::{k, texts},
    request::complete_town,
    routes,
    ui::{Field, Icon, time::When},
};

/// A list of missions.
#[component]
pub fn MissionCards(
    /// The missions.
    missions: Vec<MissionCard>,
) -> impl IntoView {
    let cards = missions.into_iter().map(|mission| view! { <li><Card mission=mission /></li> }).collect_view();
    view! { <ul class="cards" role="list">{cards}</ul> }
}

/// A mission in a list.
#[component]
pub fn Card(
    /// The mission.
    mission: MissionCard,
) -> impl IntoView {
    let t = texts();
    let place = match (&mission.neighbourhood, mission.remote) {
        (_, true) => t.get(k::search::REMOTE).to_owned(),
        (Some(neighbourhood), _) => format!("{}, {neighbourhood}", mission.town.name),
        (None, _) => mission.town.name.clone(),
    };
    let more = (mission.more_slots > 0).then(|| t.count(k::search::MORE_SLOTS, mission.more_slots));
    let places = if mission.places_left == 0 {
        view! { <p class="mission-card__places full">{t.get(k::search::FULL)}</p> }.into_any()
    } else {
        view! { <p class="mission-card__places">{t.count(k::search::PLACES_LEFT, mission.places_left)}</p> }.into_any()
    };
    view! {
        <article class="mission-card" data-domain=mission.domain.code.clone()>
            <p class="mission-card__domain"><Icon name=format!("d-{}", mission.domain.code) /><span>{mission.domain.label}</span></p>
            <h3><a href=routes::mission(mission.id, &mission.slug)>{mission.title}</a></h3>
            <p class="mission-card__goal">{mission.goal}</p>
            <ul class="mission-card__meta" role="list">
                <li><Icon name="i-people" />{mission.organisation}</li>
                <li><Icon name=if mission.remote { "i-remote" } else { "i-pin" } />{place}</li>
                {mission.next.map(|(kind, start, end)| view! {
                    <li><Icon name="i-calendar" /><When kind=kind starts_at=start ends_at=end />{more.map(|more| format!(" {more}"))}</li>
                })}
            </ul>
            {places}
        </article>
    }
}

/// The field of a town: plain text that names what it may be, with suggestions where scripts run.
#[component]
pub fn TownField(
    /// The field's name, as errors call it.
    name: &'static str,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// The value before any typing.
    #[prop(optional, into)]
    value: String,
    /// How to answer.
    #[prop(optional, into)]
    hint: String,
    /// May stay empty.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let hints = RwSignal::new(Vec::new());
    let typed = move |event: leptos::ev::Event| complete_town(event_target_value(&event), hints);
    let options = move || {
        hints
            .get()
            .into_iter()
            .map(|hint: domain::search::CommuneHint| view! { <option value=hint.name.clone()>{format!("{} ({})", hint.name, hint.detail)}</option> })
            .collect_view()
    };
    view! {
        <div class="town-field" on:input=typed>
            <Field name=name label=label value=value hint=hint optional=optional list="communes" autocomplete="address-level2" />
            <datalist id="communes">{options}</datalist>
        </div>
    }
}
