use domain::{ids::MissionId, planning::SlotBatch};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    i18n::{Texts, k::planning as p, texts},
    planning::{RemoveSlots, load_batches},
    ui::{
        Form, Subject, Submit,
        page::{load, loaded},
        time::{self, When},
    },
};

/// The slots of a mission that were added together; nothing when there are none.
#[component]
pub fn Batches(
    /// The mission.
    mission: MissionId,
) -> impl IntoView {
    let data = load(move || mission.to_string(), load_batches);
    loaded(data, move |batches| {
        let t = texts();
        (!batches.is_empty()).then(|| {
            let lines = batches.into_iter().map(|batch| view! { <One mission=mission batch=batch /> }).collect_view();
            view! { <section><h2>{t.get(p::BATCHES)}</h2>{lines}</section> }
        })
    })
}

/// When a batch was added, and its first and last day.
fn span(t: Texts, batch: &SlotBatch) -> Option<String> {
    let starts = || batch.free.iter().chain(batch.taken.iter().map(|(plan, _)| plan)).map(|plan| plan.starts_at);
    let day = |at| time::date(t.locale(), domain::paris::date(at));
    let (first, last) = starts().min().zip(starts().max())?;
    Some(t.with(p::BATCH_SPAN, &[("day", &day(batch.at)), ("first", &day(first)), ("last", &day(last))]))
}

#[component]
fn One(mission: MissionId, batch: SlotBatch) -> impl IntoView {
    let t = texts();
    let count = |slots: usize| u32::try_from(slots).unwrap_or(u32::MAX);
    let (free, all) = (count(batch.free.len()), count(batch.free.len() + batch.taken.len()));
    let title = t.count(p::BATCH_OF, all);
    let span = span(t, &batch);
    let stay: Vec<_> = batch
        .taken
        .into_iter()
        .map(|(plan, people)| {
            view! {
                <li><When kind=plan.kind starts_at=plan.starts_at ends_at=plan.ends_at />" "<small>{t.count(p::PEOPLE, people)}</small></li>
            }
        })
        .collect();
    let stay = (!stay.is_empty())
        .then(|| view! { <p>{t.get(p::STAY)}</p><ul class="plain-list stack" role="list">{stay}</ul> });
    let undo = batch.removable.then(|| {
        view! {
            <p class="muted">{t.get(p::UNDO_HINT)}</p>
            <Form act=RemoveSlots::url() key=batch.id.to_string()>
                <Subject name="mission" value=mission.to_string() />
                <Subject name="batch" value=batch.id.to_string() />
                <Submit label=t.count(p::UNDO, free) class="btn--quiet" />
            </Form>
        }
    });
    view! {
        <article class="card">
            <h3>{title}</h3>
            <p>{span}</p>
            {stay}
            {undo}
        </article>
    }
}
