//! The way to the handing-out sheets of an organisation's slots.

use chrono::{DateTime, Utc};
use domain::{
    ids::{MissionId, OrganisationId},
    missions::SlotLine,
    supplies::needs::GRACE,
};
use leptos::prelude::*;

use crate::{
    i18n::{k::supplies as s, texts},
    routes,
    ui::time,
};

/// The handing-out sheets of the slots to come, and of those that ended lately.
#[component]
pub fn SheetLinks(
    /// Who holds the slots.
    organisation: OrganisationId,
    /// The mission, which needs equipment and takes place.
    mission: MissionId,
    /// The slots that the organisation holds.
    slots: Vec<SlotLine>,
    /// The instant of the answer, UTC.
    now: DateTime<Utc>,
) -> impl IntoView {
    let t = texts();
    let lines = slots
        .into_iter()
        .filter(|slot| !slot.cancelled && slot.ends_at + GRACE > now)
        .map(|slot| {
            let when = time::slot(t, slot.kind, slot.starts_at, slot.ends_at);
            view! { <li><a href=routes::own_sheet(organisation, mission, slot.id)>{when}</a></li> }
        })
        .collect::<Vec<_>>();
    (!lines.is_empty()).then(|| view! { <section><h2>{t.get(s::OF_SLOT)}</h2><ul class="plain-list stack" role="list">{lines}</ul></section> })
}
