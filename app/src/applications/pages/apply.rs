use domain::{
    applications::door::{Door, reason},
    missions::{MissionPage, MissionStatus, Seen, SlotLine},
};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    applications::Apply,
    frame::Person,
    i18n::{Texts, k::applications as a, k::missions as m, k::partners as p, texts},
    missions::{Nothing, door_words, load_mission},
    request, routes,
    ui::{
        Check, Choice, Choices, Field, Form, Hidden, Lines, Page, Subject, Submit,
        page::{load, loaded, param},
        time,
    },
};

/// Offering help: slots, safety rules, a word.
#[component]
pub fn ApplyPage() -> impl IntoView {
    let id = param("id");
    let person = expect_context::<Person>().0;
    let data = load(move || id.get(), load_mission);
    loaded(data, move |mission| {
        let here = routes::apply(mission.id);
        view! {
            <Suspense>
                {move || {
                    let (mission, here) = (mission.clone(), here.clone());
                    Suspend::new(async move {
                        match person.await.ok().flatten() {
                            None => {
                                request::redirect(&routes::sign_in(&here));
                                view! { <SignInFirst here=here /> }.into_any()
                            }
                            Some(me) if !me.volunteer => view! { <ProfileFirst here=here /> }.into_any(),
                            Some(_) => view! { <Offer mission=mission /> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        }
    })
}

#[component]
fn SignInFirst(here: String) -> impl IntoView {
    let t = texts();
    view! {
        <Page title=t.get(a::TITLE) lead=t.get(a::SIGN_IN_FIRST) narrow=true>
            <p class="btn-row">
                <a class="btn btn--primary" href=routes::sign_in(&here)>{t.get(crate::i18n::k::frame::SIGN_IN)}</a>
                <a class="btn" href=routes::register_volunteer(&here)>{t.get(crate::i18n::k::accounts::REGISTER_TITLE)}</a>
            </p>
        </Page>
    }
}

#[component]
fn ProfileFirst(here: String) -> impl IntoView {
    let t = texts();
    let href = format!("{}?suite={}", routes::MY_PROFILE, routes::encode(&here));
    view! {
        <Page title=t.get(a::PROFILE_FIRST_TITLE) lead=t.get(a::PROFILE_FIRST) narrow=true>
            <p><a class="btn btn--primary" href=href>{t.get(a::COMPLETE_PROFILE)}</a></p>
        </Page>
    }
}

/// Who answers for a slot, where several organisations do.
pub(super) fn group(t: Texts, mission: &MissionPage, slot: &SlotLine) -> String {
    let partner = mission.partners.iter().find(|partner| Some(partner.id) == slot.organisation);
    let (name, choose) = partner.map_or((&mission.organisation.1, mission.choose), |it| (&it.name, it.choose));
    t.with(if choose { p::WITH_CHOOSE } else { p::WITH_AT_ONCE }, &[("organisation", name)])
}

/// A slot as an answer; one that is full has a waiting list, and one that cannot be asked for says why.
pub(super) fn choice(t: Texts, slot: &SlotLine, only: bool, seen: Option<&Seen>) -> Choice {
    let shut = seen.is_some_and(|seen| matches!(seen.door, Door::Shut(_)));
    Choice::new(slot.id.to_string(), time::slot(t, slot.kind, slot.starts_at, slot.ends_at))
        .hint(door_words(t, slot, seen))
        .chosen(only)
        .disabled(shut)
}

/// The safety rules in force, and that they were read.
#[component]
pub(super) fn SafetyRead(mission: MissionPage) -> impl IntoView {
    let t = texts();
    let rules = mission.domain_rules.into_iter().map(|rule| view! { <li>{rule.text}</li> }).collect_view();
    view! {
        <section class="card">
            <h2>{t.get(m::SAFETY)}</h2>
            <Lines text=mission.safety_rules />
            <ul class="prose">{rules}</ul>
        </section>
        <Hidden name="reading" value=mission.reading />
        <Check name="acknowledged" label=t.get(a::ACKNOWLEDGE) />
    }
}

#[component]
fn Offer(mission: MissionPage) -> impl IntoView {
    let t = texts();
    let back = vec![(mission.title.clone(), routes::mission(mission.id, &mission.slug))];
    let to_come = |slot: &&SlotLine| !slot.cancelled && slot.ends_at > mission.now;
    let mut open: Vec<&SlotLine> = mission.slots.iter().filter(to_come).collect();
    let shut = match (&mission.mine, mission.status) {
        (Some(_), _) => Some(m::ALREADY_APPLIED),
        (None, MissionStatus::Published) => open.is_empty().then_some(m::NO_DATE),
        (None, _) => Some(m::OVER),
    };
    if let Some(word) = shut {
        return view! {
            <Page title=mission.title lead=t.get(word) narrow=true trail=back>
                <p><a class="btn btn--primary" href=routes::MY_SPACE>{t.get(m::SEE_MY_SPACE)}</a></p>
            </Page>
        }
        .into_any();
    }
    let only = open.len() == 1;
    let shared = open.iter().any(|slot| slot.organisation.is_some());
    // One application is for one organisation: its slots stand together, the mission's own first.
    open.sort_by_key(|slot| mission.partners.iter().position(|partner| Some(partner.id) == slot.organisation));
    let named = |slot| if shared { group(t, &mission, slot) } else { String::new() };
    let seen = |slot: &SlotLine| mission.viewer.as_ref().and_then(|viewer| viewer.seen(slot.id));
    let why = reason(open.iter().copied().filter_map(seen).map(|seen| &seen.door)).cloned();
    let listed =
        |slot: &SlotLine| seen(slot).map_or(slot.taken >= slot.places, |seen| !matches!(seen.door, Door::Open(_)));
    let full = open.iter().copied().all(listed);
    let choices = open.iter().copied().map(|slot| choice(t, slot, only, seen(slot)).under(named(slot))).collect();
    if why.is_some() {
        return view! {
            <Page title=t.with(a::TITLE_FOR, &[("mission", &mission.title)]) narrow=true trail=back><Nothing why=why /></Page>
        }
        .into_any();
    }
    let guardian = mission.viewer.as_ref().is_some_and(|viewer| viewer.guardian);
    let how = match (shared, mission.choose) {
        (true, _) => p::EACH_ANSWERS,
        (false, true) => m::CHOOSE,
        (false, false) => m::AT_ONCE,
    };
    view! {
        <Page title=t.with(a::TITLE_FOR, &[("mission", &mission.title)]) lead=t.get(how) narrow=true trail=back>
            <Form act=Apply::url() group="form">
                <Subject name="mission" value=mission.id.to_string() />
                <Choices name="slots" several=true legend=t.get(a::SLOTS) hint=t.get(a::SLOTS_HINT) choices=choices />
                <SafetyRead mission=mission />
                {guardian.then(|| view! {
                    <Field name="guardian" kind="email" label=t.get(a::GUARDIAN) hint=t.get(a::GUARDIAN_HINT) />
                })}
                <Field name="message" kind="textarea" rows=3 label=t.get(a::MESSAGE) hint=t.get(a::MESSAGE_HINT) optional=true />
                <div class="actionbar"><Submit label=t.get(if full { m::JOIN_WAITING } else { m::APPLY }) /></div>
            </Form>
        </Page>
    }
    .into_any()
}
