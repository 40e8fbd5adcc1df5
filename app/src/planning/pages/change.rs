use chrono::TimeDelta;
use domain::{
    ids::MissionId,
    missions::{SlotKind, SlotPlan},
    paris,
};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    i18n::{k::planning as p, texts},
    planning::ExtendSlot,
    ui::{Field, Fold, Form, Subject, Submit},
};

/// More places for a slot, a later last day for an open period.
#[component]
pub fn Change(
    /// The mission.
    mission: MissionId,
    /// The slot.
    plan: SlotPlan,
) -> impl IntoView {
    let t = texts();
    let key = plan.id.to_string();
    let last = (plan.kind == SlotKind::OpenPeriod).then(|| {
        let last = paris::date(plan.ends_at - TimeDelta::seconds(1)).to_string();
        move || view! { <Field name="last_date" kind="date" label=t.get(p::CHANGE_LAST_DATE) hint=t.get(p::CHANGE_LAST_DATE_HINT) value=last.clone() optional=true /> }
    });
    view! {
        <Fold summary=t.get(p::CHANGE) act=ExtendSlot::url() key=key.clone()>
            <p class="muted">{t.get(p::CHANGE_HINT)}</p>
            <Form act=ExtendSlot::url() key=key group="form">
                <Subject name="mission" value=mission.to_string() />
                <Subject name="slot" value=plan.id.to_string() />
                <Field name="places" kind="number" label=t.get(p::CHANGE_PLACES) inputmode="numeric" value=plan.places.to_string() />
                {last.map(|last| last())}
                <Submit label=t.get(p::CHANGE_CONFIRM) class="btn--quiet" />
            </Form>
        </Fold>
    }
}
