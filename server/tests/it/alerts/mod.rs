//! Saved searches: kept, told of what is new, once, never at night, and ended by one press.

mod rounds;
mod stop;
mod whom;

use std::sync::Arc;

use anyhow::{Context, anyhow, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    actor::Actor,
    alerts::{AlertForm, Alerts, MAX_ALERTS},
    applications::Applications,
    error::{AppError, Conflict, Problem},
    ids::{AlertId, MissionId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use server::{
    alerts::jobs,
    backend::Backend,
    entity::{account, alert, mission, outbox},
    mail::sender::Sender,
};
use tokio::sync::Barrier;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::applications::world::{World, at_once, form, worlds};

fn search(pace: &str) -> AlertForm {
    AlertForm { domain: "food-aid".to_owned(), town: "83126".to_owned(), pace: pace.to_owned(), ..AlertForm::default() }
}

async fn turn(world: &World) -> anyhow::Result<u64> {
    jobs::turn(&world.backend).await.map_err(|error| anyhow!("{error:?}"))
}

/// Moves the clock to an instant that lies ahead.
fn until(world: &World, instant: &str) -> anyhow::Result<()> {
    let instant: DateTime<Utc> = instant.parse()?;
    ensure!(instant >= world.now(), "the clock only goes on");
    world.backend.clock.advance(instant - world.now());
    Ok(())
}

/// Somebody with one search.
async fn watcher(world: &World, name: &str, pace: &str) -> anyhow::Result<Actor> {
    let actor = world.volunteer(name).await?;
    world.backend.save_alert(&actor, None, search(pace)).await?;
    Ok(actor)
}

/// A mission in two days' time.
async fn published(world: &World, title: &str) -> anyhow::Result<(MissionId, Vec<Uuid>)> {
    world.mission(title, at_once(&[(48, 3, 2)])).await
}

async fn change(
    world: &World,
    id: MissionId,
    column: mission::Column,
    value: impl Into<sea_orm::Value>,
) -> anyhow::Result<()> {
    let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    let changed = mission::Entity::update_many().col_expr(column, Expr::value(value));
    changed.filter(mission::Column::Id.eq(id.0)).exec(&tx).await?;
    Ok(tx.commit().await?)
}

async fn only_secret(backend: &Backend) -> anyhow::Result<String> {
    Ok(alert::Entity::find().one(backend.store.read()).await?.context("a search")?.secret)
}

#[tokio::test]
async fn searches_are_kept_changed_and_deleted_by_their_owner_alone() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, ada, bob) = (&world.backend, world.volunteer("ada").await?, world.volunteer("bob").await?);
        backend.save_alert(&ada, None, search("daily")).await?;
        let page = backend.alerts(&ada).await?;
        assert_eq!((page.alerts.len(), page.towns.len()), (1, 1));
        let id = page.alerts[0].id;
        assert_eq!((&page.alerts[0].form, page.alerts[0].told_at), (&search("daily"), None));
        backend.save_alert(&ada, Some(id), search("weekly")).await?;
        assert_eq!(backend.alerts(&ada).await?.alerts[0].form, search("weekly"));
        // Nobody else's, and nobody's.
        assert!(backend.alerts(&bob).await?.alerts.is_empty());
        assert_eq!(backend.save_alert(&bob, Some(id), search("daily")).await, Err(AppError::NotFound));
        assert_eq!(backend.remove_alert(&bob, id).await, Err(AppError::NotFound));
        assert_eq!(backend.remove_alert(&ada, AlertId(Uuid::now_v7())).await, Err(AppError::NotFound));
        let nobody = Actor::default();
        assert_eq!(backend.alerts(&nobody).await, Err(AppError::SignInFirst));
        assert_eq!(backend.save_alert(&nobody, None, search("daily")).await, Err(AppError::SignInFirst));
        assert_eq!(backend.remove_alert(&nobody, id).await, Err(AppError::SignInFirst));
        // What is wrong leaves what was there.
        let elsewhere = AlertForm { town: "75056".to_owned(), ..search("daily") };
        let refused = Err(AppError::field("town", Problem::NotAChoice));
        assert_eq!(backend.save_alert(&ada, Some(id), elsewhere).await, refused);
        assert_eq!(backend.alerts(&ada).await?.alerts[0].form, search("weekly"));
        for _ in 1..MAX_ALERTS {
            backend.save_alert(&ada, None, search("daily")).await?;
        }
        let full = Err(AppError::Conflict(Conflict::TooManyAlerts));
        assert_eq!(backend.save_alert(&ada, None, search("daily")).await, full);
        backend.remove_alert(&ada, id).await?;
        assert_eq!(backend.alerts(&ada).await?.alerts.len(), MAX_ALERTS - 1);
        backend.save_alert(&bob, None, search("daily")).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_keeps_more_however_many_they_save_at_once() -> anyhow::Result<()> {
    for world in worlds().await? {
        let ada = Arc::new(world.volunteer("ada").await?);
        let start = Arc::new(Barrier::new(MAX_ALERTS + 4));
        let mut tries = tokio::task::JoinSet::new();
        for _ in 0..MAX_ALERTS + 4 {
            let (backend, ada, start) = (world.backend.clone(), ada.clone(), start.clone());
            tries.spawn(async move {
                start.wait().await;
                backend.save_alert(&ada, None, search("daily")).await
            });
        }
        let mut refused = 0;
        while let Some(done) = tries.join_next().await {
            match done? {
                Ok(()) => {}
                Err(error) => {
                    assert_eq!(error, AppError::Conflict(Conflict::TooManyAlerts), "{:?}", world.engine());
                    refused += 1;
                }
            }
        }
        assert_eq!(refused, 4, "{:?}", world.engine());
        assert_eq!(world.backend.alerts(&ada).await?.alerts.len(), MAX_ALERTS, "{:?}", world.engine());
    }
    Ok(())
}

#[tokio::test]
async fn what_is_new_is_told_once_and_nothing_that_was_there() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, (old, _)) = (&world.backend, published(&world, "Colis d’avant").await?);
        let ada = watcher(&world, "ada", "at_once").await?;
        assert_eq!(turn(&world).await?, 0);
        backend.clock.advance(TimeDelta::minutes(10));
        let (new, _) = published(&world, "Colis nouveaux").await?;
        let (other, _) = published(&world, "Jardin partagé").await?;
        change(&world, other, mission::Column::DomainCode, "environment").await?;
        assert_eq!(turn(&world).await?, 1);
        let letter = world.letters("ada").await?.pop().context("an e-mail")?;
        assert_eq!(letter.kind, "new_missions");
        let secret = only_secret(backend).await?;
        for part in [
            "Colis nouveaux".to_owned(),
            "La Seyne-sur-Mer".to_owned(),
            app::routes::mission(new, "colis-nouveaux"),
            app::routes::stop_alert(&secret),
            "/missions?page=1&domaine=food-aid&commune=83126".to_owned(),
        ] {
            assert!(letter.body_text.contains(&part), "{part} in {}", letter.body_text);
        }
        assert!(!letter.body_text.contains("avant") && !letter.body_text.contains("Jardin"));
        assert!(letter.unsubscribe.is_some_and(|to| to.ends_with(&format!("/flux/alertes/{secret}"))));
        assert_eq!(backend.alerts(&ada).await?.alerts[0].told_at, Some(world.now()));
        // A later version of the same is not new, however often it is looked at.
        for _ in 0..3 {
            backend.clock.advance(TimeDelta::hours(2));
            for id in [old, new] {
                let tx = backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
                mission::Entity::update_many()
                    .col_expr(mission::Column::PublishedAt, Expr::value(world.now()))
                    .filter(mission::Column::Id.eq(id.0))
                    .exec(&tx)
                    .await?;
                tx.commit().await?;
            }
            assert_eq!(turn(&world).await?, 0);
        }
        // What one has applied to is no news; what is full neither, until a place is free again.
        let bob = world.volunteer("bob").await?;
        let (own, own_slots) = published(&world, "Colis choisis").await?;
        let (full, full_slots) = world.mission("Colis complets", at_once(&[(90, 3, 1)])).await?;
        backend.apply(&ada, own, form(&own_slots)).await?;
        backend.apply(&bob, full, form(&full_slots)).await?;
        assert_eq!(turn(&world).await?, 0);
        let id = world.ids(full).await?.remove(0);
        backend.withdraw(&bob, id).await?;
        published(&world, "Colis de demain").await?;
        backend.clock.advance(TimeDelta::minutes(1));
        assert_eq!(turn(&world).await?, 1);
        let text = world.letters("ada").await?.pop().context("an e-mail")?.body_text;
        assert!(text.contains("Colis complets") && text.contains("Colis de demain") && !text.contains("Colis choisis"));
        // However it was looked at, nothing that was there before is ever told of.
        let told: Vec<_> = world.letters("ada").await?.into_iter().map(|letter| letter.body_text).collect();
        assert!(told.iter().all(|text| !text.contains("Colis d’avant")), "{told:?}");
        assert_eq!(told.iter().filter(|text| text.contains("Colis nouveaux")).count(), 1);
    }
    Ok(())
}

#[tokio::test]
async fn other_filters_begin_anew_another_pace_does_not() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, ada) = (&world.backend, watcher(&world, "ada", "daily").await?);
        let id = backend.alerts(&ada).await?.alerts[0].id;
        published(&world, "Colis nouveaux").await?;
        backend.save_alert(&ada, Some(id), search("at_once")).await?;
        assert_eq!(turn(&world).await?, 1, "the pace alone loses nothing");
        backend.clock.advance(TimeDelta::hours(2));
        published(&world, "Colis du soir").await?;
        backend.save_alert(&ada, Some(id), AlertForm { remote: "no".to_owned(), ..search("at_once") }).await?;
        // Something else is published: it is looked at.
        let (other, _) = published(&world, "Jardin partagé").await?;
        change(&world, other, mission::Column::DomainCode, "environment").await?;
        assert_eq!(turn(&world).await?, 0, "what is online is seen on the page of the search");
        published(&world, "Colis de la nuit").await?;
        assert_eq!(turn(&world).await?, 1);
        let text = world.letters("ada").await?.pop().context("an e-mail")?.body_text;
        assert!(text.contains("Colis de la nuit") && !text.contains("Colis du soir"), "{text}");
    }
    Ok(())
}

#[tokio::test]
async fn one_that_writes_at_once_writes_once_an_hour_and_never_at_night() -> anyhow::Result<()> {
    for world in worlds().await? {
        let _ada = watcher(&world, "ada", "at_once").await?;
        // Monday 23 November 2026, 08:30 in Paris.
        published(&world, "Colis un").await?;
        assert_eq!(turn(&world).await?, 1);
        world.backend.clock.advance(TimeDelta::minutes(10));
        published(&world, "Colis deux").await?;
        assert_eq!(turn(&world).await?, 0);
        until(&world, "2026-11-23T08:30:00Z")?;
        assert_eq!(turn(&world).await?, 1);
        until(&world, "2026-11-23T20:00:00Z")?;
        published(&world, "Colis du soir").await?;
        for instant in ["2026-11-23T20:00:00Z", "2026-11-24T02:00:00Z", "2026-11-24T06:59:00Z"] {
            until(&world, instant)?;
            assert_eq!(turn(&world).await?, 0, "{instant}");
        }
        until(&world, "2026-11-24T07:00:00Z")?;
        assert_eq!(turn(&world).await?, 1);
        assert_eq!(world.mails("ada").await?.len(), 3);
    }
    Ok(())
}

#[tokio::test]
async fn mornings_and_mondays_are_those_of_paris_over_both_changes_of_hour() -> anyhow::Result<()> {
    for world in worlds().await? {
        let _days = watcher(&world, "ada", "daily").await?;
        let _weeks = watcher(&world, "bob", "weekly").await?;
        let count = |name: &'static str| {
            let world = &world;
            async move { anyhow::Ok(world.mails(name).await?.len()) }
        };
        published(&world, "Colis de novembre").await?;
        assert_eq!(turn(&world).await?, 0, "made today");
        until(&world, "2026-11-24T07:00:00Z")?;
        assert_eq!(turn(&world).await?, 1, "on Tuesday to who wants it each day");
        // Until the weekend of each change, nothing new.
        for (saturday, before, sunday, monday) in [
            ("2027-03-27T12:00:00Z", "2027-03-28T05:59:00Z", "2027-03-28T06:00:00Z", "2027-03-29T06:00:00Z"),
            ("2027-10-30T12:00:00Z", "2027-10-31T06:59:00Z", "2027-10-31T07:00:00Z", "2027-11-01T07:00:00Z"),
        ] {
            until(&world, saturday)?;
            turn(&world).await?;
            let (days, weeks) = (count("ada").await?, count("bob").await?);
            published(&world, &format!("Colis du {saturday}")).await?;
            assert_eq!(turn(&world).await?, 0, "looked at today and this week already");
            until(&world, before)?;
            assert_eq!(turn(&world).await?, 0, "quiet until eight");
            until(&world, sunday)?;
            assert_eq!(turn(&world).await?, 1);
            assert_eq!(turn(&world).await?, 0, "once");
            assert_eq!((count("ada").await?, count("bob").await?), (days + 1, weeks));
            until(&world, monday)?;
            assert_eq!(turn(&world).await?, 1);
            assert_eq!((count("ada").await?, count("bob").await?), (days + 1, weeks + 1));
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_servers_do_not_tell_twice() -> anyhow::Result<()> {
    const SERVERS: usize = 8;
    for world in worlds().await? {
        for name in ["ada", "bob"] {
            // Two searches that find the same.
            let person = watcher(&world, name, "at_once").await?;
            world.backend.save_alert(&person, None, AlertForm { domain: String::new(), ..search("at_once") }).await?;
        }
        published(&world, "Colis nouveaux").await?;
        let start = Arc::new(Barrier::new(SERVERS));
        let mut tries = tokio::task::JoinSet::new();
        for _ in 0..SERVERS {
            let (backend, start) = (world.backend.clone(), start.clone());
            tries.spawn(async move {
                start.wait().await;
                jobs::turn(&backend).await.map_err(|error| anyhow!("{error:?}"))
            });
        }
        let mut sent = 0;
        while let Some(done) = tries.join_next().await {
            sent += done??;
        }
        assert_eq!(sent, 2, "{:?}", world.engine());
        for name in ["ada", "bob"] {
            assert_eq!(world.mails(name).await?, ["new_missions"], "{:?}", world.engine());
        }
    }
    Ok(())
}

#[tokio::test]
async fn many_new_missions_make_one_e_mail_that_counts_them() -> anyhow::Result<()> {
    for world in worlds().await? {
        watcher(&world, "ada", "at_once").await?;
        for number in 0..13 {
            published(&world, &format!("Colis numéro {number}")).await?;
        }
        assert_eq!(turn(&world).await?, 1);
        let text = world.letters("ada").await?.pop().context("an e-mail")?.body_text;
        assert_eq!(text.matches("Colis numéro").count(), 10);
        assert!(text.contains("et 3 autres missions"), "{text}");
        world.backend.clock.advance(TimeDelta::hours(2));
        published(&world, "Colis de plus").await?;
        assert_eq!(turn(&world).await?, 1);
        let text = world.letters("ada").await?.pop().context("an e-mail")?.body_text;
        assert!(text.contains("Colis de plus") && !text.contains("numéro"), "none of them twice");
        // Whoever is gone is not written to.
        world.backend.clock.advance(TimeDelta::hours(2));
        let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        account::Entity::update_many()
            .col_expr(account::Column::DisabledAt, Expr::value(Some(world.now())))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        published(&world, "Colis pour personne").await?;
        assert_eq!(turn(&world).await?, 0);
    }
    Ok(())
}

#[tokio::test]
async fn the_e_mail_says_in_its_head_how_to_be_rid_of_it() -> anyhow::Result<()> {
    for world in worlds().await? {
        watcher(&world, "ada", "at_once").await?;
        published(&world, "Colis nouveaux").await?;
        turn(&world).await?;
        let folder = tempfile::tempdir()?;
        let mut settings = (*world.backend.settings).clone();
        settings.mail_dir = folder.path().to_owned();
        let backend = Backend { settings: settings.into(), ..world.backend.clone() };
        let stop = CancellationToken::new();
        let sending = tokio::spawn(Sender::open(backend.clone())?.run(stop.clone()));
        let letter = loop {
            let letter = outbox::Entity::find().one(backend.store.read()).await?.context("a letter")?;
            if letter.sent_at.is_some() {
                break letter;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        };
        stop.cancel();
        sending.await?;
        let written = std::fs::read_to_string(folder.path().join(format!("{}.eml", letter.id)))?;
        let address = format!(
            "{}{}",
            backend.settings.public_url,
            app::routes::stop_alert_at_once(&only_secret(&backend).await?)
        );
        let unfolded = written.replace("\r\n ", " ").replace("  ", " ");
        assert!(unfolded.contains(&format!("List-Unsubscribe: <{address}>\r\n")), "{written}");
        assert!(unfolded.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{written}");
        assert_eq!(letter.unsubscribe, None, "forgotten once it has served");
    }
    Ok(())
}
