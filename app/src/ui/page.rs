//! The shape of a page: its title, its one `h1`, its data, and what stands there when the data cannot be had.

use std::future::Future;

use domain::error::AppError;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_location, use_params_map};

use super::{problems, refusal::Untold};
use crate::{
    i18n::{k, texts},
    request::{self, Answer, Wire},
    routes,
};

/// Grows whenever something was changed from this page, so that what is shown is asked for again.
#[derive(Debug, Clone, Copy)]
pub struct Refresh(pub RwSignal<u32>);

/// The data of a page: asked for on the server before the page is sent, and again when `source` or anything else changed.
pub fn load<S, T, Fut>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetch: impl Fn(S) -> Fut + Send + Sync + 'static,
) -> Resource<Answer<T>, Wire>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Clone + Send + Sync + serde::Serialize + serde::de::DeserializeOwned + 'static,
    Fut: Future<Output = Answer<T>> + Send + 'static,
{
    let refresh = use_context::<Refresh>().map(|refresh| refresh.0);
    // A memo that two threads of the server compute at once panics: parts of the address are read here first.
    drop(untrack(&source));
    Resource::new_with_options(
        move || (refresh.map(|count| count.get()), source()),
        move |(_, source)| fetch(source),
        true,
    )
}

/// Shows data once it is there; the page of the error otherwise.
pub fn loaded<T, V>(data: Resource<Answer<T>, Wire>, show: impl Fn(T) -> V + Clone + Send + Sync + 'static) -> AnyView
where
    T: Clone + Send + Sync + serde::Serialize + serde::de::DeserializeOwned + 'static,
    V: IntoView + 'static,
{
    let place = use_location();
    view! {
        <Transition fallback=Skeleton>
            {move || {
                let show = show.clone();
                Suspend::new(async move {
                    match data.await {
                        Ok(data) => show(data).into_any(),
                        Err(failure) => {
                            let (path, asked) = (place.pathname.get_untracked(), place.search.get_untracked());
                            let asked = asked.trim_start_matches('?');
                            let here = if asked.is_empty() { path } else { format!("{path}?{asked}") };
                            error_page(failure.0, &here)
                        }
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

/// Lines that stand for a page while it comes.
#[component]
fn Skeleton() -> impl IntoView {
    view! { <div class="skeleton" role="status"><span class="visually-hidden">{texts().get(k::common::LOADING)}</span></div> }
}

/// The page of an error, with its status; somebody who must sign in first is sent there.
pub fn error_page(error: AppError, path: &str) -> AnyView {
    let t = texts();
    if error == AppError::SignInFirst {
        // The redirection has a status of its own.
        request::redirect(&routes::sign_in(path));
    } else {
        request::set_status(error.status());
    }
    let title = match error {
        AppError::NotFound => t.get(k::common::NOT_FOUND_TITLE),
        AppError::Denied | AppError::SignInFirst => t.get(k::common::DENIED_TITLE),
        _ => t.get(k::common::ERROR_TITLE),
    };
    let sentence = match error {
        AppError::NotFound => t.get(k::common::NOT_FOUND).to_owned(),
        other => problems::sentence(t, &other),
    };
    view! {
        <Page title=title.to_owned() narrow=true>
            <p class="lead">{sentence}</p>
            <p><a class="btn" href=routes::HOME>{t.get(k::common::BACK_HOME)}</a></p>
        </Page>
    }
    .into_any()
}

/// What a page says after an act: the key that `?fait=` names.
fn notice(code: &str) -> Option<&'static str> {
    let t = texts();
    super::problems::notice(t, code)
}

/// The main part of a page: title, heading, a word after an act, content.
#[component]
pub fn Page(
    /// Title and heading.
    #[prop(into)]
    title: String,
    /// A sentence under the heading.
    #[prop(optional, into)]
    lead: String,
    /// For forms and short texts.
    #[prop(optional)]
    narrow: bool,
    /// For lists beside their detail.
    #[prop(optional)]
    wide: bool,
    /// Where this page stands: names and addresses, from the outermost.
    #[prop(optional)]
    trail: Vec<(String, String)>,
    children: Children,
) -> impl IntoView {
    let t = texts();
    let class = match (narrow, wide) {
        (true, _) => "page page--narrow",
        (_, true) => "page page--wide",
        _ => "page",
    };
    let query = use_location().query;
    let done = move || query.read().get("fait").and_then(|code| notice(&code));
    view! {
        <Title text=request::raw_text(&title) />
        <div class=class>
            {(!trail.is_empty()).then(|| view! {
                <nav class="breadcrumb" aria-label=t.get(k::common::BREADCRUMB)>
                    <ol>{trail.into_iter().map(|(name, href)| view! { <li><a href=href>{name}</a></li> }).collect_view()}</ol>
                </nav>
            })}
            <div class="toast-place" role="status">
                {move || done().map(|text| view! { <p class="toast">{text}</p> })}
            </div>
            <div class="page__head">
                <h1 tabindex="-1">{title}</h1>
                {(!lead.is_empty()).then(|| view! { <p class="lead">{lead}</p> })}
            </div>
            <Untold />
            {children()}
        </div>
    }
}

/// Nothing to show yet, and the next step.
#[component]
pub fn Empty(
    /// What is empty.
    #[prop(into)]
    title: String,
    /// What to do about it.
    #[prop(optional, into)]
    text: String,
    /// The next step, if there is one.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <img src="/scenes/empty.svg" alt="" width="160" height="120" loading="lazy" />
            <h2>{title}</h2>
            {(!text.is_empty()).then(|| view! { <p>{text}</p> })}
            {children.map(|children| children())}
        </div>
    }
}

/// The way to the pages before and after; nothing where there is only one.
#[component]
pub fn Pager(
    /// This page, from 1.
    page: u32,
    /// Pages in all.
    pages: u32,
    /// The address of a page.
    address: impl Fn(u32) -> String,
) -> impl IntoView {
    let t = texts();
    (pages > 1).then(|| {
        let here = t.with(k::common::PAGE_OF, &[("page", &page.to_string()), ("pages", &pages.to_string())]);
        let before = (page > 1).then(|| (address(page - 1), "prev", k::common::PREVIOUS_PAGE));
        let after = (page < pages).then(|| (address(page + 1), "next", k::common::NEXT_PAGE));
        let link = |(href, rel, name)| view! { <li><a href=href rel=rel>{t.get(name)}</a></li> };
        view! {
            <nav class="pager" aria-label=here.clone()>
                <ul>{before.map(link)}<li><span>{here.clone()}</span></li>{after.map(link)}</ul>
            </nav>
        }
    })
}

/// A part of the page's address: `param("id")` of `/missions/:id`.
pub fn param(name: &'static str) -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.read().get(name).unwrap_or_default())
}
