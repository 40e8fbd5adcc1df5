use domain::{
    applications::{ConsentAction, ConsentStatus, GuardianPage},
    missions::MissionStatus,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use crate::{
    applications::{AnswerGuardian, load_guardian},
    i18n::{k::guardian as g, k::missions as m, k::search as s, texts},
    routes,
    ui::{
        Form, Icon, Lines, Page, Subject, Submit,
        page::{load, loaded, param},
        time::When,
    },
};

/// Where a guardian's link leads. Opening it changes nothing: a button does, so that no mail scanner consents.
#[component]
pub fn GuardianConsentPage() -> impl IntoView {
    let (id, query) = (param("id"), use_query_map());
    let secret = move || query.read().get("cle").unwrap_or_default();
    let data = load(move || (id.get(), secret()), |(id, secret)| load_guardian(id, secret));
    loaded(data, move |page| view! { <Asked page=page secret=untrack(secret) /> })
}

#[component]
fn Asked(page: GuardianPage, secret: String) -> impl IntoView {
    let t = texts();
    let name = [("name", page.given_name.as_str())];
    let (title, lead) = match (page.consent, page.actions.is_empty()) {
        (ConsentStatus::Refused, _) => (g::REFUSED_TITLE, t.with(g::REFUSED_TEXT, &name)),
        (ConsentStatus::Withdrawn, _) => (g::WITHDRAWN_TITLE, t.with(g::WITHDRAWN_TEXT, &name)),
        (_, true) => (g::OVER_TITLE, t.with(g::OVER_TEXT, &name)),
        (ConsentStatus::Asked, false) => (g::ASKED_TITLE, t.with(g::ASKED_TEXT, &name)),
        (ConsentStatus::Given, false) => (g::GIVEN_TITLE, t.with(g::GIVEN_TEXT, &name)),
    };
    let title = t.with(title, &name);
    let answer = (!page.actions.is_empty()).then(|| view! { <Answer page=page.clone() secret=secret /> });
    view! {
        <Page title=title lead=lead narrow=true>
            <About page=page />
            {answer}
        </Page>
    }
}

/// The mission, when, where and by which rules.
#[component]
fn About(page: GuardianPage) -> impl IntoView {
    let t = texts();
    let slots = page
        .slots
        .iter()
        .filter(|slot| !slot.cancelled)
        .map(|slot| view! { <li><Icon name="i-calendar" /><When kind=slot.kind starts_at=slot.starts_at ends_at=slot.ends_at /></li> })
        .collect_view();
    let (mission, slug, title) = page.mission;
    let online = matches!(page.mission_status, MissionStatus::Published | MissionStatus::Closed);
    let title = if online {
        view! { <a href=routes::mission(mission, &slug)>{title}</a> }.into_any()
    } else {
        title.into_any()
    };
    let place = if page.remote {
        format!("{} ({})", page.town.name, t.get(s::REMOTE))
    } else {
        domain::missions::place(&page.address, None, &page.town.name)
    };
    let rules = page.domain_rules.into_iter().map(|rule| view! { <li>{rule.text}</li> }).collect_view();
    view! {
        <article class="card">
            <h2>{title}</h2>
            <p>{page.goal}</p>
            <ul class="mission-card__meta" role="list">
                {slots}
                <li><Icon name="i-people" />{page.organisation}</li>
                <li><Icon name="i-pin" />{place}</li>
            </ul>
        </article>
        <section class="card">
            <h2>{t.get(m::SAFETY)}</h2>
            <Lines text=page.safety_rules />
            <ul class="prose">{rules}</ul>
        </section>
    }
}

/// What one press does; it stands in a form.
fn button(action: ConsentAction) -> impl IntoView {
    let (label, class) = match action {
        ConsentAction::Give => (g::CONSENT, "btn--primary"),
        ConsentAction::Refuse => (g::REFUSE, ""),
        ConsentAction::Withdraw => (g::WITHDRAW, "btn--danger"),
    };
    view! { <Submit label=texts().get(label) class=class choice=("answer", action.as_str().to_owned()) /> }
}

/// What consenting means, and its buttons.
#[component]
fn Answer(page: GuardianPage, secret: String) -> impl IntoView {
    let t = texts();
    let name = [("name", page.given_name.as_str()), ("organisation", page.organisation.as_str())];
    let meaning = if page.consent == ConsentStatus::Given { g::WITHDRAW_MEANS } else { g::CONSENT_MEANS };
    view! {
        <section>
            <h2>{t.get(g::MEANS_TITLE)}</h2>
            <Lines text=t.with(meaning, &name) />
            <Form act=AnswerGuardian::url()>
                <Subject name="id" value=page.id.to_string() />
                <Subject name="secret" value=secret />
                <div class="btn-row">{page.actions.into_iter().map(button).collect_view()}</div>
            </Form>
        </section>
    }
}
