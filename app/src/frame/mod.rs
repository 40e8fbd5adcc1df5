//! The frame of every page: document, header, navigation, footer.

mod api;
mod chrome;
mod pages;

pub use api::*;
pub use chrome::BottomBar;

use leptos::prelude::*;
use leptos_meta::{Link, Meta, MetaTags, provide_meta_context};
use leptos_router::components::{FlatRoutes, Router};

use crate::{
    accounts, applications,
    i18n::{k, texts},
    missions, organisations,
    request::{self, SiteFacts},
    search, spaces,
    ui::page::{Refresh, error_page},
};

/// Whether this is a demonstration: its frame leads to the mailbox.
#[derive(Debug, Clone, Copy)]
pub struct Demo(pub bool);

/// The HTML document.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let t = texts();
    let locale = t.locale().as_str();
    let facts = expect_context::<SiteFacts>();
    let files = format!("/v/{}", facts.version);
    view! {
        <!DOCTYPE html>
        <html lang=locale dir="ltr">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <link rel="preload" r#as="fetch" crossorigin="anonymous" data-texts=""
                    href=format!("{files}/textes/{locale}.txt") />
                <link rel="stylesheet" href=format!("{files}/pkg/renfort.css") />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="manifest" href="/manifest.webmanifest" />
                <meta name="theme-color" content="#0f5c66" />
                <HydrationScripts options root=files />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// The whole site.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(Refresh(RwSignal::new(0)));
    provide_context(Demo(request::shared(request::is_demo)));
    let t = texts();
    // Tells the browser tests that the page has come alive: an effect never runs on the server.
    Effect::new(|_| {
        if let Some(html) = document().document_element() {
            drop(html.set_attribute("data-hydrated", ""));
        }
    });
    view! {
        <leptos_meta::Title formatter=|title: String| if title.is_empty() { "Renfort".to_owned() } else { format!("{title} – Renfort") } />
        <Meta name="description" content=t.get(k::common::TAGLINE) />
        <Link rel="alternate" href="/" hreflang="x-default" />
        <Router>
            <chrome::Frame>
                <FlatRoutes fallback=|| error_page(domain::error::AppError::NotFound, "/")>
                    <spaces::EarlyRoutes />
                    <search::SearchRoutes />
                    <accounts::AccountRoutes />
                    <applications::ApplicationRoutes />
                    <missions::MissionRoutes />
                    <organisations::OrganisationRoutes />
                    <spaces::CoordinationRoutes />
                    <spaces::SpaceRoutes />
                    <spaces::MessageRoutes />
                    <spaces::ProfileRoutes />
                    <pages::FrameRoutes />
                </FlatRoutes>
            </chrome::Frame>
        </Router>
    }
}
