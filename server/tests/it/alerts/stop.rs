//! The links that end a saved search: one press does, looking does not, and a wrong link says so.

use anyhow::Context;
use domain::{
    actor::Actor,
    alerts::{AlertForm, Alerts},
};
use reqwest::{Method, StatusCode, header};
use sea_orm::{EntityTrait, PaginatorTrait};
use server::entity::{alert, alert_mission, alert_told};

use super::{only_secret, published, search, turn, watcher};
use crate::{applications::world::worlds, http::Site};

#[tokio::test]
async fn one_press_ends_it_and_looking_does_not() -> anyhow::Result<()> {
    for world in worlds().await? {
        // Each knows a mission, and is told of another.
        published(&world, "Colis d’avant").await?;
        watcher(&world, "ada", "at_once").await?;
        let bob = watcher(&world, "bob", "at_once").await?;
        published(&world, "Colis nouveaux").await?;
        assert_eq!(turn(&world).await?, 2);
        let backend = &world.backend;
        let left = || alert::Entity::find().count(backend.store.read());
        let secret = only_secret(backend).await?;
        let live = |secret: String| async move { backend.stopping(&Actor::default(), &secret).await };
        assert!(live(secret.clone()).await?.search.is_some() && live("0".repeat(64)).await?.search.is_none());
        let site = Site::serve(backend.clone()).await?;
        let path = app::routes::stop_alert_at_once(&secret);
        // A GET changes nothing: it leads to the page, and the page changes nothing either.
        let looked = site.ask(Method::GET, &path, None).send().await?;
        assert!(looked.status().is_redirection());
        let page = looked.headers().get(header::LOCATION).context("somewhere")?.to_str()?.to_owned();
        assert_eq!(page, app::routes::stop_alert(&secret));
        assert_eq!(site.ask(Method::GET, &page, None).send().await?.status(), StatusCode::OK);
        assert_eq!(left().await?, 2);
        let press = |path: String| {
            site.ask(Method::POST, &path, None)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body("List-Unsubscribe=One-Click")
        };
        assert_eq!(press(app::routes::stop_alert_at_once(&"0".repeat(64))).send().await?.status(), StatusCode::OK);
        assert_eq!(left().await?, 2, "nobody else's");
        for _ in 0..2 {
            assert_eq!(press(path.clone()).send().await?.status(), StatusCode::OK);
            assert_eq!(left().await?, 1);
        }
        assert!(live(secret).await?.search.is_none());
        // The button of the page, for the other one.
        let secret = only_secret(backend).await?;
        let known = || alert_mission::Entity::find().count(backend.store.read());
        assert_eq!(known().await?, 2, "what is left of the other one's");
        assert!(backend.stop_alert(&Actor::default(), &secret).await?);
        assert!(!backend.stop_alert(&Actor::default(), &secret).await?, "gone already");
        assert!(backend.alerts(&bob).await?.alerts.is_empty());
        assert_eq!(known().await?, 0);
        assert_eq!(alert_told::Entity::find().count(backend.store.read()).await?, 0);
    }
    Ok(())
}

#[tokio::test]
async fn the_page_names_the_search_and_is_honest_about_a_wrong_link() -> anyhow::Result<()> {
    for world in worlds().await? {
        let backend = &world.backend;
        let ada = world.volunteer("ada").await?;
        let asked = AlertForm { words: "épicerie".to_owned(), from: "2026-12-24".to_owned(), ..search("weekly") };
        backend.save_alert(&ada, None, asked.clone()).await?;
        let secret = only_secret(backend).await?;
        let found = backend.stopping(&Actor::default(), &secret).await?.search.context("a search")?;
        assert_eq!((&found.form, found.town.as_str()), (&asked, "La Seyne-sur-Mer"));
        assert!(!found.domain.is_empty() && found.domain != "food-aid", "{}", found.domain);
        let site = Site::serve(backend.clone()).await?;
        let shown = |secret: String| {
            let page =
                site.ask(Method::GET, &app::routes::stop_alert(&secret), None).header(header::ACCEPT, "text/html");
            async move { anyhow::Ok(page.send().await?.text().await?) }
        };
        let page = shown(secret.clone()).await?;
        for part in ["épicerie", &found.domain.replace('\'', "&#x27;"), "La Seyne-sur-Mer", "24\u{a0}décembre"] {
            assert!(page.contains(part), "{part} in {page}");
        }
        let press = async |secret: &str| {
            let pressed = site
                .ask(Method::POST, "/api/alerts/stop", None)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(header::ACCEPT, "text/html")
                .body(format!("secret={secret}"));
            let answer = pressed.send().await?;
            let to = answer.headers().get(header::LOCATION).context("somewhere")?.to_str()?.to_owned();
            anyhow::Ok((answer.status(), to))
        };
        let wrong = "0".repeat(64);
        assert_eq!(press(&wrong).await?, (StatusCode::SEE_OTHER, app::routes::stop_alert(&wrong)), "nothing was done");
        let page = shown(wrong).await?;
        assert!(
            page.contains("ne mène à aucune alerte en cours")
                && !page.contains("<form method=\"post\" action=\"/api/alerts")
        );
        assert_eq!(alert::Entity::find().count(backend.store.read()).await?, 1);
        let (_, to) = press(&secret).await?;
        assert_eq!(to, format!("{}?fait=alerte-supprimee", app::routes::stop_alert(&secret)));
        assert!(site.ask(Method::GET, &to, None).send().await?.text().await?.contains("L’alerte est supprimée"));
        assert_eq!(alert::Entity::find().count(backend.store.read()).await?, 0);
    }
    Ok(())
}
