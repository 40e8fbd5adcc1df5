use domain::{
    ids::ReviewId,
    missions::EquipmentNeed,
    supplies::{MissionSupplies, SupplyLine},
};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    i18n::{Texts, k::supplies as s, texts},
    supplies::{ReleaseSupplies, ReserveSupplies},
    ui::{Form, Icon, Subject, Submit},
};

/// The equipment of a mission under review against the town's stock, reserved by one button.
#[component]
pub fn SuppliesPanel(
    /// The figures.
    supplies: MissionSupplies,
    /// INSEE code of the town.
    insee: String,
    /// The review.
    id: ReviewId,
    /// Whether the viewer may reserve now.
    may_reserve: bool,
) -> impl IntoView {
    let t = texts();
    if supplies.lines.is_empty() {
        return view! { <p>{t.get(s::PANEL_NONE)}</p> }.into_any();
    }
    let to_reserve = may_reserve && supplies.lines.iter().any(|line| line.cover.to_reserve() > 0);
    let to_release = may_reserve && supplies.lines.iter().any(|line| line.cover.reserved > 0);
    let lines = supplies.lines.into_iter().map(|line| view! { <Line line=line /> }).collect_view();
    let heads = [s::KIND, s::STATES, s::NEEDED, s::RESERVED, s::FREE, s::MISSING]
        .map(|head| view! { <th scope="col">{t.get(head)}</th> })
        .into_iter()
        .collect_view();
    let again = insee.clone();
    view! {
        <div class="table-wrap">
            <table class="data">
                <caption>{t.get(s::PANEL_CAPTION)}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        <p class="field__hint">{t.get(s::NEEDED_HINT)}</p>
        {to_reserve.then(move || view! {
            <Form act=ReserveSupplies::url()>
                <Subject name="insee" value=insee />
                <Subject name="id" value=id.to_string() />
                <Submit label=t.get(s::RESERVE) class="" />
                <p class="field__hint">{t.get(s::RESERVE_HINT)}</p>
            </Form>
        })}
        {to_release.then(move || view! {
            <Form act=ReleaseSupplies::url()>
                <Subject name="insee" value=again />
                <Subject name="id" value=id.to_string() />
                <Submit label=t.get(s::RELEASE) class="btn--quiet" />
            </Form>
        })}
    }
    .into_any()
}

/// What a mission states of a kind, per volunteer and per slot.
pub fn stated(t: Texts, need: &EquipmentNeed) -> String {
    let facts = [(s::EACH, need.per_volunteer), (s::COMMON, need.per_slot)];
    let stated = facts.into_iter().filter(|(_, units)| *units > 0);
    stated.map(|(name, units)| format!("{}\u{a0}{units}", t.get(name))).collect::<Vec<_>>().join(", ")
}

#[component]
fn Line(line: SupplyLine) -> impl IntoView {
    let t = texts();
    let cover = line.cover;
    let states = stated(t, &line.need);
    let missing = match cover.missing() {
        0 => view! { {t.get(s::ENOUGH)} }.into_any(),
        n => view! { <span class="pill pill--urgent"><Icon name="i-warning" />{t.count(s::MISSING_N, n)}</span> }
            .into_any(),
    };
    view! {
        <tr>
            <th scope="row">{line.kind.label}</th>
            <td data-label=t.get(s::STATES)><span>{states}</span></td>
            <td class="num" data-label=t.get(s::NEEDED)><span>{t.number(cover.needed)}</span></td>
            <td class="num" data-label=t.get(s::RESERVED)><span>{t.number(cover.reserved)}</span></td>
            <td class="num" data-label=t.get(s::FREE)><span>{t.number(cover.free)}</span></td>
            <td data-label=t.get(s::MISSING)><span>{missing}</span></td>
        </tr>
    }
}
