//! Pages of search.

use domain::{
    missions::Term,
    network::{TownNeed, TownPage},
    search::{HomePage, SearchPage, SearchQuery},
};
use leptos::prelude::*;
use leptos_router::{
    SsrMode,
    any_nested_route::IntoAnyNestedRoute,
    components::Route,
    hooks::{use_params_map, use_query_map},
    path,
};

use super::{MissionCards, load_home, load_town, search_missions};
use crate::{
    crisis::Banners,
    i18n::{k, k::search as s, texts},
    missions::NeedBar,
    routes,
    ui::{
        Empty, Icon, Page, Pager,
        page::{load, loaded},
    },
};

/// Their addresses.
#[component(transparent)]
pub fn SearchRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/") view=Home ssr=SsrMode::Async />
        <Route path=path!("/missions") view=Missions ssr=SsrMode::Async />
        <Route path=path!("/communes/:insee") view=Town ssr=SsrMode::Async />
        <Route path=path!("/communes/:insee/:slug") view=Town ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}

#[component]
fn Home() -> impl IntoView {
    loaded(load(|| (), |()| load_home()), |page| view! { <HomeView page=page /> })
}

#[component]
fn HomeView(page: HomePage) -> impl IntoView {
    let t = texts();
    let (missions, places, volunteers) = page.figures;
    let figures = [(missions, s::FIGURE_MISSIONS), (places, s::FIGURE_PLACES), (volunteers, s::FIGURE_VOLUNTEERS)]
        .map(|(n, label)| view! { <div class="figure"><dt>{t.count(label, n)}</dt><dd>{t.number(n)}</dd></div> })
        .into_iter()
        .collect_view();
    let domains = page
        .domains
        .into_iter()
        .map(|(domain, count)| {
            view! {
                <li><a href=format!("{}?domaine={}", routes::MISSIONS, domain.code) data-domain=domain.code.clone()>
                    <Icon name=format!("d-{}", domain.code) />
                    <span>{domain.label}</span>
                    <small>{t.count(s::FIGURE_OPEN, count)}</small>
                </a></li>
            }
        })
        .collect_view();
    let towns = page
        .towns
        .into_iter()
        .map(|town| view! { <li><a href=routes::town(&town.insee, &town.slug)>{town.name}</a></li> })
        .collect_view();
    view! {
        <Banners banners=page.banners />
        <Page title=t.get(s::HOME_TITLE) lead=t.get(s::HOME_LEAD)>
            <div class="hero">
                <form class="search-form" method="get" action=routes::MISSIONS role="search">
                    <div class="field">
                        <label class="field__label" for="mots">{t.get(s::WORDS)}</label>
                        <input class="field__input" id="mots" name="mots" type="search" />
                    </div>
                    <button class="btn btn--primary" type="submit">{t.get(s::SUBMIT)}</button>
                </form>
                <p><a class="btn btn--quiet" href=format!("{}?pour=organisation", routes::REGISTER)>{t.get(k::frame::PROPOSE)}</a></p>
                <img src="/scenes/neighbours.svg" alt="" width="480" height="340" />
            </div>
            <section><h2>{t.get(s::BY_DOMAIN)}</h2><ul class="domains" role="list">{domains}</ul></section>
            <section><h2>{t.get(s::NEWEST)}</h2><MissionCards missions=page.missions /></section>
            <section><h2>{t.get(s::FIGURES)}</h2><dl class="figures">{figures}</dl></section>
            <section><h2>{t.get(s::TOWNS)}</h2><ul class="facts" role="list">{towns}</ul></section>
        </Page>
    }
}

fn query() -> Memo<SearchQuery> {
    let map = use_query_map();
    Memo::new(move |_| {
        let map = map.read();
        let get = |name: &str| map.get(name).unwrap_or_default();
        SearchQuery {
            words: get("mots"),
            domain: get("domaine"),
            town: get("commune"),
            from: get("date"),
            remote: get("distance"),
            page: get("page").parse().unwrap_or(1),
        }
    })
}

#[component]
fn Missions() -> impl IntoView {
    let query = query();
    let data = load(move || query.get(), search_missions);
    loaded(data, move |page| view! { <MissionsView page=page query=query.get_untracked() /> })
}

#[component]
fn MissionsView(page: SearchPage, query: SearchQuery) -> impl IntoView {
    let t = texts();
    let found = t.count(s::FOUND, page.total);
    let list = if page.missions.is_empty() {
        view! {
            <Empty title=t.get(s::NOTHING_TITLE) text=t.get(s::NOTHING_TEXT)>
                <a class="btn" href=routes::MISSIONS>{t.get(s::ALL_MISSIONS)}</a>
            </Empty>
        }
        .into_any()
    } else {
        view! { <MissionCards missions=page.missions /> }.into_any()
    };
    view! {
        <Banners banners=page.banners />
        <Page title=t.get(s::TITLE)>
            <SearchForm query=query.clone() domains=page.domains towns=page.towns.into_iter().map(|town| (town.insee, town.name)).collect() />
            <section aria-labelledby="resultats">
                <h2 id="resultats"><span role="status">{found}</span></h2>
                {list}
                <p><a class="btn btn--quiet" href=routes::new_alert(&query)>{t.get(s::ALERT)}</a></p>
                <Pager page=page.page pages=page.pages address=move |page| routes::search(&query, page) />
            </section>
        </Page>
    }
}

#[component]
fn SearchForm(query: SearchQuery, domains: Vec<Term>, towns: Vec<(String, String)>) -> impl IntoView {
    let t = texts();
    let domains = domains.into_iter().map(|domain| (domain.code, domain.label)).collect();
    let distances =
        [("no", s::ON_SITE), ("yes", s::REMOTE)].map(|(value, name)| (value.to_owned(), t.get(name).to_owned()));
    view! {
        <form class="search-form" method="get" action=routes::MISSIONS role="search">
            <div class="field">
                <label class="field__label" for="mots">{t.get(s::WORDS)}</label>
                <input class="field__input" id="mots" name="mots" type="search" value=query.words />
            </div>
            <Filter id="domaine" label=t.get(s::DOMAIN) all=t.get(s::ALL_DOMAINS) options=domains value=query.domain />
            <Filter id="commune" label=t.get(s::TOWN) all=t.get(s::ALL_TOWNS) options=towns value=query.town />
            <Filter id="distance" label=t.get(s::WHERE) all=t.get(s::ANYWHERE) options=distances.into() value=query.remote />
            <div class="field">
                <label class="field__label" for="date">{t.get(s::FROM)}</label>
                <input class="field__input" id="date" name="date" type="date" value=query.from />
            </div>
            <button class="btn btn--primary" type="submit">{t.get(s::SUBMIT)}</button>
        </form>
    }
}

#[component]
fn Filter(
    id: &'static str,
    label: &'static str,
    all: &'static str,
    options: Vec<(String, String)>,
    value: String,
) -> impl IntoView {
    let options = options
        .into_iter()
        .map(|(code, name)| {
            let selected = code == value;
            view! { <option value=code selected=selected>{name}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label class="field__label" for=id>{label}</label>
            <select class="field__input" id=id name=id>
                <option value="">{all}</option>
                {options}
            </select>
        </div>
    }
}

#[component]
fn Town() -> impl IntoView {
    let params = use_params_map();
    let insee = Memo::new(move |_| params.read().get("insee").unwrap_or_default());
    loaded(load(move || insee.get(), load_town), |page| view! { <TownView page=page /> })
}

/// Where help is short, by domain.
#[component]
fn Needs(needs: Vec<TownNeed>, town: String) -> impl IntoView {
    let t = texts();
    let lines = needs
        .into_iter()
        .map(|TownNeed { domain, need, parts }| {
            let parts = parts.iter().map(|(name, open)| format!("{name} ({open})")).collect::<Vec<_>>().join(", ");
            let href = format!("{}?commune={town}&domaine={}", routes::MISSIONS, domain.code);
            view! {
                <li>
                    <Icon name=format!("d-{}", domain.code) />
                    <a href=href>{domain.label}</a>
                    <NeedBar need=need />
                    {(!parts.is_empty()).then(|| t.with(s::SHORT_PARTS, &[("parts", &parts)]))}
                </li>
            }
        })
        .collect_view();
    view! { <section><h2>{t.get(s::WHERE_SHORT)}</h2><ul class="facts" role="list">{lines}</ul></section> }
}

#[component]
fn TownView(page: TownPage) -> impl IntoView {
    let t = texts();
    let organisations = page
        .organisations
        .into_iter()
        .map(|(id, slug, name)| view! { <li><a href=format!("/organisations/{id}/{slug}")>{name}</a></li> })
        .collect_view();
    let contact = [
        page.service_email
            .map(|email| view! { <li><a href=format!("mailto:{email}")>{email.clone()}</a></li> }.into_any()),
        page.service_phone.map(|phone| {
            view! { <li><a href=format!("tel:{}", phone.replace(' ', ""))>{phone.clone()}</a></li> }.into_any()
        }),
        page.opening_days.map(|days| view! { <li>{days}</li> }.into_any()),
    ]
    .into_iter()
    .flatten()
    .collect_view();
    let all = format!("{}?commune={}", routes::MISSIONS, page.town.insee);
    let missions = if page.missions.is_empty() {
        view! { <Empty title=t.get(s::TOWN_NOTHING) text=t.get(s::NOTHING_TEXT) /> }.into_any()
    } else {
        view! {
            <MissionCards missions=page.missions />
            <p><a class="btn" href=all>{t.count(s::ALL_OF_TOWN, page.total)}</a></p>
        }
        .into_any()
    };
    view! {
        <Banners banners=page.banners />
        <Page title=page.town.name.clone() lead=t.with(s::TOWN_LEAD, &[("town", &page.town.name)])>
            <section><h2>{t.get(s::TITLE)}</h2>{missions}</section>
            <div inner_html=page.voices></div>
            {(!page.needs.is_empty()).then(|| view! { <Needs needs=page.needs town=page.town.insee.clone() /> })}
            <section>
                <h2>{page.service_name}</h2>
                <ul class="facts" role="list">{contact}</ul>
                <p><a class="btn btn--quiet" href=routes::new_idea(&page.town.insee)>{t.get(s::TELL_IDEA)}</a></p>
            </section>
            <section><h2>{t.get(s::ORGANISATIONS)}</h2><ul class="facts" role="list">{organisations}</ul></section>
        </Page>
    }
}
