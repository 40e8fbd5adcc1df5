use domain::{
    missions::{MissionPage, SlotLine},
    reviews::Earlier,
};
use leptos::prelude::*;

use crate::{
    i18n::{Texts, k::reviews as r, texts},
    ui::{Icon, problems, time},
};

/// What changed since an earlier version, field by field.
#[component]
pub fn Changes(
    /// The earlier version.
    since: Option<Earlier>,
    /// What is under review.
    mission: MissionPage,
) -> impl IntoView {
    let t = texts();
    let Some(earlier) = since else {
        return view! { <div class="notice notice--info"><Icon name="i-info" /><p>{t.get(r::FIRST_VERSION)}</p></div> }
            .into_any();
    };
    let lead = t.with(
        if earlier.online { r::SINCE_ONLINE } else { r::SINCE_SENT_BACK },
        &[("version", &earlier.version.to_string())],
    );
    if earlier.changed.is_empty() {
        return view! { <p>{lead}" "{t.get(r::NO_CHANGE)}</p> }.into_any();
    }
    let lines = earlier
        .changed
        .iter()
        .map(|field| {
            view! {
                <dt>{name(t, field)}</dt>
                <dd>
                    <del><span class="visually-hidden">{t.get(r::BEFORE)}" "</span>{value(t, &earlier.page, field)}</del>
                    "\n"
                    <ins><span class="visually-hidden">{t.get(r::AFTER)}" "</span>{value(t, &mission, field)}</ins>
                </dd>
            }
        })
        .collect_view();
    view! { <p>{lead}</p><dl class="diff">{lines}</dl> }.into_any()
}

fn name(t: Texts, field: &str) -> &'static str {
    match field {
        "remote" => t.get(r::WHERE),
        "open_to_minors" => t.get(r::PUBLIC),
        other => problems::field_name(t, other),
    }
}

/// The value of a field in words.
fn value(t: Texts, mission: &MissionPage, field: &str) -> String {
    let text = match field {
        "title" => mission.title.clone(),
        "goal" => mission.goal.clone(),
        "description" => mission.description.clone(),
        "domain" => mission.domain.as_ref().map(|term| term.label.clone()).unwrap_or_default(),
        "remote" => t.get(if mission.remote { r::REMOTE } else { r::ON_SITE }).to_owned(),
        "address" => mission.address.clone(),
        "neighbourhood" => mission.neighbourhood.clone().unwrap_or_default(),
        "beneficiaries" => mission.beneficiaries.join(", "),
        "prerequisites" => mission.prerequisites.clone(),
        "safety_rules" => mission.safety_rules.clone(),
        "open_to_minors" => t.get(if mission.open_to_minors { r::FROM_16 } else { r::FROM_18 }).to_owned(),
        "slots" => mission.slots.iter().map(|slot| slot_line(t, slot)).collect::<Vec<_>>().join("\n"),
        _ => String::new(),
    };
    if text.is_empty() { t.get(r::NOTHING).to_owned() } else { text }
}

/// A slot with its places, in a line.
fn slot_line(t: Texts, slot: &SlotLine) -> String {
    let when = time::slot(t, slot.kind, slot.starts_at, slot.ends_at);
    format!("{when} ({})", t.count(r::PLACES, slot.places))
}
