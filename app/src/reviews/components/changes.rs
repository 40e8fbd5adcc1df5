use domain::{
    missions::{MissionPage, SlotLine},
    reviews::{Change, Earlier, FieldChange, Piece, SlotChange},
};
use leptos::prelude::*;

use crate::{
    i18n::{Text, Texts, k::reviews as r, texts},
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
    let lead = self::since(t, &earlier);
    if earlier.changed.is_empty() {
        return view! { <p>{lead}</p> }.into_any();
    }
    let lines = earlier
        .changed
        .iter()
        .map(|FieldChange { field, change }| {
            let told = match change {
                Change::Words(pieces) => view! { <Words pieces=pieces.clone() /> }.into_any(),
                Change::Slots(slots) => view! { <Slots changes=slots.clone() /> }.into_any(),
                Change::Value => view! {
                    <del><span class="visually-hidden">{t.get(r::BEFORE)}" "</span>{value_of(t, &earlier.page, field)}</del>
                    "\n"
                    <ins><span class="visually-hidden">{t.get(r::AFTER)}" "</span>{value_of(t, &mission, field)}</ins>
                }
                .into_any(),
            };
            view! { <dt>{field_name(t, field)}</dt><dd>{told}</dd> }
        })
        .collect_view();
    view! { <p>{lead}</p><dl class="diff">{lines}</dl> }.into_any()
}

/// Which earlier version this one is read beside, and whether anything changed since.
pub fn since(t: Texts, earlier: &Earlier) -> String {
    let lead = match earlier {
        Earlier { online: true, .. } => r::SINCE_ONLINE,
        Earlier { again: true, .. } => r::SAME_VERSION,
        _ => r::SINCE_SENT_BACK,
    };
    let mut lead = t.with(lead, &[("version", &earlier.version.to_string())]);
    if earlier.again && !earlier.online {
        return lead;
    }
    if earlier.again {
        lead = format!("{} {lead}", t.get(r::SENT_AGAIN));
    }
    if earlier.changed.is_empty() { format!("{lead} {}", t.get(r::NO_CHANGE)) } else { lead }
}

/// A text, the words that went and came marked for the eye and said for the ear.
#[component]
fn Words(pieces: Vec<Piece>) -> impl IntoView {
    let t = texts();
    pieces
        .into_iter()
        .map(|piece| match piece {
            Piece::Same(text) => view! { <span>{text}</span> }.into_any(),
            Piece::Removed(text) => {
                view! { <del><span class="visually-hidden">{t.get(r::REMOVED)}" "</span>{text}</del>" " }.into_any()
            }
            Piece::Added(text) => {
                view! { <ins><span class="visually-hidden">{t.get(r::ADDED)}" "</span>{text}</ins> }.into_any()
            }
        })
        .collect_view()
}

/// Slots that were added, removed, moved, or have other places.
#[component]
fn Slots(changes: Vec<SlotChange>) -> impl IntoView {
    let t = texts();
    let lines = changes
        .into_iter()
        .map(|SlotChange { before, after }| {
            let act = slot_change(before.as_ref(), after.as_ref());
            view! {
                <li>
                    {t.get(act)}" "
                    {before.map(|slot| view! { <del>{slot_line(t, &slot)}</del>" " })}
                    {after.map(|slot| view! { <ins>{slot_line(t, &slot)}</ins> })}
                </li>
            }
        })
        .collect_view();
    view! { <ul>{lines}</ul> }
}

/// What happened to a slot.
pub fn slot_change(before: Option<&SlotLine>, after: Option<&SlotLine>) -> Text {
    let when = |slot: &SlotLine| (slot.starts_at, slot.ends_at, slot.kind);
    match (before, after) {
        (None, _) => r::SLOT_ADDED,
        (_, None) => r::SLOT_REMOVED,
        (Some(old), Some(new)) if when(old) == when(new) => r::SLOT_PLACES,
        _ => r::SLOT_MOVED,
    }
}

/// What a field is called.
pub fn field_name(t: Texts, field: &str) -> &'static str {
    match field {
        "remote" => t.get(r::WHERE),
        "open_to_minors" => t.get(r::PUBLIC),
        other => problems::field_name(t, other),
    }
}

/// What was chosen in a field, in words.
pub fn value_of(t: Texts, mission: &MissionPage, field: &str) -> String {
    let text = match field {
        "domain" => mission.domain.as_ref().map(|term| term.label.clone()).unwrap_or_default(),
        "remote" => t.get(if mission.remote { r::REMOTE } else { r::ON_SITE }).to_owned(),
        "neighbourhood" => mission.neighbourhood.clone().unwrap_or_default(),
        "beneficiaries" => mission.beneficiaries.join(", "),
        "equipment" => mission.equipment.join("\u{a0}; "),
        "open_to_minors" => t.get(if mission.open_to_minors { r::FROM_16 } else { r::FROM_18 }).to_owned(),
        _ => String::new(),
    };
    if text.is_empty() { t.get(r::NOTHING).to_owned() } else { text }
}

/// A slot with its places, in a line.
pub fn slot_line(t: Texts, slot: &SlotLine) -> String {
    let when = time::slot(t, slot.kind, slot.starts_at, slot.ends_at);
    format!("{when} ({})", t.count(r::PLACES, slot.places))
}
