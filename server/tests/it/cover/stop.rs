//! The links that end it: one press does, looking does not, and a wrong link says so.

use anyhow::{Context, anyhow};
use domain::{
    actor::Actor,
    cover::Cover,
    profiles::{ProfileForm, Profiles},
};
use reqwest::{Method, StatusCode, header};
use sea_orm::{EntityTrait, sea_query::Expr};
use server::entity::outbox;

use super::{agreeing, ask, secret, with};
use crate::{
    applications::world::{World, at_once, worlds},
    http::Site,
};

/// Letters that were sent stay; those that wait and ask somebody.
async fn waiting(world: &World, name: &str) -> anyhow::Result<usize> {
    Ok(world.letters(name).await?.iter().filter(|letter| letter.sent_at.is_none()).count())
}

#[tokio::test]
async fn one_press_ends_it_and_looking_does_not() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, admin) = (&world.backend, world.of_organisation().await?);
        let (ada, bob) = (with(&world, "ada", agreeing()).await?, with(&world, "bob", agreeing()).await?);
        let (mission, slots) = world.mission("Colis du soir", at_once(&[(34, 2, 3)])).await?;
        ask(&world, &admin, (mission, slots[0])).await?;
        let agrees = async |who: &Actor| anyhow::Ok(backend.own_profile(who).await?.form.cover == "yes");
        let own = secret(&world, &ada).await?;
        assert!(backend.stopping_cover(&Actor::default(), &own).await?);
        assert!(!backend.stopping_cover(&Actor::default(), &"0".repeat(64)).await?);
        let site = Site::serve(backend.clone()).await?;
        let path = app::routes::stop_cover_at_once(&own);
        // A GET changes nothing: it leads to the page, and the page changes nothing either.
        let looked = site.ask(Method::GET, &path, None).send().await?;
        assert!(looked.status().is_redirection());
        let to = looked.headers().get(header::LOCATION).context("somewhere")?.to_str()?.to_owned();
        assert_eq!(to, app::routes::stop_cover(&own));
        assert_eq!(site.ask(Method::GET, &to, None).send().await?.status(), StatusCode::OK);
        assert!(agrees(&ada).await?);
        let press = |path: String| {
            site.ask(Method::POST, &path, None)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body("List-Unsubscribe=One-Click")
        };
        let nobodys = app::routes::stop_cover_at_once(&"0".repeat(64));
        assert_eq!(press(nobodys).send().await?.status(), StatusCode::OK);
        assert!(agrees(&ada).await?, "nobody else's");
        for _ in 0..2 {
            assert_eq!(press(path.clone()).send().await?.status(), StatusCode::OK);
            assert!(!agrees(&ada).await?);
        }
        assert_eq!((waiting(&world, "ada").await?, waiting(&world, "bob").await?), (0, 1), "what waits does not leave");
        assert!(agrees(&bob).await? && !backend.stopping_cover(&Actor::default(), &own).await?);
        // Somebody who agrees again has the same link, so that old e-mails still end it: here by the button of its page.
        backend.save_profile(&ada, agreeing()).await?;
        assert_eq!(secret(&world, &ada).await?, own);
        assert!(backend.stop_cover(&Actor::default(), &own).await?);
        assert!(!backend.stop_cover(&Actor::default(), &own).await?, "ended already");
        assert!(!agrees(&ada).await?);
    }
    Ok(())
}

#[tokio::test]
async fn unticking_and_erasing_silence_what_waits_and_keep_the_rest() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, admin) = (&world.backend, world.of_organisation().await?);
        let (ada, bob) = (with(&world, "ada", agreeing()).await?, with(&world, "bob", agreeing()).await?);
        let eve = with(&world, "eve", agreeing()).await?;
        let (mission, slots) = world.mission("Colis du soir", at_once(&[(34, 2, 3)])).await?;
        ask(&world, &admin, (mission, slots[0])).await?;
        backend.save_profile(&ada, ProfileForm { cover: String::new(), ..agreeing() }).await?;
        backend.erase_profile(&bob).await?;
        for (name, left) in [("ada", 0), ("bob", 0), ("eve", 1)] {
            assert_eq!(waiting(&world, name).await?, left, "{name}");
        }
        // What has left is noted as before.
        let tx = backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        let sent = outbox::Entity::update_many().col_expr(outbox::Column::SentAt, Expr::value(Some(world.now())));
        sent.exec(&tx).await?;
        tx.commit().await?;
        backend.save_profile(&eve, ProfileForm { cover: String::new(), ..agreeing() }).await?;
        assert_eq!(world.letters("eve").await?.len(), 1);
    }
    Ok(())
}

#[tokio::test]
async fn nobody_is_asked_who_did_not_tick_the_box() -> anyhow::Result<()> {
    for world in worlds().await? {
        let form = ProfileForm { cover: String::new(), suggestions: "yes".to_owned(), ..agreeing() };
        let ada = with(&world, "ada", form).await?;
        assert!(secret(&world, &ada).await.is_err(), "nothing to end");
        assert_eq!(world.backend.own_profile(&ada).await?.form.cover, "");
    }
    Ok(())
}
