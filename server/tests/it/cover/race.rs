//! Whoever asks at the same moment: nobody is written to twice for a slot, or more than twice a month.

use std::{collections::HashMap, sync::Arc};

use anyhow::{Context, anyhow};
use domain::{
    actor::Actor,
    applications::Applications,
    error::{AppError, Conflict},
    ids::{MissionId, SlotId},
};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use server::entity::{cover_letter, cover_request, outbox};
use tokio::sync::Barrier;
use uuid::Uuid;

use super::{asked, crowd};
use crate::applications::world::{World, at_once, form, worlds};

const PRESSES: usize = 8;

/// Everybody presses at once; what each is told.
async fn together(
    world: &World,
    presses: Vec<(Actor, (MissionId, Uuid))>,
) -> anyhow::Result<Vec<Result<(), AppError>>> {
    use domain::cover::Cover;

    let start = Arc::new(Barrier::new(presses.len()));
    let mut tries = tokio::task::JoinSet::new();
    for (who, (mission, slot)) in presses {
        let (backend, start) = (world.backend.clone(), start.clone());
        tries.spawn(async move {
            start.wait().await;
            backend.ask_for_cover(&who, mission, SlotId(slot), "").await.map(drop)
        });
    }
    let mut told = Vec::new();
    while let Some(done) = tries.join_next().await {
        told.push(done?);
    }
    Ok(told)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_person_who_presses_many_times_asks_once() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis du soir", at_once(&[(34, 2, 3)])).await?;
        crowd(&world, "a", 25).await?;
        let admin = world.of_organisation().await?;
        let told = together(&world, vec![(admin, (mission, slots[0])); PRESSES]).await?;
        assert_eq!(told.iter().filter(|told| told.is_ok()).count(), 1, "{:?}", world.engine());
        let others = told.into_iter().filter_map(Result::err);
        assert!(others.into_iter().all(|error| error == Conflict::CoverToday.into()), "{:?}", world.engine());
        let db = world.backend.store.read();
        assert_eq!(cover_request::Entity::find().count(db).await?, 1);
        assert_eq!(asked(&world, slots[0]).await?.len(), 20);
        let letters = outbox::Entity::find().filter(outbox::Column::Kind.eq("cover_asked"));
        assert_eq!(letters.count(db).await?, 20, "{:?}", world.engine());
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn colleagues_and_other_missions_never_write_twice_to_anybody() -> anyhow::Result<()> {
    for world in worlds().await? {
        let mut of = Vec::new();
        for (title, hours) in [("Colis un", 34), ("Colis deux", 58), ("Colis trois", 82), ("Colis quatre", 106)] {
            let (mission, slots) = world.mission(title, at_once(&[(hours, 2, 3)])).await?;
            of.push((mission, slots[0]));
        }
        let people = crowd(&world, "a", 30).await?;
        let mut admins = vec![world.of_organisation().await?];
        for name in ["collegue", "voisine"] {
            let id = world.person(name, None).await?;
            world.make_admin(id).await?;
            admins.push(world.actor(id).await?);
        }
        let presses = admins.iter().flat_map(|who| of.iter().map(|of| (who.clone(), *of))).collect();
        // Somebody applies meanwhile.
        let (backend, ada, (mission, slot)) = (world.backend.clone(), people[0].clone(), of[0]);
        let applying = tokio::spawn(async move { backend.apply(&ada, mission, form(&[slot])).await });
        let told = together(&world, presses).await?;
        applying.await??;
        for error in told.into_iter().filter_map(Result::err) {
            assert_eq!(error, Conflict::CoverNobody.into(), "{:?}", world.engine());
        }
        let rows = cover_letter::Entity::find().all(world.backend.store.read()).await?;
        let mut often: HashMap<Uuid, Vec<i32>> = HashMap::new();
        for row in &rows {
            often.entry(row.account_id).or_default().push(row.nth);
        }
        assert_eq!(rows.len(), 60, "thirty people, twice each, on {:?}", world.engine());
        for mut nths in often.into_values() {
            nths.sort_unstable();
            assert_eq!(nths, [1, 2], "{:?}", world.engine());
        }
        let db = world.backend.store.read();
        let letters = outbox::Entity::find().filter(outbox::Column::Kind.eq("cover_asked"));
        assert_eq!(letters.count(db).await?, 60, "{:?}", world.engine());
    }
    Ok(())
}

#[tokio::test]
async fn the_tables_hold_the_limits_whatever_the_program_does() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis du soir", at_once(&[(34, 2, 3), (58, 2, 3)])).await?;
        crowd(&world, "a", 1).await?;
        let admin = world.of_organisation().await?;
        together(&world, vec![(admin, (mission, slots[0]))]).await?;
        let letter = asked(&world, slots[0]).await?.remove(0);
        let request = cover_request::Entity::find_by_id(letter.request_id).one(world.backend.store.read()).await?;
        let request = request.context("a request")?;
        let refused = async |row: cover_letter::Model| -> anyhow::Result<bool> {
            let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
            Ok(row.into_active_model().reset_all().insert(&tx).await.is_err())
        };
        // The same slot; the same number in the same month; a third one.
        assert!(refused(cover_letter::Model { nth: 2, ..letter.clone() }).await?, "{:?}", world.engine());
        assert!(refused(cover_letter::Model { slot_id: slots[1], ..letter.clone() }).await?, "{:?}", world.engine());
        let third = cover_letter::Model { slot_id: slots[1], nth: 3, ..letter.clone() };
        assert!(refused(third).await?, "{:?}", world.engine());
        assert!(!refused(cover_letter::Model { slot_id: slots[1], nth: 2, ..letter }).await?, "{:?}", world.engine());
        // The same person for the same slot on the same day; one more than twenty.
        for row in [
            cover_request::Model { id: Uuid::now_v7(), ..request.clone() },
            cover_request::Model { id: Uuid::now_v7(), slot_id: slots[1], written: 21, ..request },
        ] {
            let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
            assert!(row.into_active_model().reset_all().insert(&tx).await.is_err(), "{:?}", world.engine());
        }
    }
    Ok(())
}
