use domain::{equipment::EquipmentType, missions::EquipmentNeed};
use leptos::prelude::*;

use crate::{
    i18n::{k::supplies as s, texts},
    ui::{Field, Fold, Hidden},
};

/// How much of each kind a mission needs: kinds it asks for in sight, the others folded away. Stands in the form `act`.
#[component]
pub fn NeedFields(
    /// The address of the form's server function.
    act: &'static str,
    /// What can be asked for.
    kinds: Vec<EquipmentType>,
    /// What is asked for.
    needs: Vec<EquipmentNeed>,
) -> impl IntoView {
    let t = texts();
    let of = |kind: &EquipmentType| needs.iter().find(|need| need.code == kind.code).cloned();
    let (asked, others): (Vec<_>, Vec<_>) =
        kinds.into_iter().map(|kind| (of(&kind), kind)).partition(|(need, _)| need.is_some());
    let first = asked.len();
    let line = |(index, (need, kind)): (usize, (Option<EquipmentNeed>, EquipmentType))| {
        view! { <NeedLine index=index kind=kind need=need.unwrap_or_default() /> }
    };
    let lines = asked.into_iter().enumerate().map(line).collect_view();
    view! {
        <fieldset class="supplies">
            <legend>{t.get(s::LEGEND)}</legend>
            <p class="field__hint">{t.get(s::LEGEND_HINT)}</p>
            {lines}
            <Fold summary=t.get(s::MORE_KINDS) act=act>
                {others.into_iter().enumerate().map(|(index, other)| line((first + index, other))).collect_view()}
            </Fold>
        </fieldset>
    }
}

#[component]
fn NeedLine(index: usize, kind: EquipmentType, need: EquipmentNeed) -> impl IntoView {
    let t = texts();
    let label = |text| t.with(text, &[("label", &kind.label), ("unit", &kind.unit)]);
    let number = |units: u32| if units == 0 { String::new() } else { units.to_string() };
    let name = |field: &str| format!("equipment.{index}.{field}");
    view! {
        <div class="form__row">
            <Hidden name=name("code") value=kind.code.clone() />
            <Field name=name("per_volunteer") kind="number" inputmode="numeric" optional=true label=label(s::PER_VOLUNTEER_OF) value=number(need.per_volunteer) />
            <Field name=name("per_slot") kind="number" inputmode="numeric" optional=true label=label(s::PER_SLOT_OF) value=number(need.per_slot) />
        </div>
    }
}
