use domain::suggestions::{Reason, Suggested, SuggestionsPage as Found, SuggestionsState};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    i18n::{Texts, k, k::suggestions as s, texts},
    profiles::{language_name, means_name},
    routes,
    search::Card,
    suggestions::{SwitchSuggestions, load_suggestions},
    ui::{
        Empty, Form, Page, Submit,
        page::{load, loaded},
        time,
    },
};

/// Missions that fit the volunteer, each with why.
#[component]
pub fn SuggestionsPage() -> impl IntoView {
    loaded(load(|| (), |()| load_suggestions()), |found| view! { <Shown found=found /> })
}

#[component]
fn Shown(found: Found) -> impl IntoView {
    let t = texts();
    let trail = vec![(t.get(k::frame::MY_SPACE).to_owned(), routes::MY_SPACE.to_owned())];
    let profile = move || view! { <a class="btn" href=routes::MY_PROFILE>{t.get(s::TO_PROFILE)}</a> };
    let body = match found.state {
        SuggestionsState::NoProfile => {
            view! { <Empty title=t.get(s::NO_PROFILE) text=t.get(s::NO_PROFILE_TEXT)>{profile()}</Empty> }.into_any()
        }
        SuggestionsState::Off => view! {
            <Empty title=t.get(s::OFF) text=t.get(s::OFF_TEXT)>
                <Form act=SwitchSuggestions::url()>
                    <Submit label=t.get(s::TURN_ON) choice=("answer", "on".to_owned()) />
                </Form>
            </Empty>
        }
        .into_any(),
        SuggestionsState::On if found.missions.is_empty() => view! {
            <Empty title=t.get(s::NONE) text=t.get(s::NONE_TEXT)>
                <a class="btn btn--primary" href=routes::MISSIONS>{t.get(k::frame::FIND)}</a>
            </Empty>
            <TurnOff />
        }
        .into_any(),
        SuggestionsState::On => {
            let cards = found.missions.into_iter().map(|one| view! { <li><One one=one /></li> }).collect_view();
            view! { <section><h2>{t.get(s::FITTING)}</h2><ul class="cards" role="list">{cards}</ul></section><TurnOff /> }
                .into_any()
        }
    };
    view! {
        <Page title=t.get(s::TITLE) lead=t.get(s::LEAD) trail=trail>
            {body}
            <p><a href=routes::MY_ALERTS>{t.get(k::alerts::TITLE)}</a></p>
        </Page>
    }
}

#[component]
fn One(one: Suggested) -> impl IntoView {
    let t = texts();
    let reasons = one.reasons.iter().map(|reason| view! { <li>{said(t, reason)}</li> }).collect_view();
    let asked = one.asked.then(|| view! { <p class="notice notice--warn">{t.get(k::cover::ASKED_YOU)}</p> });
    view! {
        <Card mission=one.mission />
        {asked}
        <div class="notice notice--info"><p>{t.get(s::WHY)}</p><ul>{reasons}</ul></div>
    }
}

/// A reason in words.
pub fn said(t: Texts, reason: &Reason) -> String {
    match reason {
        Reason::Neighbourhood => t.get(s::NEIGHBOURHOOD).to_owned(),
        Reason::Town => t.get(s::TOWN).to_owned(),
        Reason::Near(km) => t.with(s::NEAR, &[("km", &km.to_string())]),
        Reason::Remote => t.get(s::REMOTE).to_owned(),
        Reason::Moment(kind, starts_at, ends_at) => {
            t.with(s::MOMENT, &[("slot", &time::slot(t, *kind, *starts_at, *ends_at))])
        }
        Reason::Liked => t.get(s::LIKED).to_owned(),
        Reason::Skill(skill) => t.with(s::SKILL, &[("skill", skill)]),
        Reason::Means(means) => t.with(s::MEANS, &[("means", t.get(means_name(*means)))]),
        Reason::Language(language) => t.with(s::LANGUAGE, &[("language", t.get(language_name(*language)))]),
    }
}

#[component]
fn TurnOff() -> impl IntoView {
    let t = texts();
    view! {
        <p><a href=routes::MY_PROFILE>{t.get(s::TO_PROFILE)}</a></p>
        <Form act=SwitchSuggestions::url()>
            <p>{t.get(s::TURN_OFF_HINT)}</p>
            <Submit label=t.get(s::TURN_OFF) class="btn--quiet" choice=("answer", "off".to_owned()) />
        </Form>
    }
}
