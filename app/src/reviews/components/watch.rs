use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::{
    ids::{OrganisationId, ReviewId},
    reviews::HistoryLine,
};
use leptos::{leptos_dom::helpers::set_interval_with_handle, prelude::*, reactive::spawn_local};

use crate::{
    i18n::{k, k::reviews as r, texts},
    organisations::load_organisation_news,
    request::{self, Answer},
    reviews::load_news,
    ui::{Icon, Refresh, Time, problems, thread::act},
};

/// How often an open file is asked for news, while its page is in sight.
const PAUSE: Duration = Duration::from_secs(15);

/// A file that others may work on too.
#[derive(Debug, Clone, Copy)]
pub enum Watched {
    /// That of a mission.
    Review(ReviewId),
    /// That of an organisation.
    Organisation(OrganisationId),
}

impl Watched {
    async fn news(self, insee: String, since: DateTime<Utc>) -> Answer<Vec<HistoryLine>> {
        match self {
            Self::Review(id) => load_news(insee, id.to_string(), since).await,
            Self::Organisation(id) => load_organisation_news(insee, id.to_string(), since).await,
        }
    }
}

/// Tells what others did on the file since it was opened, without touching what is being typed.
#[component]
pub fn Watch(
    /// INSEE code of the town.
    insee: String,
    /// The file.
    file: Watched,
    /// When the page was made, UTC.
    now: DateTime<Utc>,
    /// Whether it still waits for a decision.
    open: bool,
) -> impl IntoView {
    let t = texts();
    let news = RwSignal::new(Vec::<HistoryLine>::new());
    let insee = StoredValue::new(insee);
    Effect::new(move || {
        if !open {
            return;
        }
        let ask = move || {
            let Some(insee) = insee.try_get_value().filter(|_| request::is_in_sight()) else { return };
            spawn_local(async move {
                if let Ok(lines) = file.news(insee, now).await {
                    let _ = news.try_set(lines);
                }
            });
        };
        if let Ok(asking) = set_interval_with_handle(ask, PAUSE) {
            on_cleanup(move || asking.clear());
        }
    });
    let refresh = use_context::<Refresh>();
    let reload = move |_| {
        if let Some(refresh) = refresh {
            refresh.0.update(|count| *count += 1);
        }
    };
    let told = move || {
        let lines = news.get();
        (!lines.is_empty()).then(|| {
            let lines = lines
                .into_iter()
                .map(|line| {
                    let what = t.get(act(line.from.as_deref(), &line.to));
                    let who = line.actor.unwrap_or_else(|| t.get(k::common::SYSTEM).to_owned());
                    let said = line.reason.filter(|said| !said.trim().is_empty());
                    let said = said.map(|said| view! { <br /><span class="muted">{said}</span> });
                    view! { <li>{who}{problems::separator(t)}{what}", "<Time at=line.at />{said}</li> }
                })
                .collect_view();
            view! {
                <div class="notice notice--warn">
                    <Icon name="i-info" />
                    <p>{t.get(r::NEWS)}</p>
                    <ul>{lines}</ul>
                    <p>{t.get(r::NEWS_KEPT)}</p>
                    <p><button class="btn btn--small" type="button" on:click=reload>{t.get(r::NEWS_RELOAD)}</button></p>
                </div>
            }
        })
    };
    view! { <div role="status">{told}</div> }
}
