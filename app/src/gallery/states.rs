//! What tells how things stand.

use domain::{
    applications::ApplicationStatus, missions::MissionStatus, network::TownFigures, organisations::OrganisationStatus,
    reviews::ReviewStatus,
};
use leptos::prelude::*;

use super::samples;
use crate::{
    applications::ApplicationPill,
    i18n::{Text, k, k::gallery as g, texts},
    missions::MissionPill,
    network::Figures,
    organisations::OrganisationPill,
    reviews::Standing,
    routes,
    ui::{
        BarTable, Day, Empty, Icon, Lines, Prose, Time,
        chart::{BarChart, Series},
    },
};

/// The symbols of the sprite.
const SYMBOLS: [&str; 41] = [
    "i-search",
    "i-calendar",
    "i-pin",
    "i-people",
    "i-check",
    "i-cross",
    "i-clock",
    "i-warning",
    "i-mail",
    "i-menu",
    "i-home",
    "i-user",
    "i-chat",
    "i-remote",
    "i-shield",
    "i-arrow",
    "i-flag",
    "i-phone",
    "i-plus",
    "i-edit",
    "i-box",
    "i-chart",
    "i-file",
    "i-key",
    "i-out",
    "i-download",
    "i-info",
    "d-food-aid",
    "d-childcare",
    "d-keeping-contact",
    "d-neighbourhood",
    "d-health",
    "d-prevention",
    "d-culture",
    "d-sport",
    "d-education",
    "d-environment",
    "d-solidarity",
    "d-memory",
    "d-cooperation",
    "d-skills",
];

pub fn notices(_: &'static str) -> AnyView {
    let t = texts();
    [
        ("notice", "i-info"),
        ("notice notice--info", "i-info"),
        ("notice notice--warn", "i-warning"),
        ("notice notice--danger", "i-warning"),
        ("notice notice--urgent", "i-clock"),
        ("notice notice--cleared", "i-check"),
    ]
    .map(|(class, icon)| view! { <div class=class><Icon name=icon /><p>{t.get(g::SENTENCE)}</p></div> })
    .into_iter()
    .collect_view()
    .into_any()
}

pub fn banner(_: &'static str) -> AnyView {
    let t = texts();
    view! {
        <div class="banner banner--crisis">
            <h2><Icon name="i-warning" />{t.get(g::CRISIS)}</h2>
            <p>{t.get(g::SENTENCE)}" "<a href=routes::GALLERY>{t.get(g::LINK)}</a></p>
        </div>
    }
    .into_any()
}

pub fn toast(_: &'static str) -> AnyView {
    let t = texts();
    view! { <p class="toast">{t.get(k::notices::SAVED)}</p> }.into_any()
}

pub fn statuses(_: &'static str) -> AnyView {
    let missions =
        MissionStatus::ALL.iter().map(|status| view! { <li><MissionPill status=*status /></li> }).collect_view();
    let organisations = OrganisationStatus::ALL
        .iter()
        .map(|status| view! { <li><OrganisationPill status=*status /></li> })
        .collect_view();
    let reviews = ReviewStatus::ALL.iter().map(|status| view! { <li><Standing status=*status /></li> }).collect_view();
    let applications = ApplicationStatus::ALL
        .iter()
        .map(|status| view! { <li><ApplicationPill status=*status /></li> })
        .collect_view();
    view! {
        <ul class="tags" role="list">{missions}</ul>
        <ul class="tags" role="list">{organisations}</ul>
        <ul class="tags" role="list">{reviews}</ul>
        <ul class="tags" role="list">{applications}</ul>
        <p><span class="pill pill--urgent"><Icon name="i-clock" />{texts().get(k::reviews::OVERDUE)}</span></p>
    }
    .into_any()
}

pub fn tags(_: &'static str) -> AnyView {
    let t = texts();
    view! {
        <ul class="tags" role="list">
            <li><span class="tag">{t.get(g::FOOD_AID)}</span></li>
            <li><a class="tag" href=routes::GALLERY>{t.get(g::CHILDCARE)}</a></li>
            <li><a class="tag" href=routes::GALLERY aria-current="true">{t.get(g::KEEPING_CONTACT)}</a></li>
        </ul>
    }
    .into_any()
}

pub fn empty(_: &'static str) -> AnyView {
    let t = texts();
    view! {
        <Empty title=t.get(k::search::NOTHING_TITLE) text=t.get(k::search::NOTHING_TEXT)>
            <a class="btn" href=routes::MISSIONS>{t.get(k::search::ALL_MISSIONS)}</a>
        </Empty>
    }
    .into_any()
}

pub fn skeleton(_: &'static str) -> AnyView {
    view! { <div class="skeleton"><span class="visually-hidden">{texts().get(k::common::LOADING)}</span></div> }
        .into_any()
}

pub fn figures(_: &'static str) -> AnyView {
    let of = TownFigures {
        town: samples::town(),
        population: 62_888,
        coordinators: 3,
        organisations: 18,
        published: 64,
        waiting: 30,
        overdue: 4,
        places: (412, 1_250),
        applications: 1_034,
    };
    view! { <Figures of=of /> }.into_any()
}

pub fn charts(key: &'static str) -> AnyView {
    let t = texts();
    let labels =
        |count: u32| (1..=count).map(|n| (n.to_string(), format!("{} {n}", t.get(k::figures::WEEK)))).collect();
    let parts = |count: u32, names: &[Text]| {
        let part = |(place, name): (usize, &Text)| {
            let place = u32::try_from(place).unwrap_or_default();
            Series::new(t.get(*name), (1..=count).map(move |n| n * (7 + place) % 11))
        };
        names.iter().enumerate().map(part).collect()
    };
    let three = [k::figures::GREEN_LIGHTS, k::figures::CHANGES, k::figures::REFUSALS];
    let lines = vec![(t.get(g::FOOD_AID).to_owned(), 412), (t.get(g::CHILDCARE).to_owned(), 57)];
    let title = t.get(k::figures::DECISIONS);
    view! {
        <BarChart id=format!("peu-{key}") title=title of=t.get(k::figures::WEEK) labels=labels(8) parts=parts(8, &three) />
        <BarChart id=format!("annee-{key}") title=title of=t.get(k::figures::WEEK) labels=labels(52) parts=parts(52, &three[..1]) />
        <BarTable title=t.get(k::figures::STATES) of=t.get(k::figures::STATE) unit=t.get(k::figures::MISSIONS) lines=lines />
    }
    .into_any()
}

pub fn text(_: &'static str) -> AnyView {
    let t = texts();
    let twice = format!("{}\n\n{}", t.get(g::SENTENCE), t.get(g::SENTENCE));
    let lines = format!("{}\n{}", t.get(g::FOOD_AID), t.get(g::CHILDCARE));
    view! {
        <h3>{t.get(g::MISSION_TITLE)}</h3>
        <p class="lead">{t.get(g::SENTENCE)}</p>
        <Prose text=twice />
        <Lines text=lines />
        <p><a href=routes::GALLERY>{t.get(g::LINK)}</a>" "<strong>{t.get(g::OPEN)}</strong>" "<kbd>"J"</kbd></p>
        <p class="muted"><Time at=samples::at(24, 8) />", "<Day at=samples::at(24, 8) /></p>
    }
    .into_any()
}

pub fn icons(_: &'static str) -> AnyView {
    let items = SYMBOLS.map(|name| view! { <li><Icon name=name /><span>{name}</span></li> }).into_iter().collect_view();
    view! { <ul class="symbols" role="list">{items}</ul> }.into_any()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_whole_sprite_is_shown() {
        let sprite = include_str!("../../../public/icons/sprite.svg");
        let there: Vec<_> = sprite.split("<symbol id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(there, super::SYMBOLS);
    }
}
