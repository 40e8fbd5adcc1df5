use domain::missions::{MissionPage, SlotLine};
use leptos::prelude::*;

use crate::{
    i18n::{Texts, k::fields as f, k::reviews as r, texts},
    ui::{Icon, Lines, Prose, time},
};

/// A mission as the public will see it.
#[component]
pub fn MissionPreview(
    /// The mission.
    mission: MissionPage,
) -> impl IntoView {
    let t = texts();
    let place = place(t, &mission);
    let public = if mission.open_to_minors { r::FROM_16 } else { r::FROM_18 };
    let choice = if mission.choose { r::CHOOSES } else { r::AT_ONCE };
    let slots = mission.slots.iter().map(|slot| view! { <li>{slot_line(t, slot)}</li> }).collect_view();
    let rules = mission.domain_rules.into_iter().map(|rule| view! { <li>{rule.text}</li> }).collect_view();
    let domain = mission.domain.map(|term| {
        view! { <p class="mission-card__domain"><Icon name=format!("d-{}", term.code) /><span>{term.label}</span></p> }
    });
    view! {
        <article class="card">
            {domain}
            <h3>{mission.title}</h3>
            <p class="lead">{mission.goal}</p>
            <ul class="facts" role="list">
                <li><Icon name="i-people" />{mission.organisation.1}</li>
                <li><Icon name=if mission.remote { "i-remote" } else { "i-pin" } />{place}</li>
                <li><Icon name="i-user" />{t.get(public)}</li>
                <li><Icon name="i-check" />{t.get(choice)}</li>
            </ul>
            <Prose text=mission.description />
            <h4>{t.get(f::SLOTS)}</h4>
            <ul class="prose">{slots}</ul>
            <h4>{t.get(f::BENEFICIARIES)}</h4>
            <p>{mission.beneficiaries.join(", ")}</p>
            {(!mission.prerequisites.is_empty()).then(|| view! { <h4>{t.get(f::PREREQUISITES)}</h4><Prose text=mission.prerequisites /> })}
            <h4>{t.get(f::SAFETY_RULES)}</h4>
            <Lines text=mission.safety_rules />
            <ul class="prose">{rules}</ul>
        </article>
    }
}

/// Where a mission takes place, in a line.
pub fn place(t: Texts, mission: &MissionPage) -> String {
    if mission.remote {
        return t.get(r::REMOTE).to_owned();
    }
    let parts = [Some(mission.address.clone()), mission.neighbourhood.clone(), Some(mission.town.name.clone())];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// A slot with its places, in a line.
pub fn slot_line(t: Texts, slot: &SlotLine) -> String {
    let when = time::slot(t, slot.kind, slot.starts_at, slot.ends_at);
    format!("{when} ({})", t.count(r::PLACES, slot.places))
}
