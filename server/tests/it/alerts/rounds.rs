//! How searches are looked at: one that fails stops no other, letters wait for the morning, what ended is forgotten.

use anyhow::anyhow;
use chrono::TimeDelta;
use domain::alerts::Alerts;
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, QueryFilter};
use server::{
    alerts::jobs,
    entity::{alert, alert_mission, alert_told, mission, outbox},
    mail::outbox as letters,
};

use super::{change, published, turn, until, watcher};
use crate::applications::world::{World, at_once, form, worlds};

async fn run(world: &World, statements: &[&str]) -> anyhow::Result<()> {
    let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    for statement in statements {
        tx.execute_unprepared(statement).await?;
    }
    Ok(tx.commit().await?)
}

#[tokio::test]
async fn one_that_fails_stops_no_other_and_loses_nothing() -> anyhow::Result<()> {
    for world in worlds().await? {
        let ada = watcher(&world, "ada", "at_once").await?;
        watcher(&world, "bob", "at_once").await?;
        published(&world, "Colis nouveaux").await?;
        // Ada's e-mail cannot be queued.
        let (refuse, allow): (&[&str], &[&str]) = match world.engine() {
            DbBackend::Sqlite => (
                &[
                    "CREATE TRIGGER refused BEFORE INSERT ON outbox WHEN NEW.recipient = 'ada@ville.example' BEGIN SELECT RAISE(ABORT, 'refused'); END",
                ],
                &["DROP TRIGGER refused"],
            ),
            _ => (
                &[
                    "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$",
                    "CREATE TRIGGER refused BEFORE INSERT ON outbox FOR EACH ROW WHEN (NEW.recipient = 'ada@ville.example') EXECUTE FUNCTION refuse()",
                ],
                &["DROP TRIGGER refused ON outbox", "DROP FUNCTION refuse"],
            ),
        };
        run(&world, refuse).await?;
        assert_eq!(turn(&world).await?, 1, "{:?}", world.engine());
        assert_eq!(world.mails("bob").await?, ["new_missions"]);
        assert!(world.mails("ada").await?.is_empty());
        let notes = || alert_told::Entity::find().count(world.backend.store.read());
        assert_eq!(notes().await?, 1, "what was not said is not noted");
        assert_eq!(world.backend.alerts(&ada).await?.alerts[0].told_at, None);
        run(&world, allow).await?;
        assert_eq!(turn(&world).await?, 1, "{:?}: made up for", world.engine());
        assert_eq!(world.mails("ada").await?, ["new_missions"]);
        assert_eq!(world.mails("bob").await?, ["new_missions"]);
    }
    Ok(())
}

#[tokio::test]
async fn looking_without_finding_moves_the_look_and_nothing_else() -> anyhow::Result<()> {
    for world in worlds().await? {
        watcher(&world, "ada", "daily").await?;
        let before = alert::Entity::find().one(world.backend.store.read()).await?;
        until(&world, "2026-11-24T07:00:00Z")?;
        assert_eq!(turn(&world).await?, 0);
        let after = alert::Entity::find().one(world.backend.store.read()).await?;
        let expected = before.map(|row| alert::Model { looked_at: world.now(), ..row });
        assert_eq!(after, expected, "{:?}", world.engine());
        assert!(world.mails("ada").await?.is_empty());
        // Published on the same day, it is told of on the next.
        published(&world, "Colis de midi").await?;
        world.backend.clock.advance(TimeDelta::hours(5));
        assert_eq!(turn(&world).await?, 0, "looked at today");
        until(&world, "2026-11-25T07:00:00Z")?;
        assert_eq!(turn(&world).await?, 1);
    }
    Ok(())
}

/// The kinds of what may leave now.
async fn leaving(world: &World) -> anyhow::Result<Vec<String>> {
    let rows = letters::waiting(&world.backend.store, world.now(), 20).await.map_err(|error| anyhow!("{error:?}"))?;
    Ok(rows.into_iter().map(|row| row.kind).collect())
}

async fn claimed(world: &World, letter: &outbox::Model) -> anyhow::Result<bool> {
    letters::claim(&world.backend.store, letter.id, world.now()).await.map_err(|error| anyhow!("{error:?}"))
}

#[tokio::test]
async fn what_can_wait_does_not_leave_the_outbox_at_night() -> anyhow::Result<()> {
    use domain::applications::Applications;
    for world in worlds().await? {
        watcher(&world, "ada", "at_once").await?;
        // 20:59 in Paris.
        until(&world, "2026-11-23T19:59:00Z")?;
        let (mission, slots) = published(&world, "Colis du soir").await?;
        assert_eq!(turn(&world).await?, 1);
        assert_eq!(leaving(&world).await?, ["new_missions"]);
        let letter = world.letters("ada").await?.remove(0);
        // Taken once, it could not be handed over, and would be tried again in the night.
        assert!(claimed(&world, &letter).await?);
        let failed = letters::failed(&world.backend.store, &letter, world.now(), "no answer").await;
        failed.map_err(|error| anyhow!("{error:?}"))?;
        for night in ["2026-11-23T20:00:00Z", "2026-11-23T23:30:00Z", "2026-11-24T06:59:00Z"] {
            until(&world, night)?;
            assert!(leaving(&world).await?.is_empty(), "{:?} {night}", world.engine());
            assert!(!claimed(&world, &letter).await?, "{:?} {night}", world.engine());
        }
        // Whatever somebody waits for leaves at any hour.
        let bob = world.volunteer("bob").await?;
        world.backend.apply(&bob, mission, form(&slots)).await?;
        let mut kinds = leaving(&world).await?;
        kinds.sort_unstable();
        assert_eq!(kinds, ["application_accepted", "application_received"], "{:?}", world.engine());
        until(&world, "2026-11-24T07:00:00Z")?;
        assert!(leaving(&world).await?.contains(&"new_missions".to_owned()));
        assert!(claimed(&world, &letter).await?);
    }
    Ok(())
}

#[tokio::test]
async fn what_was_told_of_missions_that_ended_is_forgotten() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (known, _) = published(&world, "Colis d’avant").await?;
        let (over, _) = world.mission("Colis du jour", at_once(&[(2, 1, 2)])).await?;
        watcher(&world, "ada", "at_once").await?;
        let (told, _) = published(&world, "Colis nouveaux").await?;
        let (stays, _) = world.mission("Colis de la semaine", at_once(&[(100, 1, 2)])).await?;
        assert_eq!(turn(&world).await?, 1);
        let forget = async || jobs::forget(&world.backend).await.map_err(|error| anyhow!("{error:?}"));
        assert_eq!(forget().await?, 0, "nothing has ended");
        change(&world, known, mission::Column::Status, "closed").await?;
        change(&world, told, mission::Column::Status, "cancelled").await?;
        // The one of today ends by itself.
        world.backend.clock.advance(TimeDelta::hours(3));
        assert_eq!(forget().await?, 4, "{:?}: one known, one over, one told and known", world.engine());
        assert_eq!(forget().await?, 0);
        let db = world.backend.store.read();
        let rows = alert_mission::Entity::find().all(db).await?;
        assert_eq!(rows.iter().map(|row| row.mission_id).collect::<Vec<_>>(), [stays.0], "not {over}");
        let rows = alert_told::Entity::find().filter(alert_told::Column::MissionId.eq(stays.0)).count(db).await?;
        assert_eq!((rows, alert_told::Entity::find().count(db).await?), (1, 1));
    }
    Ok(())
}
