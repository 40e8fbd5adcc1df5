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
    let fewest = FEWEST_TOLD.to_string();
    let fit = match page.fitting {
        Crowd::AtLeast(people) => t.with(c::FITTING, &[("n", &t.number(people))]),
        Crowd::Few | Crowd::Nobody => t.with(c::FITTING_FEW, &[("n", &fewest)]),
    };
    let grounds = page.grounds.iter().map(|ground| view! { <li>{said(t, ground)}</li> }).collect::<Vec<_>>();
    let why = t.with(c::WHY, &[("n", &fewest)]);
    let grounds = (!grounds.is_empty()).then(|| view! { <p>{why}</p><ul>{grounds}</ul> });
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
            <p>{t.with(c::RULES, &[("n", &MOST_AT_ONCE.to_string())])}</p>
            <Form act=AskForCover::url() key=slot.clone()>
                <Subject name="mission" value=mission />
                <Subject name="slot" value=slot />
                <Field name="word" kind="textarea" rows=3 label=t.get(c::WORD) hint=hint optional=true />
                <Submit label=t.get(c::ASK) />
            </Form>
        </section>
    }
}

/// Why several fit.
fn said(t: Texts, ground: &Ground) -> String {
    let of = |text, what: &str| t.with(text, &[("what", what)]);
    match ground {
        Ground::Near => t.get(c::NEAR).to_owned(),
        Ground::Remote => t.get(c::REMOTE).to_owned(),
        Ground::Free => t.get(c::FREE).to_owned(),
        Ground::Liked => t.get(c::LIKED).to_owned(),
        Ground::Skill(what) => of(c::SKILL, what),
        Ground::Means(means) => of(c::MEANS, t.get(means_name(*means))),
        Ground::Language(language) => of(c::LANGUAGE, t.get(language_name(*language))),
    }
}

/// What was asked for the slot before.
#[component]
fn Before(requests: Vec<CoverRequest>) -> impl IntoView {
    let t = texts();
    let lines: Vec<_> = requests
        .into_iter()
        .map(|request| {
            let written = match request.written {
                Crowd::AtLeast(people) => t.with(c::WRITTEN, &[("n", &t.number(people))]),
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
