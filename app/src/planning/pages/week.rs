use domain::{
    ids::{MissionId, OrganisationId},
    missions::{MissionStatus, VersionStatus},
    organisations::OwnMission,
    planning::{Agenda, AgendaSlot},
};
use leptos::prelude::*;

use crate::{
    i18n::{Texts, k, k::planning as p, texts},
    planning::load_agenda,
    routes,
    ui::{
        Icon,
        page::{load, loaded},
        time::{self, When},
    },
};

/// What waits for an organisation, and the slots of the days to come.
#[component]
pub fn Week(
    /// The organisation.
    organisation: OrganisationId,
    /// Its missions.
    missions: Vec<OwnMission>,
) -> impl IntoView {
    let data = load(move || organisation.to_string(), load_agenda);
    loaded(data, move |agenda| {
        view! {
            <Waiting organisation=organisation missions=missions.clone() offers=agenda.offers unread=agenda.unread.clone() to_validate=agenda.to_validate />
            <Slots agenda=agenda />
        }
    })
}

/// A line of what waits: what it is, then links to where it is done.
fn waiting(t: Texts, what: String, missions: Vec<(String, String)>) -> AnyView {
    let untitled = |title: String| if title.is_empty() { t.get(p::UNTITLED).to_owned() } else { title };
    let links =
        missions.into_iter().map(|(href, title)| view! { <li><a href=href>{untitled(title)}</a></li> }).collect_view();
    view! { <li>{what}<ul>{links}</ul></li> }.into_any()
}

#[component]
fn Waiting(
    organisation: OrganisationId,
    missions: Vec<OwnMission>,
    offers: u32,
    unread: Vec<(MissionId, String, u32)>,
    to_validate: u32,
) -> impl IntoView {
    let t = texts();
    let page =
        |mission: &OwnMission, page| (routes::own_mission(organisation, mission.id, page), mission.title.clone());
    let pending: u32 = missions.iter().map(|mission| mission.pending).sum();
    let to_answer: Vec<_> =
        missions.iter().filter(|mission| mission.pending > 0).map(|mission| page(mission, "candidatures")).collect();
    let sent_back = |mission: &&OwnMission| {
        mission.status == MissionStatus::ChangesRequested
            || mission.newer_version == Some(VersionStatus::ChangesRequested)
    };
    let to_change: Vec<_> = missions.iter().filter(sent_back).map(|mission| page(mission, "relecture")).collect();
    let mut lines = Vec::new();
    if pending > 0 {
        lines.push(waiting(t, t.count(p::AWAITS_PENDING, pending), to_answer));
    }
    let wrote: u32 = unread.iter().map(|(_, _, people)| people).sum();
    if wrote > 0 {
        let list = |id| routes::own_mission(organisation, id, "candidatures");
        let links = unread.into_iter().map(|(id, title, _)| (list(id), title)).collect();
        lines.push(waiting(t, t.count(p::AWAITS_MESSAGES, wrote), links));
    }
    if !to_change.is_empty() {
        lines.push(waiting(t, t.get(p::AWAITS_CHANGES).to_owned(), to_change));
    }
    if offers > 0 {
        lines.push(view! { <li>{t.count(p::AWAITS_OFFERS, offers)}</li> }.into_any());
    }
    if to_validate > 0 {
        lines.push(
            view! { <li><a href="#presences" rel="external">{t.count(p::AWAITS_HOURS, to_validate)}</a></li> }
                .into_any(),
        );
    }
    let body = if lines.is_empty() {
        view! { <p>{t.get(p::NOTHING_AWAITS)}</p> }.into_any()
    } else {
        view! { <ul class="plain-list stack" role="list">{lines}</ul> }.into_any()
    };
    view! { <section class="card"><h2>{t.get(p::AWAITS)}</h2>{body}</section> }
}

#[component]
fn Slots(agenda: Agenda) -> impl IntoView {
    let t = texts();
    let organisation = agenda.organisation;
    if agenda.slots.is_empty() {
        return view! { <section><h2>{t.get(p::WEEK)}</h2><p>{t.get(p::NO_WEEK)}</p></section> }.into_any();
    }
    let (risky, set): (Vec<_>, Vec<_>) = agenda.slots.into_iter().partition(AgendaSlot::is_at_risk);
    let part = |title, slots: Vec<AgendaSlot>| {
        (!slots.is_empty()).then(|| {
            let lines = slots.into_iter().map(|one| view! { <One organisation=organisation one=one /> }).collect_view();
            view! { <h3>{t.get(title)}</h3><ul class="slots" role="list">{lines}</ul> }
        })
    };
    view! {
        <section>
            <h2>{t.get(p::WEEK)}</h2>
            {part(p::TO_LOOK_AT, risky)}
            {part(p::ALL_SET, set)}
        </section>
    }
    .into_any()
}

#[component]
fn One(organisation: OrganisationId, one: AgendaSlot) -> impl IntoView {
    let t = texts();
    let (unfilled, unanswered) = (one.unfilled(), one.unanswered);
    let (mission, title) = one.mission;
    let slot = one.slot;
    let places =
        t.with(k::missions::TAKEN_OF, &[("taken", &slot.taken.to_string()), ("places", &slot.places.to_string())]);
    let answer = (unanswered > 0).then(|| {
        let href = routes::own_mission(organisation, mission, "candidatures");
        view! { <a href=href><Icon name="i-people" />{t.count(p::UNANSWERED, unanswered)}</a> }
    });
    let cover = one.cover.then(|| {
        view! { <br /><a class="btn btn--quiet" href=routes::cover(organisation, mission, slot.id)>{t.get(k::cover::LINK)}</a> }
    });
    let offered = (one.offered > 0).then(|| view! { ", "<span>{t.count(p::UNCONFIRMED, one.offered)}</span> });
    let suspended = one
        .suspended
        .then(|| view! { <span class="pill pill--closed">{t.get(k::applications::SLOT_SUSPENDED)}</span> });
    let gone = one
        .left
        .into_iter()
        .map(|(name, at)| {
            let at = time::instant(t.locale(), at);
            view! { <br /><small>{t.with(p::LEFT_LATE, &[("name", &name), ("at", &at)])}</small> }
        })
        .collect_view();
    let left = (unfilled > 0).then(|| view! { <span>{t.count(p::UNFILLED, unfilled)}</span> });
    view! {
        <li class="slot">
            <span class="slot__when">
                <When kind=slot.kind starts_at=slot.starts_at ends_at=slot.ends_at />
                <small>{title}</small>{suspended}
            </span>
            <span class="slot__places">{places}{offered}{left.map(|left| view! { ", "{left} })}{gone}{answer.map(|answer| view! { <br />{answer} })}</span>
            <div class="slot__action">
                <a class="btn btn--quiet" href=routes::attendance(organisation, mission, slot.id)>{t.get(p::WHO_COMES)}</a>
                {cover}
            </div>
        </li>
    }
}
