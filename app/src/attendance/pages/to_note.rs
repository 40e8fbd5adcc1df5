use domain::{attendance::ToNote, ids::OrganisationId};
use leptos::prelude::*;

use crate::{
    attendance::load_to_note,
    i18n::{k::attendance as a, texts},
    routes,
    ui::{
        page::{load, loaded},
        time::When,
    },
};

/// The slots of which an organisation has still to say who came; nothing when there are none.
#[component]
pub fn SlotsToNote(
    /// The organisation.
    organisation: OrganisationId,
) -> impl IntoView {
    let data = load(move || organisation.to_string(), load_to_note);
    loaded(data, move |slots| view! { <Shown organisation=organisation slots=slots /> })
}

#[component]
fn Shown(organisation: OrganisationId, slots: Vec<ToNote>) -> impl IntoView {
    let t = texts();
    (!slots.is_empty()).then(|| {
        let lines = slots
            .into_iter()
            .map(|waits| {
                let (mission, title) = waits.mission;
                let slot = waits.slot;
                view! {
                    <li>
                        <a href=routes::attendance(organisation, mission, slot.id)>
                            {title}", "<When kind=slot.kind starts_at=slot.starts_at ends_at=slot.ends_at />
                        </a>
                        <p class="small">{t.count(a::TO_NOTE_PEOPLE, waits.people)}</p>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section id="presences">
                <h2>{t.get(a::TO_NOTE)}</h2>
                <ul class="plain-list stack" role="list">{lines}</ul>
            </section>
        }
    })
}
