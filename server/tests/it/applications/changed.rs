//! What changes of a mission reaches whoever is counted on: what they knew and what holds, once an hour at most.

use anyhow::{Context, anyhow, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    applications::Applications,
    ids::MissionId,
    missions::{Missions, PeopleStep, PlaceStep, SlotKind, SlotPlan},
    planning::{ExtendForm, Planning},
    reviews::{Decision, Reviews},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use server::{applications::changed, backend::Backend, entity::outbox};

use super::world::{World, at_once, form, worlds};
use crate::{planning::volunteer, reviews::world as town};

async fn turn(backend: &Backend) -> anyhow::Result<u64> {
    changed::turn(backend).await.map_err(|error| anyhow!("{error:?}"))
}

/// The organisation writes other practical details, and nothing that is reviewed.
async fn write(world: &World, mission: MissionId, practical: &str) -> anyhow::Result<()> {
    let step = PeopleStep {
        beneficiaries: vec!["families".to_owned()],
        safety_rules: "Porter des gants.".to_owned(),
        choice: "at_once".to_owned(),
        practical: practical.to_owned(),
        ..PeopleStep::default()
    };
    Ok(world.backend.save_people(&world.of_organisation().await?, mission, step).await?)
}

#[tokio::test]
async fn practical_details_that_change_are_told_once_an_hour() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", at_once(&[(72, 3, 5), (96, 3, 5)])).await?;
        let (ada, ben) = (world.volunteer("ada").await?, world.volunteer("ben").await?);
        let (cleo, dora) = (world.volunteer("cleo").await?, world.volunteer("dora").await?);
        world.backend.apply(&ada, mission, form(&slots[..1])).await?;
        world.backend.apply(&ben, mission, form(&slots[1..])).await?;
        world.written(mission, &cleo, slots[0], "pending").await?;
        let last = async |name: &str| -> anyhow::Result<outbox::Model> {
            world.letters(name).await?.pop().context("a letter")
        };

        write(&world, mission, "Sonnez à l’interphone.").await?;
        assert_eq!(turn(&world.backend).await?, 0, "nothing is other than it was");
        write(&world, mission, "Sonnez au 3.").await?;
        assert_eq!(turn(&world.backend).await?, 2);
        assert_eq!(turn(&world.backend).await?, 0, "once");
        let letter = last("ada").await?;
        assert_eq!(letter.kind, "details_changed");
        ensure!(letter.body_text.contains("Avant\u{a0}: Sonnez à l’interphone."), "{}", letter.body_text);
        ensure!(letter.body_text.contains("Maintenant\u{a0}: Sonnez au 3."), "{}", letter.body_text);
        assert_eq!(letter.body_text.matches('•').count(), 1, "their slot, and nobody else's: {}", letter.body_text);
        assert_eq!(world.mails("cleo").await?, Vec::<String>::new(), "nobody counts on her yet");

        world.backend.clock.advance(TimeDelta::minutes(10));
        write(&world, mission, "Code 12.").await?;
        assert_eq!(turn(&world.backend).await?, 0, "they were told a moment ago");
        write(&world, mission, "Code 34.").await?;
        world.backend.clock.advance(TimeDelta::minutes(10));
        world.backend.apply(&dora, mission, form(&slots[1..])).await?;
        world.backend.clock.advance(TimeDelta::minutes(39));
        assert_eq!(turn(&world.backend).await?, 0);
        world.backend.clock.advance(TimeDelta::minutes(1));
        assert_eq!(turn(&world.backend).await?, 2);
        let text = last("ben").await?.body_text;
        ensure!(text.contains("Sonnez au 3.") && text.contains("Code 34.") && !text.contains("Code 12."), "{text}");
        assert_eq!(world.mails("dora").await?, ["application_accepted"], "she has read how it is");

        world.backend.clock.advance(TimeDelta::hours(2));
        write(&world, mission, "Code 56.").await?;
        write(&world, mission, "Code 34.").await?;
        assert_eq!(turn(&world.backend).await?, 0, "it is as they know it");
        world.backend.clock.advance(TimeDelta::hours(74));
        write(&world, mission, "Code 78.").await?;
        assert_eq!(turn(&world.backend).await?, 2, "Ben and Dora");
        assert_eq!(world.mails("ada").await?.len(), 3, "her slot is over");
    }
    Ok(())
}

#[tokio::test]
async fn another_place_is_told_once_it_has_its_green_light() -> anyhow::Result<()> {
    for w in town::worlds().await? {
        let id = w.online("Distribuer des colis").await?;
        let slot = w.published(id).await?.1.slots[0].id;
        w.backend.apply(&volunteer(&w, "ada").await?, id, form(&[slot])).await?;
        assert_eq!(turn(&w.backend).await?, 0, "the first green light changes nothing for anybody");
        let step =
            PlaceStep { place: "on_site".to_owned(), address: "Salle Apollinaire".to_owned(), ..PlaceStep::default() };
        w.backend.save_place(&w.actor(w.admin).await?, id, step).await?;
        let review = w.submit(id).await?;
        assert_eq!(turn(&w.backend).await?, 0, "nobody meets there yet");
        w.tick(w.bob, review).await?;
        Reviews::decide(&w.backend, &w.actor(w.bob).await?, review, Decision::Approve, String::new()).await?;
        assert_eq!(turn(&w.backend).await?, 1);
        let letters = outbox::Entity::find().filter(outbox::Column::Kind.eq("details_changed"));
        let letters = letters.all(w.backend.store.read()).await?;
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].recipient, "ada@ville.example");
        let text = &letters[0].body_text;
        ensure!(text.contains("Avant\u{a0}: Place du marché, Ville 83126"), "{text}");
        ensure!(text.contains("Maintenant\u{a0}: Salle Apollinaire, Ville 83126"), "{text}");
        ensure!(!text.contains("Informations pratiques"), "{text}");
    }
    Ok(())
}

#[tokio::test]
async fn a_period_that_lasts_longer_is_told_by_its_days() -> anyhow::Result<()> {
    for w in town::worlds().await? {
        let id = w.draft("Distribuer des colis", w.admin).await?;
        let (begins, ends): (DateTime<Utc>, DateTime<Utc>) =
            ("2026-11-30T23:00:00Z".parse()?, "2026-12-20T23:00:00Z".parse()?);
        let period = |plan: &mut SlotPlan| {
            (plan.kind, plan.starts_at, plan.ends_at) = (SlotKind::OpenPeriod, begins, ends);
        };
        w.rewrite(id, |content| content.slots.iter_mut().for_each(period)).await?;
        let approve = async || -> anyhow::Result<()> {
            let review = w.submit(id).await?;
            w.tick(w.bob, review).await?;
            Ok(Reviews::decide(&w.backend, &w.actor(w.bob).await?, review, Decision::Approve, String::new()).await?)
        };
        approve().await?;
        let slot = w.published(id).await?.1.slots[0].id;
        w.backend.apply(&volunteer(&w, "ada").await?, id, form(&[slot])).await?;
        let longer = ExtendForm { places: "4".to_owned(), last_date: "2026-12-31".to_owned() };
        w.backend.extend_slot(&w.actor(w.admin).await?, id, slot.into(), longer).await?;
        approve().await?;
        assert_eq!(turn(&w.backend).await?, 1);
        let letters = outbox::Entity::find().filter(outbox::Column::Kind.eq("details_changed"));
        let text = letters.one(w.backend.store.read()).await?.context("a letter")?.body_text;
        ensure!(text.contains("Avant\u{a0}: du 1er\u{a0}décembre au 20\u{a0}décembre, à votre rythme"), "{text}");
        ensure!(text.contains("Maintenant\u{a0}: du 1er\u{a0}décembre au 31\u{a0}décembre, à votre rythme"), "{text}");
        ensure!(!text.contains("Place du marché"), "{text}");
    }
    Ok(())
}
