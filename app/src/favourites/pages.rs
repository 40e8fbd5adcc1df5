use domain::favourites::{FavouriteRow, FavouriteState, FavouritesPage as Own, SharedMission};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use crate::{
    favourites::{KeepMission, LeaveMission, load_favourites, load_shared},
    i18n::{Text, k, k::favourites as f, texts},
    request, routes,
    search::Card,
    ui::{
        Empty, Form, Page, Subject, Submit, Time,
        page::{load, loaded, param},
    },
};

/// The missions that somebody keeps; the one that they came to keep first.
#[component]
pub fn FavouritesPage() -> impl IntoView {
    let map = use_query_map();
    let about = Memo::new(move |_| map.read().get("garder").unwrap_or_default());
    loaded(load(move || about.get(), load_favourites), |own| view! { <Shown own=own /> })
}

#[component]
fn Shown(own: Own) -> impl IntoView {
    let t = texts();
    let trail = vec![(t.get(k::frame::MY_SPACE).to_owned(), routes::MY_SPACE.to_owned())];
    let about = own.about.map(|(id, title)| {
        let (id, label) = (id.to_string(), t.with(f::KEEP_THIS, &[("mission", &title)]));
        view! {
            <Form act=KeepMission::url() key=id.clone()>
                <Subject name="mission" value=id />
                <Submit label=label />
            </Form>
        }
    });
    let list = if own.kept.is_empty() {
        view! {
            <Empty title=t.get(f::NONE) text=t.get(f::NONE_TEXT)>
                <a class="btn btn--primary" href=routes::MISSIONS>{t.get(k::frame::FIND)}</a>
            </Empty>
        }
        .into_any()
    } else {
        let cards = own.kept.into_iter().map(|row| view! { <li><One row=row /></li> }).collect_view();
        view! { <section><h2>{t.get(f::KEPT)}</h2><ul class="cards" role="list">{cards}</ul></section> }.into_any()
    };
    view! { <Page title=t.get(f::TITLE) lead=t.get(f::LEAD) trail=trail>{about}{list}</Page> }
}

const fn state_name(state: FavouriteState) -> (&'static str, Text) {
    match state {
        FavouriteState::Open => ("pill--closed", f::OPEN),
        FavouriteState::Full => ("pill--waiting", f::FULL),
        FavouriteState::Ended => ("pill--draft", f::ENDED),
        FavouriteState::Offline => ("pill--draft", f::OFFLINE),
    }
}

#[component]
fn One(row: FavouriteRow) -> impl IntoView {
    let t = texts();
    let (class, name) = state_name(row.state);
    let id = row.id.to_string();
    let label = t.with(f::LEAVE, &[("mission", &row.title)]);
    let shown = match row.card {
        Some(card) => view! { <Card mission=card /> }.into_any(),
        // Its page is still there once it is over.
        None if row.state == FavouriteState::Ended => {
            view! { <h3><a href=routes::mission(row.id, "")>{row.title}</a></h3> }.into_any()
        }
        None => view! { <h3>{row.title}</h3><p>{t.get(f::OFFLINE_TEXT)}</p> }.into_any(),
    };
    view! {
        <div class="stack">
            {shown}
            <p><span class=format!("pill {class}")>{t.get(name)}</span>" "{t.get(f::KEPT_ON)}" "<Time at=row.kept_at /></p>
            <Form act=LeaveMission::url() key=id.clone()>
                <Subject name="mission" value=id />
                <Submit label=label class="btn--quiet" />
            </Form>
        </div>
    }
}

/// How a mission is passed on: its address, and what the phone offers. Nothing is asked of another site.
#[component]
pub fn SharePage() -> impl IntoView {
    let id = param("id");
    loaded(load(move || id.get(), load_shared), |shared| view! { <Share shared=shared /> })
}

#[component]
fn Share(shared: SharedMission) -> impl IntoView {
    let t = texts();
    let SharedMission { id, slug, title, link } = shared;
    let page = routes::mission(id, &slug);
    let trail = vec![(t.get(k::search::TITLE).to_owned(), routes::MISSIONS.to_owned()), (title.clone(), page)];
    let (ways, copied) = (RwSignal::new((false, false)), RwSignal::new(false));
    // Only a browser whose scripts run says what it can do: before, there is no button that does nothing.
    Effect::new(move || ways.set(request::ways_to_share()));
    let (to_copy, to_share) = (link.clone(), (title.clone(), link.clone()));
    view! {
        <Page title=t.with(f::SHARE_TITLE, &[("mission", &title)]) narrow=true trail=trail>
            <div class="field">
                <label class="field__label" for="lien">{t.get(f::LINK)}</label>
                <p class="field__hint" id="lien-aide">{t.get(f::LINK_HINT)}</p>
                <input class="field__input" id="lien" readonly aria-describedby="lien-aide" value=link />
            </div>
            <div class="btn-row">
                <Show when=move || ways.get().0>
                    <button class="btn btn--primary" type="button" on:click={
                        let (title, link) = to_share.clone();
                        move |_| request::share(&title, &link)
                    }>{t.get(f::SHARE)}</button>
                </Show>
                <Show when=move || ways.get().1>
                    <button class="btn" type="button" on:click={
                        let link = to_copy.clone();
                        move |_| request::copy(&link, copied)
                    }>{t.get(f::COPY)}</button>
                </Show>
            </div>
            <p role="status">{move || copied.get().then(|| t.get(f::COPIED))}</p>
        </Page>
    }
}
