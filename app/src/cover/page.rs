use domain::cover::{
    CoverPage as Asking, CoverRequest, Crowd, Ground,
    rules::{FEWEST_TOLD, LONGEST_WORD, MOST_AT_ONCE},
};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    cover::{AskForCover, load_cover},
    i18n::{Texts, k, k::cover as c, texts},
    profiles::{language_name, means_name},
    routes,
    ui::{
        Field, Form, Page, Subject, Submit, Time,
        page::{load, loaded, param},
        problems,
        time::When,
    },
};

/// A slot that lacks volunteers: how many could be asked, and asking them.
#[component]
pub fn CoverPage() -> impl IntoView {
    let (mission, slot) = (param("mission"), param("slot"));
    let data = load(move || (mission.get(), slot.get()), |(mission, slot)| load_cover(mission, slot));
    loaded(data, |page| view! { <Shown page=page /> })
}

#[component]
fn Shown(page: Asking) -> impl IntoView {
    let t = texts();
    let (mission, title) = page.mission.clone();
    let trail = vec![(title, routes::own_mission(page.organisation, mission, "candidatures"))];
    let slot = page.slot.clone();
    let facts = [("taken", &*slot.taken.to_string()), ("places", &*slot.places.to_string())];
    let taken = t.with(k::missions::TAKEN_OF, &facts);
    let before = page.before.clone();
    let body = match page.shut {
        Some(why) => view! { <p class="notice notice--info">{problems::sentence(t, &why.into())}</p> }.into_any(),
        None => view! { <Ask page=page /> }.into_any(),
    };
    view! {
        <Page title=t.get(c::TITLE) lead=t.get(c::LEAD) narrow=true trail=trail>
            <p class="card">
                <When kind=slot.kind starts_at=slot.starts_at ends_at=slot.ends_at />", "
                {taken}
            </p>
            {body}
            <Before requests=before />
        </Page>
    }
}

/// Whom it would reach, and the button.
#[component]
fn Ask(page: Asking) -> impl IntoView {
    let t = texts();
    let number = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
    let fewest = FEWEST_TOLD.to_string();
    let (fit, most) = match page.fitting {
        Crowd::People(people) => (t.count(c::FITTING, people), number(MOST_AT_ONCE).min(people)),
        Crowd::Few | Crowd::Nobody => (t.with(c::FITTING_FEW, &[("n", &fewest)]), 0),
    };
    let button = if most == 0 { t.get(c::ASK_FEW).to_owned() } else { t.count(c::ASK, most) };
    let grounds = page
        .grounds
        .into_iter()
        .map(|(ground, people)| view! { <li>{said(t, &ground, people)}</li> })
        .collect::<Vec<_>>();
    let grounds = (!grounds.is_empty()).then(|| view! { <p>{t.get(c::WHY)}</p><ul>{grounds}</ul> });
    let hint = t.with(c::WORD_HINT, &[("most", &LONGEST_WORD.to_string())]);
    let (mission, slot) = (page.mission.0.to_string(), page.slot.id.to_string());
    view! {
        <section>
            <h2>{t.get(c::WHO)}</h2>
            <p><strong>{fit}</strong></p>
            {grounds}
            <p class="muted">{t.with(c::PRIVATE, &[("n", &fewest)])}</p>
        </section>
        <section>
            <h2>{t.get(c::WRITE)}</h2>
            <p>{t.count(c::RULES, number(MOST_AT_ONCE))}</p>
            <Form act=AskForCover::url() key=slot.clone()>
                <Subject name="mission" value=mission />
                <Subject name="slot" value=slot />
                <Field name="word" kind="textarea" rows=3 label=t.get(c::WORD) hint=hint optional=true />
                <Submit label=button />
            </Form>
        </section>
    }
}

/// Why so many fit.
fn said(t: Texts, ground: &Ground, people: u32) -> String {
    match ground {
        Ground::Near => t.count(c::NEAR, people),
        Ground::Remote => t.count(c::REMOTE, people),
        Ground::Free => t.count(c::FREE, people),
        Ground::Liked => t.count(c::LIKED, people),
        Ground::Skill(what) => with_what(t, c::SKILL, people, what),
        Ground::Means(means) => with_what(t, c::MEANS, people, t.get(means_name(*means))),
        Ground::Language(language) => with_what(t, c::LANGUAGE, people, t.get(language_name(*language))),
    }
}

/// A number of people, then what they have in common.
fn with_what(t: Texts, text: crate::i18n::Text, people: u32, what: &str) -> String {
    t.with(text, &[("n", &t.number(people)), ("what", what)])
}

/// What was asked for the slot before.
#[component]
fn Before(requests: Vec<CoverRequest>) -> impl IntoView {
    let t = texts();
    let lines: Vec<_> = requests
        .into_iter()
        .map(|request| {
            let written = match request.written {
                Crowd::People(people) => t.count(c::WRITTEN, people),
                Crowd::Few | Crowd::Nobody => t.with(c::WRITTEN_FEW, &[("n", &FEWEST_TOLD.to_string())]),
            };
            view! { <li><Time at=request.at />" — "{request.by}" — "{written}</li> }
        })
        .collect();
    let body = if lines.is_empty() {
        view! { <p>{t.get(c::NOTHING_BEFORE)}</p> }.into_any()
    } else {
        view! { <ul>{lines}</ul> }.into_any()
    };
    view! { <section><h2>{t.get(c::BEFORE)}</h2>{body}</section> }
}
