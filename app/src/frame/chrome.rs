//! Header, navigation, footer.

use domain::accounts::Me;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{ChooseLanguage, Demo, Person, current_person};
use crate::{
    accounts::SignOut,
    crisis::{Banners, load_banners},
    i18n::{k, texts},
    routes,
    ui::{Icon, page::load},
};
use leptos::server_fn::ServerFn;

/// What stands around every page.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    let t = texts();
    // Worked out before the parts of the page ask for it: on the server they do so from several threads at once, and who
    // reads a memo while another thread still works it out finds nothing there.
    use_location().pathname.with_untracked(|_| ());
    let person = load(|| (), |()| current_person());
    provide_context(Person(person));
    let measures = load(|| (), |()| load_banners());
    // A memo that two threads of the server compute at once panics: they are read here first.
    let here = use_location();
    drop((here.pathname.get_untracked(), here.search.get_untracked(), here.query.get_untracked()));
    let header = move || {
        Suspend::new(async move {
            view! { <Header me=person.await.ok().flatten() /> }
        })
    };
    let bar = move || {
        Suspend::new(
            async move { person.await.ok().flatten().filter(|me| me.volunteer).map(|_| view! { <BottomBar /> }) },
        )
    };
    let measures = move || {
        Suspend::new(async move {
            let banners = measures.await.unwrap_or_default();
            let label = texts().get(k::crisis::BANNER);
            (!banners.is_empty()).then(|| view! { <section aria-label=label><Banners banners=banners /></section> })
        })
    };
    view! {
        <a class="skip" href="#contenu" rel="external">{t.get(k::frame::SKIP)}</a>
        <Suspense>{header}</Suspense>
        <Suspense>{measures}</Suspense>
        <Suspense>{bar}</Suspense>
        <main id="contenu" tabindex="-1">{children()}</main>
        <Footer />
    }
}

#[component]
fn Header(me: Option<Me>) -> impl IntoView {
    let t = texts();
    let links = navigation(me.as_ref());
    let again = links.clone();
    view! {
        <header class="site-head">
            <div class="site-head__in">
                <a class="brand" href=routes::HOME>
                    <img src="/favicon.svg" alt="" width="32" height="32" />
                    "Renfort"
                </a>
                <nav class="site-nav" aria-label=t.get(k::frame::NAVIGATION)><NavList links=links /></nav>
                <details class="menu">
                    <summary><Icon name="i-menu" /><span>{t.get(k::frame::MENU)}</span></summary>
                    <nav aria-label=t.get(k::frame::NAVIGATION)>
                        <NavList links=again />
                        <SessionTool me=me.clone() />
                    </nav>
                </details>
                <div class="wide-only"><SessionTool me=me /></div>
                <LanguageTool />
            </div>
        </header>
    }
}

fn navigation(me: Option<&Me>) -> Vec<(String, String)> {
    let t = texts();
    let mut links = vec![(routes::MISSIONS.to_owned(), t.get(k::frame::FIND).to_owned())];
    let Some(me) = me else {
        links.push((format!("{}?pour=organisation", routes::REGISTER), t.get(k::frame::PROPOSE).to_owned()));
        return links;
    };
    links.push((routes::MY_SPACE.to_owned(), t.get(k::frame::MY_SPACE).to_owned()));
    for (id, name) in &me.organisations {
        links.push((routes::organisation_space(*id), name.clone()));
    }
    for (insee, name) in &me.municipalities {
        links.push((routes::coordination(insee), t.with(k::frame::COORDINATION, &[("town", name)])));
    }
    if me.network {
        links.push((routes::NETWORK.to_owned(), t.get(k::frame::NETWORK).to_owned()));
    }
    links
}

#[component]
fn NavList(links: Vec<(String, String)>) -> impl IntoView {
    let path = use_location().pathname;
    let items = links
        .into_iter()
        .map(|(href, name)| {
            let here = href.clone();
            let current = move || (path.get() == here).then_some("page");
            view! { <li><a href=href aria-current=current>{name}</a></li> }
        })
        .collect_view();
    view! { <ul>{items}</ul> }
}

#[component]
fn SessionTool(me: Option<Me>) -> impl IntoView {
    let t = texts();
    match me {
        Some(me) => view! {
            <form class="session" method="post" action=SignOut::url()>
                <span class="session__name">{me.name}</span>
                <button class="btn btn--quiet" type="submit">{t.get(k::frame::SIGN_OUT)}</button>
            </form>
        }
        .into_any(),
        None => view! { <a class="btn btn--quiet" href=routes::SIGN_IN>{t.get(k::frame::SIGN_IN)}</a> }.into_any(),
    }
}

/// A real form that loads the page anew: a page's texts are loaded once, with it.
#[component]
fn LanguageTool() -> impl IntoView {
    let t = texts();
    let (code, name) = t.locale().pick("en|English", "fr|Français").split_once('|').unwrap_or_default();
    view! {
        <form class="lang" method="post" action=ChooseLanguage::url() data-anew="">
            <input type="hidden" name="language" value=code />
            <button type="submit" lang=code>{name}</button>
        </form>
    }
}

#[component]
fn Footer() -> impl IntoView {
    let t = texts();
    let links = [
        ("/aide", k::frame::HELP),
        ("/accessibilite", k::frame::ACCESSIBILITY),
        ("/mentions-legales", k::frame::LEGAL),
        ("/donnees-personnelles", k::frame::PRIVACY),
        ("/plan-du-site", k::frame::SITE_MAP),
    ]
    .map(|(href, name)| view! { <li><a href=href>{t.get(name)}</a></li> })
    .into_iter()
    .collect_view();
    let mailbox = expect_context::<Demo>()
        .0
        .then(|| view! { <li><a href=routes::MAILBOX>{t.get(k::frame::DEMO_MAILBOX)}</a></li> });
    view! {
        <footer class="site-foot">
            <p>{t.get(k::common::TAGLINE)}</p>
            <ul class="site-foot__links">{links}{mailbox}</ul>
        </footer>
    }
}

/// Within reach of a thumb: what a signed-in volunteer does most.
#[component]
pub fn BottomBar() -> impl IntoView {
    let t = texts();
    let path = use_location().pathname;
    let links = [
        (routes::MISSIONS, "i-search", k::frame::BAR_FIND),
        (routes::MY_SPACE, "i-calendar", k::frame::BAR_MISSIONS),
        (routes::MY_PROFILE, "i-user", k::frame::BAR_ME),
    ]
    .map(|(href, icon, name)| {
        let current = move || (path.get() == href).then_some("page");
        view! { <li><a href=href aria-current=current><Icon name=icon /><span>{t.get(name)}</span></a></li> }
    })
    .into_iter()
    .collect_view();
    view! { <nav class="bottombar" aria-label=t.get(k::frame::BAR)><ul>{links}</ul></nav> }
}
