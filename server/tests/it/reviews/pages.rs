//! The pages as a browser without scripts gets and sends them.

use anyhow::{Context, anyhow};
use domain::{ids::AccountId, reviews::Reviews};
use reqwest::{Client, Response, header, redirect::Policy};
use server::{accounts::tokens, http};
use uuid::Uuid;

use super::world::{INSEE, World, begin, worlds};

/// A browser without scripts, signed in.
pub struct Browser {
    client: Client,
    site: String,
    cookie: String,
}

impl Browser {
    pub async fn of(w: &World, who: Uuid) -> anyhow::Result<Self> {
        let tx = begin(&w.backend.store).await?;
        let session = tokens::open_session(&tx, AccountId(who), w.now()).await.map_err(|error| anyhow!("{error:?}"))?;
        tx.commit().await?;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let site = format!("http://{}", listener.local_addr()?);
        let service = http::router(w.backend.clone()).into_make_service_with_connect_info::<std::net::SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        let client = Client::builder().redirect(Policy::none()).build()?;
        Ok(Self { client, site, cookie: format!("renfort={}", session.token) })
    }

    pub async fn page(&self, path: &str) -> anyhow::Result<(u16, String)> {
        let answer = self
            .client
            .get(format!("{}{path}", self.site))
            .header(header::COOKIE, &self.cookie)
            .header(header::ACCEPT, "text/html")
            .send()
            .await?;
        Ok((answer.status().as_u16(), answer.text().await?))
    }

    /// Sends a form of reviews that stands on a page.
    async fn send(&self, page: &str, act: &str, fields: &[(&str, &str)]) -> anyhow::Result<Response> {
        self.post(page, &format!("reviews/{act}"), fields).await
    }

    /// Sends a form that stands on a page.
    pub async fn post(&self, page: &str, act: &str, fields: &[(&str, &str)]) -> anyhow::Result<Response> {
        let body = fields
            .iter()
            .map(|(name, value)| format!("{}={}", app::routes::encode(name), app::routes::encode(value)))
            .collect::<Vec<_>>()
            .join("&");
        Ok(self
            .client
            .post(format!("{}/api/{act}", self.site))
            .header(header::COOKIE, &self.cookie)
            .header(header::ACCEPT, "text/html")
            .header(header::REFERER, format!("{}{page}", self.site))
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body)
            .send()
            .await?)
    }
}

/// Where an answer leads.
pub fn location(answer: &Response) -> anyhow::Result<&str> {
    answer.headers().get(header::LOCATION).context("a redirection")?.to_str().context("a path")
}

#[tokio::test]
async fn a_coordinator_reviews_without_scripts() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (_, review) = w.submitted("Distribuer des colis").await?;
        let (_, other) = w.submitted("Distribuer les colis").await?;
        let browser = Browser::of(&w, w.ana).await?;
        let queue = format!("/coordination/{INSEE}");
        let (status, html) = browser.page(&queue).await?;
        keep("queue", &html)?;
        assert_eq!(status, 200);
        assert!(html.contains("Distribuer des colis") && html.contains("aria-current=\"page\""));

        let page = app::routes::review(INSEE, review);
        let id = review.to_string();
        let subject = [("insee", INSEE), ("id", id.as_str())];
        assert_eq!(location(&browser.send(&page, "take", &subject).await?)?, format!("{page}?fait=pris"));
        let (status, html) = browser.page(&page).await?;
        keep("review", &html)?;
        assert_eq!((status, html.matches("<h1").count()), (200, 1));
        assert!(html.contains("Donner le feu vert") && html.contains("Doublons possibles"));

        let next = app::routes::review(INSEE, other);
        let refuse =
            |reason| [("id", id.as_str()), ("decision", "refuse"), ("next", next.as_str()), ("reason", reason)];
        let answer = browser.send(&page, "decide", &refuse("non")).await?;
        assert_eq!(answer.status(), 422);
        let html = answer.text().await?;
        keep("refused", &html)?;
        assert!(html.contains("<details data-key=\"r\" open") && html.contains("error-summary"));
        assert_eq!(html.matches("role=\"alert\"").count(), 1);

        let approve = [("id", id.as_str()), ("decision", "approve"), ("next", next.as_str())];
        assert_eq!(browser.send(&page, "decide", &approve).await?.status(), 409);
        let codes = [
            "feasible",
            "insured",
            "useful",
            "no-duplicate",
            "safe",
            "equipped",
            "host-eligible",
            "public-interest",
            "volunteer-work",
            "weekly-hours",
            "food-storage",
        ];
        let names: Vec<(String, String)> =
            (0..codes.len()).map(|n| (format!("answers[{n}][code]"), format!("answers[{n}][answer]"))).collect();
        let mut form = subject.to_vec();
        for ((code, answer), item) in names.iter().zip(codes) {
            form.extend([(code.as_str(), item), (answer.as_str(), "yes")]);
        }
        assert_eq!(location(&browser.send(&page, "answer", &form).await?)?, format!("{page}?fait=enregistre"));
        let mut message = subject.to_vec();
        message.push(("body", "Bonjour, merci."));
        assert_eq!(location(&browser.send(&page, "write", &message).await?)?, format!("{page}?fait=message"));
        form.extend([("then", "approve"), ("next", next.as_str())]);
        assert_eq!(location(&browser.send(&page, "answer", &form).await?)?, format!("{next}?fait=feu-vert"));
        let (_, html) = browser.page(&page).await?;
        keep("decided", &html)?;
        assert!(!html.contains("Refuser définitivement"));
    }
    Ok(())
}

#[tokio::test]
async fn others_find_nothing() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (_, review) = w.submitted("Distribuer des colis").await?;
        let browser = Browser::of(&w, w.admin).await?;
        assert_eq!(browser.page(&format!("/coordination/{INSEE}")).await?.0, 404);
        let page = app::routes::review(INSEE, review);
        assert_eq!(browser.page(&page).await?.0, 404);
        let id = review.to_string();
        assert_eq!(browser.send(&page, "take", &[("insee", INSEE), ("id", &id)]).await?.status(), 404);
    }
    Ok(())
}

/// The file's history calls acts what the organisation's pages call them.
#[tokio::test]
async fn the_history_of_a_file_says_what_was_done() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (_, review) = w.submitted("Distribuer des colis").await?;
        w.backend.take(&w.actor(w.bob).await?, review, None).await?;
        let ana = w.actor(w.ana).await?;
        w.backend.take(&ana, review, Some(AccountId(w.bob))).await?;
        w.backend.release(&ana, review).await?;
        let (_, html) = Browser::of(&w, w.ana).await?.page(&app::routes::review(INSEE, review)).await?;
        for act in ["Prise en charge", "Passage à une autre personne", "Remise dans la file"] {
            assert!(html.contains(act), "{act}");
        }
    }
    Ok(())
}

/// Keeps a page to be looked at, where `REVIEWS_TEST_PAGES` names a folder.
fn keep(name: &str, html: &str) -> anyhow::Result<()> {
    match std::env::var("REVIEWS_TEST_PAGES") {
        Ok(folder) => Ok(std::fs::write(format!("{folder}/{name}.html"), html)?),
        Err(_) => Ok(()),
    }
}
