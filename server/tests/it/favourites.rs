//! Missions that somebody keeps: their own, with how they stand, until a while after the end; and what is passed on.

use std::sync::Arc;

use anyhow::{Context, anyhow};
use chrono::TimeDelta;
use domain::{
    actor::Actor,
    applications::Applications,
    error::{AppError, Conflict},
    favourites::{FavouriteState, Favourites, MAX_FAVOURITES},
    ids::MissionId,
    missions::Missions,
};
use reqwest::{Method, StatusCode, header};
use sea_orm::{ActiveValue::Set, EntityTrait, PaginatorTrait};
use server::{
    entity::{favourite, history, mission},
    housekeeping,
};
use tokio::sync::Barrier;
use uuid::Uuid;

use crate::{
    applications::world::{World, at_once, form, worlds},
    http::Site,
};

async fn kept(world: &World, actor: &Actor) -> anyhow::Result<Vec<(String, FavouriteState, bool)>> {
    let page = world.backend.favourites(actor, None).await?;
    Ok(page.kept.into_iter().map(|row| (row.title, row.state, row.card.is_some())).collect())
}

#[tokio::test]
async fn what_is_kept_is_ones_own_and_told_as_it_stands() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, ada, bob) = (&world.backend, world.volunteer("ada").await?, world.volunteer("bob").await?);
        let (open, _) = world.mission("Colis ouverts", at_once(&[(48, 3, 2)])).await?;
        let (full, slots) = world.mission("Colis complets", at_once(&[(72, 3, 1)])).await?;
        let (over, _) = world.mission("Colis du jour", at_once(&[(1, 1, 2)])).await?;
        let (gone, _) = world.mission("Colis suspendus", at_once(&[(48, 3, 2)])).await?;
        let before = history::Entity::find().count(backend.store.read()).await?;
        for id in [open, full, over, gone, gone] {
            backend.keep_mission(&ada, id).await?;
            backend.clock.advance(TimeDelta::seconds(1));
        }
        assert_eq!(history::Entity::find().count(backend.store.read()).await?, before, "nobody's business");
        backend.apply(&bob, full, form(&slots)).await?;
        world.change(gone, mission::Column::Status, "suspended").await?;
        // What the mission is called by now is not told of one that cannot be seen.
        world.change(gone, mission::Column::Title, "Un autre nom").await?;
        backend.clock.advance(TimeDelta::hours(3));
        let line = |title: &str, state, card| (title.to_owned(), state, card);
        let mut expected = vec![
            line("Colis suspendus", FavouriteState::Offline, false),
            line("Colis du jour", FavouriteState::Ended, false),
            line("Colis complets", FavouriteState::Full, true),
            line("Colis ouverts", FavouriteState::Open, true),
        ];
        assert_eq!(kept(&world, &ada).await?, expected, "{:?}", world.engine());
        assert!(kept(&world, &bob).await?.is_empty());
        // Suspended, given up, refused: all the same to whoever looks.
        for status in ["cancelled", "refused", "draft"] {
            world.change(gone, mission::Column::Status, status).await?;
            assert_eq!(kept(&world, &ada).await?, expected, "{status}");
        }
        // The page of the mission knows.
        let keeps = async |who: &Actor| anyhow::Ok(backend.page(who, open).await?.viewer.context("a viewer")?.kept);
        assert!(keeps(&ada).await? && !keeps(&bob).await?);
        backend.leave_mission(&bob, open).await?;
        assert!(keeps(&ada).await?, "nobody leaves out what another keeps");
        backend.leave_mission(&ada, open).await?;
        backend.leave_mission(&ada, open).await?;
        expected.pop();
        assert_eq!(kept(&world, &ada).await?, expected);
    }
    Ok(())
}

#[tokio::test]
async fn only_what_can_be_seen_is_kept_or_passed_on_and_only_by_who_is_signed_in() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, ada, nobody) = (&world.backend, world.volunteer("ada").await?, Actor::default());
        let (seen, _) = world.mission("Colis du marché", at_once(&[(48, 3, 2)])).await?;
        let (hidden, _) = world.mission("Colis cachés", at_once(&[(48, 3, 2)])).await?;
        world.change(hidden, mission::Column::Status, "suspended").await?;
        for id in [hidden, MissionId(Uuid::now_v7())] {
            assert_eq!(backend.keep_mission(&ada, id).await, Err(AppError::NotFound));
            assert_eq!(backend.share_mission(&nobody, id).await, Err(AppError::NotFound));
            assert_eq!(backend.favourites(&ada, Some(id)).await?.about, None);
        }
        assert_eq!(backend.keep_mission(&nobody, seen).await, Err(AppError::SignInFirst));
        assert_eq!(backend.leave_mission(&nobody, seen).await, Err(AppError::SignInFirst));
        assert_eq!(backend.favourites(&nobody, Some(seen)).await, Err(AppError::SignInFirst));
        let shared = backend.share_mission(&nobody, seen).await?;
        assert_eq!(
            shared.link,
            format!("{}{}", backend.settings.public_url, app::routes::mission(seen, "colis-du-marche"))
        );
        assert_eq!(shared.title, "Colis du marché");
        // Who was led to sign in finds the mission there, until they keep it.
        let about = backend.favourites(&ada, Some(seen)).await?.about;
        assert_eq!(about, Some((seen, "Colis du marché".to_owned())));
        backend.keep_mission(&ada, seen).await?;
        assert_eq!(backend.favourites(&ada, Some(seen)).await?.about, None);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_keeps_too_many_however_many_they_press_at_once() -> anyhow::Result<()> {
    const TRIES: usize = 6;
    for world in worlds().await? {
        let ada = Arc::new(world.volunteer("ada").await?);
        let account = ada.account.context("signed in")?.0;
        let mut ids = Vec::new();
        for number in 0..MAX_FAVOURITES - 2 + TRIES as u64 {
            ids.push(world.mission(&format!("Colis {number}"), at_once(&[(48, 3, 2)])).await?.0);
        }
        let (first, last) = ids.split_at(ids.len() - TRIES);
        let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        let rows = first.iter().map(|id| favourite::ActiveModel {
            account_id: Set(account),
            mission_id: Set(id.0),
            title: Set("Colis".to_owned()),
            kept_at: Set(world.now()),
        });
        favourite::Entity::insert_many(rows).exec_without_returning(&tx).await?;
        tx.commit().await?;
        let start = Arc::new(Barrier::new(TRIES));
        let mut tries = tokio::task::JoinSet::new();
        for id in last.iter().copied() {
            let (backend, ada, start) = (world.backend.clone(), ada.clone(), start.clone());
            tries.spawn(async move {
                start.wait().await;
                backend.keep_mission(&ada, id).await
            });
        }
        let mut refused = 0;
        while let Some(done) = tries.join_next().await {
            if let Err(error) = done? {
                assert_eq!(error, AppError::Conflict(Conflict::TooManyFavourites), "{:?}", world.engine());
                refused += 1;
            }
        }
        assert_eq!(refused, TRIES - 2, "{:?}", world.engine());
        assert_eq!(favourite::Entity::find().count(world.backend.store.read()).await?, MAX_FAVOURITES);
    }
    Ok(())
}

#[tokio::test]
async fn what_ended_is_forgotten_after_ninety_days() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, ada) = (&world.backend, world.volunteer("ada").await?);
        let (over, _) = world.mission("Colis du jour", at_once(&[(1, 1, 2)])).await?;
        let (off, _) = world.mission("Colis annulés", at_once(&[(24 * 300, 1, 2)])).await?;
        let (hidden, _) = world.mission("Colis suspendus", at_once(&[(24 * 300, 1, 2)])).await?;
        let (stays, _) = world.mission("Colis de l’an prochain", at_once(&[(24 * 300, 1, 2)])).await?;
        for id in [over, off, hidden, stays] {
            backend.keep_mission(&ada, id).await?;
        }
        world.change(off, mission::Column::Status, "cancelled").await?;
        world.change(hidden, mission::Column::Status, "suspended").await?;
        let left = async || {
            housekeeping::forget(backend).await.map_err(|error| anyhow!("{error:?}"))?;
            anyhow::Ok(backend.favourites(&ada, None).await?.kept.len())
        };
        backend.clock.advance(TimeDelta::days(89));
        assert_eq!(left().await?, 4, "{:?}", world.engine());
        backend.clock.advance(TimeDelta::days(2));
        assert_eq!(left().await?, 2, "{:?}: what is only offline stays", world.engine());
    }
    Ok(())
}

#[tokio::test]
async fn a_visitor_is_led_to_sign_in_and_back_and_pages_say_how_it_stands() -> anyhow::Result<()> {
    for world in worlds().await? {
        let backend = &world.backend;
        let (id, _) = world.mission("Colis du marché", at_once(&[(48, 3, 2)])).await?;
        let ada = world.volunteer("ada").await?;
        let cookie = format!("renfort={}", world.session(ada.account.context("signed in")?).await?);
        let site = Site::serve(backend.clone()).await?;
        let get = |path: String, cookie: Option<String>| {
            let page = site.ask(Method::GET, &path, cookie.as_deref()).header(header::ACCEPT, "text/html");
            async move { anyhow::Ok(page.send().await?) }
        };
        let page = get(app::routes::mission(id, ""), None).await?.text().await?;
        let keep = app::routes::keep(id);
        assert!(page.contains(&format!("href=\"{keep}\"")) && !page.contains("/api/favourites/keep"), "{page}");
        let led = get(keep.clone(), None).await?;
        let to = led.headers().get(header::LOCATION).context("somewhere")?.to_str()?.to_owned();
        assert_eq!(to, app::routes::sign_in(&keep));
        // A link changes nothing; the button of its page does.
        let page = get(keep, Some(cookie.clone())).await?.text().await?;
        assert!(
            page.contains("action=\"/api/favourites/keep\"") && page.contains("Garder «\u{a0}Colis du marché\u{a0}»")
        );
        assert_eq!(favourite::Entity::find().count(backend.store.read()).await?, 0);
        let post = async |act: &str| {
            let pressed = site
                .ask(Method::POST, act, Some(&cookie))
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(header::ACCEPT, "text/html")
                .body(format!("mission={id}"));
            let answer = pressed.send().await?;
            let to = answer.headers().get(header::LOCATION).context("somewhere")?.to_str()?.to_owned();
            anyhow::Ok((answer.status(), to))
        };
        // From the page of the mission, where the form stands for who is signed in.
        let page = get(app::routes::mission(id, ""), Some(cookie.clone())).await?.text().await?;
        assert!(page.contains("action=\"/api/favourites/keep\""));
        let (status, to) = post("/api/favourites/keep").await?;
        assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, &*format!("/missions/{id}?fait=favori")));
        let page = get(to, Some(cookie.clone())).await?.text().await?;
        assert!(page.contains("Dans vos favoris") && !page.contains("action=\"/api/favourites/keep\""));
        let page = get(app::routes::MY_FAVOURITES.to_owned(), Some(cookie.clone())).await?.text().await?;
        assert!(page.contains("Des places libres") && page.contains("Colis du marché"));
        world.change(id, mission::Column::Status, "suspended").await?;
        let page = get(app::routes::MY_FAVOURITES.to_owned(), Some(cookie.clone())).await?.text().await?;
        assert!(page.contains("pas en ligne en ce moment") && !page.contains(&app::routes::mission(id, "")));
        let (_, to) = post("/api/favourites/leave").await?;
        assert_eq!(to, format!("{}?fait=favori-retire", app::routes::MY_FAVOURITES));
        assert_eq!(favourite::Entity::find().count(backend.store.read()).await?, 0);
        // The address to pass on is there without scripts.
        world.change(id, mission::Column::Status, "published").await?;
        let page = get(app::routes::share(id), None).await?.text().await?;
        assert!(page.contains(&format!("value=\"{}/missions/{id}/colis-du-marche\"", backend.settings.public_url)));
    }
    Ok(())
}
