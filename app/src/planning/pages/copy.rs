use domain::{
    ids::{MissionId, OrganisationId},
    missions::MissionStatus,
};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    i18n::{k::planning as p, texts},
    planning::CopyMission,
    routes,
    ui::{Choice, Choices, Fold, Form, Subject, Submit},
};

/// What a copy is a copy of; nothing for other missions.
#[component]
pub fn CopyNote(
    /// Its organisation.
    organisation: OrganisationId,
    /// The other mission: id, title.
    of: Option<(MissionId, String)>,
) -> impl IntoView {
    let t = texts();
    of.map(|(id, title)| {
        let title = if title.is_empty() { t.get(p::UNTITLED).to_owned() } else { title };
        let href = routes::own_mission(organisation, id, "relecture");
        view! { <p class="notice notice--info">{t.get(p::IS_COPY)}" "<a href=href>{title}</a></p> }
    })
}

/// Makes a copy from the mission's page, with its slots or without; for a mission that is closed, the way to begin again.
#[component]
pub fn CopyForm(
    /// The mission.
    mission: MissionId,
    /// Where it stands.
    status: MissionStatus,
) -> impl IntoView {
    let t = texts();
    if status == MissionStatus::Closed {
        return view! {
            <section class="notice notice--info">
                <h2>{t.get(p::OVER_TITLE)}</h2>
                <p>{t.get(p::OVER_TEXT)}</p>
                <Fields mission=mission />
            </section>
        }
        .into_any();
    }
    view! { <Fold summary=t.get(p::COPY_TITLE) act=CopyMission::url()><Fields mission=mission /></Fold> }.into_any()
}

#[component]
fn Fields(mission: MissionId) -> impl IntoView {
    let t = texts();
    let slots = vec![
        Choice::new("moved", t.get(p::COPY_MOVED)).hint(t.get(p::COPY_MOVED_HINT)).chosen(true),
        Choice::new("none", t.get(p::COPY_NONE)).hint(t.get(p::COPY_NONE_HINT)),
    ];
    view! {
        <p>{t.get(p::COPY_HINT)}</p>
        <Form act=CopyMission::url()>
            <Subject name="mission" value=mission.to_string() />
            <Choices name="slots" legend=t.get(p::COPY_SLOTS) choices=slots />
            <Submit label=t.get(p::COPY_CONFIRM) class="" />
        </Form>
    }
}

/// Makes a copy from a list, with its slots.
#[component]
pub fn CopyButton(
    /// The mission.
    mission: MissionId,
) -> impl IntoView {
    let t = texts();
    view! {
        <Form act=CopyMission::url() key=mission.to_string() class="form--inline">
            <Subject name="mission" value=mission.to_string() />
            <Subject name="slots" value="moved" />
            <Submit label=t.get(p::COPY) class="btn--quiet" />
        </Form>
    }
}
