use domain::applications::{ApplicationStatus, OfferedPlace};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use crate::{
    applications::{AnswerOffer, load_offered},
    i18n::{k::applications as a, texts},
    routes,
    ui::{
        Form, Icon, Page, Subject, Submit,
        page::{load, loaded, param},
        time::{self, When},
    },
};

/// The answer to a place that came free. Opening the link changes nothing: a button does, so that no mail scanner answers.
#[component]
pub fn OfferedPage() -> impl IntoView {
    let (id, query) = (param("id"), use_query_map());
    let secret = move || query.read().get("cle").unwrap_or_default();
    let data = load(move || (id.get(), secret()), |(id, secret)| load_offered(id, secret));
    loaded(data, move |place| view! { <Place place=place secret=untrack(secret) /> })
}

#[component]
fn Place(place: OfferedPlace, secret: String) -> impl IntoView {
    let t = texts();
    let (title, lead) = match (place.held_until, place.status) {
        (Some(until), _) => {
            let until = time::instant(t.locale(), until);
            (a::OFFER_TITLE, t.with(a::OFFER_LEAD, &[("until", &until)]))
        }
        (None, ApplicationStatus::Accepted | ApplicationStatus::Attended) => {
            (a::OFFER_TAKEN_TITLE, t.get(a::OFFER_TAKEN_TEXT).to_owned())
        }
        (None, ApplicationStatus::Pending) => (a::OFFER_ASKED_TITLE, t.get(a::OFFER_ASKED_TEXT).to_owned()),
        (None, ApplicationStatus::Withdrawn) => (a::OFFER_LEFT_TITLE, t.get(a::OFFER_LEFT_TEXT).to_owned()),
        (None, _) => (a::OFFER_OVER_TITLE, t.get(a::OFFER_OVER_TEXT).to_owned()),
    };
    let slots = place
        .slots
        .iter()
        .map(|slot| view! { <li><Icon name="i-calendar" /><When kind=slot.kind starts_at=slot.starts_at ends_at=slot.ends_at /></li> })
        .collect_view();
    let (mission, slug, name) = place.mission;
    let paused = place.paused.then(|| view! { <p class="notice notice--warn">{t.get(a::OFFER_PAUSED)}</p> });
    let answer = place.held_until.filter(|_| !place.paused).map(|_| {
        view! {
            {place.choose.then(|| view! { <p>{t.get(a::OFFER_CHOOSE)}</p> })}
            <Form act=AnswerOffer::url()>
                <Subject name="id" value=place.id.to_string() />
                <Subject name="secret" value=secret />
                <div class="btn-row">
                    <Submit label=t.get(a::OFFER_TAKE) choice=("answer", "take".to_owned()) />
                    <Submit label=t.get(a::OFFER_LEAVE) class="" choice=("answer", "leave".to_owned()) />
                </div>
            </Form>
        }
    });
    view! {
        <Page title=t.get(title) lead=lead narrow=true>
            <article class="card">
                <h2><a href=routes::mission(mission, &slug)>{name}</a></h2>
                <ul class="mission-card__meta" role="list">
                    {slots}
                    <li><Icon name="i-people" />{place.organisation}</li>
                    <li><Icon name="i-pin" />{place.town.name}</li>
                </ul>
            </article>
            {paused}
            {answer}
        </Page>
    }
}
