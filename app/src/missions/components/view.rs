//! A mission as the public sees it: on its page, in the preview of its organisation, in the review.

use domain::{
    applications::door::{Door, Shut},
    error::Problem,
    missions::{MissionPage, Seen, SlotLine},
};
use leptos::prelude::*;

use crate::{
    i18n::{Texts, k::missions as m, k::partners as p, k::search as s, k::supplies as u, texts},
    routes,
    ui::{
        Icon, Lines, Prose,
        problems::{opens_on, problem},
        time::When,
    },
};

/// Everything but the title and the button.
#[component]
pub fn MissionView(
    /// The mission.
    mission: MissionPage,
) -> impl IntoView {
    let t = texts();
    let slots = groups(t, &mission);
    let rules = mission.domain_rules.iter().map(|rule| view! { <li>{rule.text.clone()}</li> }).collect_view();
    let code = mission.domain.as_ref().map(|domain| domain.code.clone()).unwrap_or_default();
    let prerequisites = mission.prerequisites.clone();
    view! {
        {mission.domain.clone().map(|domain| view! {
            <div class="domain-panel" data-domain=code>
                <Icon name=format!("d-{}", domain.code) />
                <p>{domain.label}</p>
            </div>
        })}
        <Facts mission=mission.clone() />
        <section><h2>{t.get(m::WHAT)}</h2><Prose text=mission.description /></section>
        <section><h2>{t.get(m::WHEN)}</h2>{slots}</section>
        {(!prerequisites.is_empty()).then(|| view! { <section><h2>{t.get(m::PREREQUISITES)}</h2><Lines text=prerequisites /></section> })}
        <section>
            <h2>{t.get(m::SAFETY)}</h2>
            <Lines text=mission.safety_rules />
            <ul class="prose">{rules}</ul>
        </section>
        <p>
            {t.get(m::PROPOSED_BY)}" "
            <a href=routes::organisation(mission.organisation.0, &mission.organisation.2)>{mission.organisation.1}</a>
            ", "
            <a href=routes::town(&mission.town.insee, &mission.town.slug)>{mission.town.name}</a>
        </p>
    }
}

/// The slots; under the name of whoever answers, where several organisations do.
fn groups(t: Texts, mission: &MissionPage) -> Vec<AnyView> {
    let (id, name, slug) = &mission.organisation;
    let partners = mission.partners.iter().map(|partner| (Some(partner.id), partner.id, &partner.name, &partner.slug));
    let groups = [(None, *id, name, slug)].into_iter().chain(partners);
    let shared = mission.slots.iter().any(|slot| slot.organisation.is_some());
    groups
        .filter_map(|(holder, id, name, slug)| {
            let lines: Vec<_> = mission
                .slots
                .iter()
                .filter(|slot| !slot.cancelled && slot.organisation == holder)
                .map(|slot| {
                    let seen = mission.viewer.as_ref().and_then(|viewer| viewer.seen(slot.id)).cloned();
                    view! { <SlotItem line=slot.clone() seen=seen /> }
                })
                .collect();
            let head = shared.then(|| {
                view! {
                    <h3>{t.get(p::WITH_WORD)}" "<a href=routes::organisation(id, slug)>{name.clone()}</a></h3>
                }
            });
            (!lines.is_empty()).then(|| view! { {head}<ul class="slots" role="list">{lines}</ul> }.into_any())
        })
        .collect()
}

/// Where, for whom, from which age, and who answers: names and values.
pub fn facts(t: Texts, mission: &MissionPage) -> Vec<(&'static str, String)> {
    let place = if mission.remote {
        t.get(s::REMOTE).to_owned()
    } else {
        domain::missions::place(&mission.address, mission.neighbourhood.as_deref(), &mission.town.name)
    };
    let age = if mission.open_to_minors { m::FROM_16 } else { m::ADULTS };
    let how = if mission.choose { m::CHOOSE } else { m::AT_ONCE };
    let equipment = (!mission.equipment.is_empty()).then(|| (t.get(u::PROVIDED), mission.equipment.join("\u{a0}; ")));
    let facts = [
        (t.get(m::WHERE), place),
        (t.get(m::FOR_WHOM), mission.beneficiaries.join(", ")),
        (t.get(m::AGE), t.get(age).to_owned()),
        (t.get(m::ANSWER), t.get(how).to_owned()),
    ];
    facts.into_iter().chain(equipment).collect()
}

#[component]
fn Facts(mission: MissionPage) -> impl IntoView {
    let facts = facts(texts(), &mission)
        .into_iter()
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
        .collect_view();
    view! { <dl class="facts">{facts}</dl> }
}

/// Why a slot cannot be asked for, and what to do.
pub fn shut(t: Texts, why: &Shut) -> String {
    match why {
        Shut::CalledOff => t.get(m::DOOR_CALLED_OFF).to_owned(),
        Shut::Over => t.get(m::DOOR_OVER).to_owned(),
        Shut::OpensOn(day) => opens_on(t, *day),
        Shut::Full => problem(t, &Problem::SlotFull),
        Shut::Applied => t.get(m::DOOR_APPLIED).to_owned(),
        Shut::Rule(rule) => problem(t, rule),
        Shut::Clash(mission) => t.with(m::DOOR_CLASH, &[("mission", mission)]),
    }
}

/// What a slot is: for the volunteer who reads, where there is one, else for everybody.
pub fn door_words(t: Texts, slot: &SlotLine, seen: Option<&Seen>) -> String {
    let left = slot.places.saturating_sub(slot.taken);
    let words = match seen.map(|seen| &seen.door) {
        Some(Door::Shut(why)) => shut(t, why),
        Some(Door::List(waiting)) if *waiting > 0 => t.count(m::FULL_WAITED_FOR, *waiting),
        Some(Door::Open(left)) => t.count(s::PLACES_LEFT, *left),
        None if left > 0 => t.count(s::PLACES_LEFT, left),
        _ => t.get(m::FULL_WAITING).to_owned(),
    };
    let near = seen.filter(|seen| !matches!(seen.door, Door::Shut(_))).and_then(|seen| seen.near.as_ref());
    match near {
        Some(mission) => format!("{words}. {}", t.with(m::DOOR_NEAR, &[("mission", mission)])),
        None => words,
    }
}

/// A slot with its places.
#[component]
pub fn SlotItem(
    /// The slot.
    line: SlotLine,
    /// What it is for the volunteer who reads.
    #[prop(default = None)]
    seen: Option<Seen>,
) -> impl IntoView {
    let (t, slot) = (texts(), line);
    let left = slot.places.saturating_sub(slot.taken);
    let fill = (slot.taken * 10).checked_div(slot.places).unwrap_or_default();
    let words = door_words(t, &slot, seen.as_ref());
    view! {
        <li class="slot" class:full=left == 0 id=slot.id.to_string()>
            <span class="slot__when"><When kind=slot.kind starts_at=slot.starts_at ends_at=slot.ends_at /></span>
            <div class="places" class:full=left == 0>
                <span class="places__bar" data-fill=fill.to_string()></span>
                <span class="places__text">{words}</span>
            </div>
        </li>
    }
}
