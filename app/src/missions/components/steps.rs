//! The progress of the editor.

use domain::ids::{MissionId, OrganisationId};
use leptos::prelude::*;

use crate::{
    i18n::{Text, k::missions as m, texts},
    routes,
};

/// The pages of the editor, in order, with what each is called.
const STEPS: [(&str, Text); 5] = [
    ("texte", m::STEP_TEXT),
    ("lieu", m::STEP_PLACE),
    ("creneaux", m::STEP_SLOTS),
    ("public", m::STEP_PEOPLE),
    ("relecture", m::STEP_REVIEW),
];

/// Where one is in the editor; each step is a link.
#[component]
pub fn Steps(
    /// The organisation.
    organisation: OrganisationId,
    /// The mission.
    mission: MissionId,
    /// The page of this step.
    here: &'static str,
) -> impl IntoView {
    let t = texts();
    let items = STEPS
        .map(|(page, name)| {
            let current = (page == here).then_some("step");
            view! { <li aria-current=current><a href=routes::own_mission(organisation, mission, page)>{t.get(name)}</a></li> }
        })
        .into_iter()
        .collect_view();
    view! { <nav aria-label=t.get(m::STEPS)><ol class="steps">{items}</ol></nav> }
}
