use domain::planning::{Holder, ReducePage};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::{
    i18n::{Texts, k, k::planning as p, texts},
    planning::{ReduceSlot, load_reducing},
    routes,
    ui::{
        Choice, Choices, Field, Form, Hidden, Page, Subject, Submit,
        page::{load, loaded},
        problems, time,
        time::When,
    },
};

/// Fewer places in a slot that is online: how many, who loses theirs, and why.
#[component]
pub fn ReduceSlotPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = Memo::new(move |_| {
        let get = |name: &str| params.read().get(name).unwrap_or_default();
        (get("mission"), get("slot"), query.read().get("places").unwrap_or_default())
    });
    let data = load(move || asked.get(), |(mission, slot, places)| load_reducing(mission, slot, places));
    loaded(data, |page| view! { <Reduce page=page /> })
}

#[component]
fn Reduce(page: ReducePage) -> impl IntoView {
    let t = texts();
    let (mission, title) = page.mission.clone();
    let trail = vec![(title, routes::own_mission(page.organisation, mission, "candidatures"))];
    let slot = page.slot.clone();
    let facts = [("taken", &*slot.taken.to_string()), ("places", &*slot.places.to_string())];
    let taken = t.with(k::missions::TAKEN_OF, &facts);
    let body = match (page.open, page.places) {
        (false, _) => view! { <p class="notice notice--info">{t.get(p::REDUCE_CLOSED)}</p> }.into_any(),
        (true, None) => view! { <HowMany page=page /> }.into_any(),
        (true, Some(places)) => view! { <HowMany page=page.clone() /><Who page=page places=places /> }.into_any(),
    };
    view! {
        <Page title=t.get(p::REDUCE_TITLE) lead=t.get(p::REDUCE_LEAD) narrow=true trail=trail>
            <p class="card">
                <When kind=slot.kind starts_at=slot.starts_at ends_at=slot.ends_at />", "
                {taken}
            </p>
            {body}
        </Page>
    }
}

/// How many places stay: it writes nothing, and shows whom it concerns.
#[component]
fn HowMany(page: ReducePage) -> impl IntoView {
    let t = texts();
    let here = routes::fewer_places(page.organisation, page.mission.0, page.slot.id);
    let value = if page.typed.is_empty() { page.slot.places.saturating_sub(1).to_string() } else { page.typed };
    let problem = page.problem.map(|problem| {
        view! { <p class="field__error" id="places-erreur">{problems::problem(t, &problem)}</p> }
    });
    let wrong = problem.is_some();
    let class = if wrong { "field field--error" } else { "field" };
    view! {
        <form method="get" action=here class="form">
            <div class=class>
                <label class="field__label" for="places">{t.get(p::REDUCE_PLACES)}</label>
                {problem}
                <input class="field__input" id="places" name="places" type="number" min="1" inputmode="numeric" value=value
                    aria-invalid=wrong.then_some("true") aria-describedby=wrong.then_some("places-erreur") />
            </div>
            <p><button class="btn" type="submit">{t.get(p::REDUCE_SHOW)}</button></p>
        </form>
    }
}

fn about(t: Texts, holder: &Holder) -> String {
    let since = t.with(p::REDUCE_SINCE, &[("at", &time::instant(t.locale(), holder.since))]);
    let offered = holder.offered.then(|| t.get(p::REDUCE_OFFERED).to_owned());
    let others =
        if holder.others > 0 { t.count(p::REDUCE_KEEPS, holder.others) } else { t.get(p::REDUCE_ENDS).to_owned() };
    [offered, Some(since), Some(others)].into_iter().flatten().collect::<Vec<_>>().join("\u{a0}— ")
}

/// Who loses their place, those who came last proposed, and why.
#[component]
fn Who(page: ReducePage, places: u32) -> impl IntoView {
    let t = texts();
    let losing = u32::try_from(page.holders.iter().filter(|holder| holder.proposed).count()).unwrap_or_default();
    let choices: Vec<Choice> = page
        .holders
        .iter()
        .map(|holder| {
            Choice::new(holder.application.to_string(), holder.name.clone())
                .hint(about(t, holder))
                .chosen(holder.proposed)
        })
        .collect();
    let (mission, slot) = (page.mission.0.to_string(), page.slot.id.to_string());
    view! {
        <section>
            <h2>{t.count(p::REDUCE_LOSE, losing)}</h2>
            <Form act=ReduceSlot::url() key=slot.clone() group="form" fresh=true>
                <Subject name="mission" value=mission />
                <Subject name="slot" value=slot />
                <Hidden name="places" value=places.to_string() />
                {(losing > 0).then(|| view! {
                    <p>{t.get(p::REDUCE_HINT)}</p>
                    <Choices name="ids" several=true legend=t.get(p::REDUCE_WHO) choices=choices />
                    <Field name="reason" kind="textarea" rows=3 label=t.get(k::common::REASON) hint=t.get(k::missions::REASON_HINT) />
                })}
                <Submit label=t.get(p::REDUCE_CONFIRM) class="btn--danger" />
            </Form>
        </section>
    }
}
