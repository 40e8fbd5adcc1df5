//! For which slots, by whom, and how often cover is asked.

use anyhow::Context;
use chrono::{NaiveDate, TimeDelta};
use domain::{
    actor::Actor,
    cover::{Cover, Crowd},
    error::{AppError, Conflict},
    ids::{MissionId, SlotId},
    paris,
    planning::Planning,
    profiles::{ProfileForm, Profiles},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, PaginatorTrait};
use server::{
    entity::{cover_letter, cover_request, role_grant, slot},
    housekeeping,
};
use uuid::Uuid;

use super::{
    agreeing, ask, asked, crowd, mission_has, organisations_are, page, secret, slot_has, until, was_asked, with,
};
use crate::applications::world::{World, at_once, worlds};

/// Somebody who helps in the organisation.
async fn helper(world: &World) -> anyhow::Result<Actor> {
    let id = world.person("aide", None).await?;
    let tx = world.backend.store.begin().await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    role_grant::ActiveModel {
        id: Set(Uuid::now_v7()),
        account_id: Set(id),
        role: Set("organisation_helper".to_owned()),
        municipality_id: Set(None),
        organisation_id: Set(Some(world.organisation)),
        granted_by: Set(None),
        granted_at: Set(world.now()),
        scope: Set(world.organisation.to_string()),
    }
    .insert(&tx)
    .await?;
    tx.commit().await?;
    world.actor(id).await
}

/// Refused, on the page as by the button, and nothing is written.
async fn refused(world: &World, who: &Actor, of: (MissionId, Uuid), why: Conflict) -> anyhow::Result<()> {
    let before = cover_letter::Entity::find().count(world.backend.store.read()).await?;
    assert_eq!(page(world, who, of).await?.shut, Some(why), "{:?}", world.engine());
    assert_eq!(ask(world, who, of).await, Err(why.into()), "{:?}", world.engine());
    assert_eq!(cover_letter::Entity::find().count(world.backend.store.read()).await?, before);
    Ok(())
}

#[tokio::test]
async fn what_is_another_organisations_does_not_exist_and_helpers_do_not_ask() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis du soir", at_once(&[(34, 2, 3)])).await?;
        let (other, _) = world.mission("Jardin partagé", at_once(&[(34, 2, 3)])).await?;
        crowd(&world, "a", 3).await?;
        let (ada, helper, admin) =
            (world.volunteer("ada").await?, helper(&world).await?, world.of_organisation().await?);
        for who in [&ada, &helper] {
            assert_eq!(page(&world, who, (mission, slots[0])).await, Err(AppError::NotFound));
            assert_eq!(ask(&world, who, (mission, slots[0])).await, Err(AppError::NotFound));
        }
        assert_eq!(ask(&world, &Actor::default(), (mission, slots[0])).await, Err(AppError::SignInFirst));
        for of in [(other, slots[0]), (mission, Uuid::now_v7()), (MissionId(Uuid::now_v7()), slots[0])] {
            assert_eq!(page(&world, &admin, of).await, Err(AppError::NotFound));
            assert_eq!(ask(&world, &admin, of).await, Err(AppError::NotFound));
        }
        assert!(asked(&world, slots[0]).await?.is_empty());
        // The week before the organisation leads an admin there, and no helper.
        let leads = async |who: &Actor| -> anyhow::Result<Vec<bool>> {
            Ok(world.backend.agenda(who, world.of()).await?.slots.iter().map(|one| one.cover).collect())
        };
        assert_eq!((leads(&admin).await?, leads(&helper).await?), (vec![true; 2], vec![false; 2]));
    }
    Ok(())
}

#[tokio::test]
async fn a_slot_that_lacks_nobody_or_is_not_offered_is_refused_with_why() -> anyhow::Result<()> {
    for world in worlds().await? {
        let admin = world.of_organisation().await?;
        let hours = [(34, 2, 3), (35, 2, 1), (36, 2, 3), (15 * 24, 2, 3), (1, 2, 3)];
        let (mission, slots) = world.mission("Colis du soir", at_once(&hours)).await?;
        crowd(&world, "a", 3).await?;
        slot_has(&world, slots[1], slot::Column::Taken, 1).await?;
        slot_has(&world, slots[2], slot::Column::CancelledAt, Some(world.now())).await?;
        world.backend.clock.advance(TimeDelta::hours(1));
        refused(&world, &admin, (mission, slots[1]), Conflict::CoverFull).await?;
        refused(&world, &admin, (mission, slots[2]), Conflict::CoverCancelled).await?;
        refused(&world, &admin, (mission, slots[3]), Conflict::CoverTooEarly).await?;
        refused(&world, &admin, (mission, slots[4]), Conflict::CoverBegun).await?;
        let of = (mission, slots[0]);
        for status in ["suspended", "cancelled", "closed"] {
            mission_has(&world, mission, server::entity::mission::Column::Status, status).await?;
            refused(&world, &admin, of, Conflict::CoverOffline).await?;
        }
        mission_has(&world, mission, server::entity::mission::Column::Status, "published").await?;
        organisations_are(&world, "suspended").await?;
        refused(&world, &admin, of, Conflict::CoverOffline).await?;
        organisations_are(&world, "approved").await?;
        let tomorrow = paris::date(world.now()) + TimeDelta::days(1);
        mission_has(&world, mission, server::entity::mission::Column::OpensOn, Some(tomorrow)).await?;
        refused(&world, &admin, of, Conflict::OpensOn(tomorrow)).await?;
        assert!(world.backend.agenda(&admin, world.of()).await?.slots.iter().all(|one| !one.cover));
        mission_has(&world, mission, server::entity::mission::Column::OpensOn, None::<NaiveDate>).await?;
        ask(&world, &admin, of).await?;
        assert_eq!(asked(&world, slots[0]).await?.len(), 3);
    }
    Ok(())
}

#[tokio::test]
async fn where_nobody_fits_nothing_is_asked() -> anyhow::Result<()> {
    for world in worlds().await? {
        let admin = world.of_organisation().await?;
        let (mission, slots) = world.mission("Colis du soir", at_once(&[(34, 2, 3)])).await?;
        refused(&world, &admin, (mission, slots[0]), Conflict::CoverNobody).await?;
        assert_eq!(page(&world, &admin, (mission, slots[0])).await?.fitting, Crowd::Nobody);
        assert_eq!(cover_request::Entity::find().count(world.backend.store.read()).await?, 0);
    }
    Ok(())
}

#[tokio::test]
async fn once_a_day_each_and_nobody_twice_for_a_slot() -> anyhow::Result<()> {
    for world in worlds().await? {
        let admin = world.of_organisation().await?;
        let (mission, slots) = world.mission("Colis du soir", at_once(&[(60, 2, 3), (62, 2, 3)])).await?;
        let of = (mission, slots[0]);
        let first = crowd(&world, "a", 3).await?;
        ask(&world, &admin, of).await?;
        refused(&world, &admin, of, Conflict::CoverToday).await?;
        // Another slot is another ask; another admin is another person, and finds nobody left.
        ask(&world, &admin, (mission, slots[1])).await?;
        let second = world.person("collegue", None).await?;
        world.make_admin(second).await?;
        let second = world.actor(second).await?;
        refused(&world, &second, of, Conflict::CoverNobody).await?;
        // At midnight in Paris it is another day: those who were not asked yet are.
        let late = crowd(&world, "b", 1).await?;
        until(&world, "2026-11-23T22:59:00Z")?;
        refused(&world, &admin, of, Conflict::CoverToday).await?;
        until(&world, "2026-11-23T23:00:00Z")?;
        ask(&world, &admin, of).await?;
        assert_eq!(asked(&world, slots[0]).await?.len(), 4);
        assert!(was_asked(&world, &late[0], slots[0]).await?);
        for who in first.iter().chain(&late) {
            assert!(was_asked(&world, who, slots[0]).await?);
        }
        for name in ["a0", "a1", "a2"] {
            assert_eq!(world.mails(name).await?, ["cover_asked"; 2], "one for each slot");
        }
        let before = page(&world, &second, of).await?.before;
        let counted: Vec<Crowd> = before.iter().map(|one| one.written).collect();
        assert_eq!(counted, [Crowd::Few, Crowd::AtLeast(3)], "newest first");
    }
    Ok(())
}

#[tokio::test]
async fn nobody_is_asked_more_than_twice_a_month_whatever_for() -> anyhow::Result<()> {
    for world in worlds().await? {
        let admin = world.of_organisation().await?;
        let ada = with(&world, "ada", agreeing()).await?;
        // On 25, 26 and 27 November, and on 2 December.
        let mut all = Vec::new();
        for (title, hours) in [("Colis un", 48), ("Colis deux", 72), ("Colis trois", 96), ("Colis quatre", 216)] {
            let (mission, slots) = world.mission(title, at_once(&[(hours, 2, 3)])).await?;
            all.push((mission, slots[0]));
        }
        ask(&world, &admin, all[0]).await?;
        ask(&world, &admin, all[1]).await?;
        refused(&world, &admin, all[2], Conflict::CoverNobody).await?;
        // Erasing the profile and agreeing again does not begin anew; what waited to leave does not leave.
        world.backend.erase_profile(&ada).await?;
        world.backend.save_profile(&ada, agreeing()).await?;
        refused(&world, &admin, all[2], Conflict::CoverNobody).await?;
        until(&world, "2026-11-30T19:59:00Z")?;
        refused(&world, &admin, all[3], Conflict::CoverNobody).await?;
        // From nine in the evening in Paris it arrives in December.
        until(&world, "2026-11-30T20:00:00Z")?;
        ask(&world, &admin, all[3]).await?;
        let mut counted: Vec<(i32, i32)> = Vec::new();
        for (_, slot) in &all {
            counted.extend(asked(&world, *slot).await?.iter().map(|letter| (letter.month, letter.nth)));
        }
        assert_eq!(counted, [(202_611, 1), (202_611, 2), (202_612, 1)]);
        assert_eq!(world.mails("ada").await?, ["cover_asked"], "the one of December");
    }
    Ok(())
}

#[tokio::test]
async fn twenty_at_most_the_best_fit_first_then_whoever_was_asked_longest_ago() -> anyhow::Result<()> {
    for world in worlds().await? {
        let admin = world.of_organisation().await?;
        let (first, early) = world.mission("Colis un", at_once(&[(48, 2, 3)])).await?;
        let (second, later) = world.mission("Colis deux", at_once(&[(72, 2, 3)])).await?;
        let usual = crowd(&world, "a", 19).await?;
        let best = with(&world, "best", ProfileForm { liked: vec!["food-aid".to_owned()], ..agreeing() }).await?;
        let others = crowd(&world, "b", 4).await?;
        assert_eq!(page(&world, &admin, (first, early[0])).await?.fitting, Crowd::AtLeast(20));
        ask(&world, &admin, (first, early[0])).await?;
        let one = asked(&world, early[0]).await?;
        assert_eq!(one.len(), 20);
        assert!(was_asked(&world, &best, early[0]).await?);
        // Those who were left out come before those who were not, whose fit is the same.
        world.backend.clock.advance(TimeDelta::hours(1));
        ask(&world, &admin, (second, later[0])).await?;
        let two = asked(&world, later[0]).await?;
        assert_eq!(two.len(), 20);
        let mut left_out = 0;
        for who in usual.iter().chain(&others) {
            if !was_asked(&world, who, early[0]).await? {
                left_out += 1;
                assert!(was_asked(&world, who, later[0]).await?, "{:?}", world.engine());
            }
        }
        assert_eq!(left_out, 4);
        assert!(was_asked(&world, &best, later[0]).await?, "the best fit comes first all the same");
        let request = cover_request::Entity::find_by_id(two[0].request_id).one(world.backend.store.read()).await?;
        assert_eq!(request.context("a request")?.written, 20);
    }
    Ok(())
}

#[tokio::test]
async fn at_night_it_waits_for_the_morning_and_is_refused_where_that_is_too_late() -> anyhow::Result<()> {
    for world in worlds().await? {
        let admin = world.of_organisation().await?;
        // On Tuesday at 7:30 and at 18:30.
        let (mission, slots) = world.mission("Colis du mardi", at_once(&[(23, 2, 3), (34, 2, 3)])).await?;
        crowd(&world, "a", 3).await?;
        until(&world, "2026-11-23T21:00:00Z")?;
        refused(&world, &admin, (mission, slots[0]), Conflict::CoverTooLate).await?;
        ask(&world, &admin, (mission, slots[1])).await?;
        let letter = world.letters("a0").await?.pop().context("an e-mail")?;
        assert!(letter.quiet && letter.sent_at.is_none());
    }
    Ok(())
}

#[tokio::test]
async fn a_year_later_nobody_knows_who_was_asked() -> anyhow::Result<()> {
    for world in worlds().await? {
        let admin = world.of_organisation().await?;
        let (mission, slots) = world.mission("Colis du soir", at_once(&[(34, 2, 3)])).await?;
        let people = crowd(&world, "a", 3).await?;
        world.backend.ask_for_cover(&admin, mission, SlotId(slots[0]), "Merci.").await?;
        let left = async || -> anyhow::Result<(u64, u64)> {
            let db = world.backend.store.read();
            Ok((cover_letter::Entity::find().count(db).await?, cover_request::Entity::find().count(db).await?))
        };
        let forget = async || housekeeping::forget(&world.backend).await.map_err(|error| anyhow::anyhow!("{error:?}"));
        world.backend.clock.advance(TimeDelta::days(364));
        forget().await?;
        assert_eq!(left().await?, (3, 1));
        world.backend.clock.advance(TimeDelta::days(1));
        forget().await?;
        assert_eq!(left().await?, (0, 0));
        assert!(secret(&world, &people[0]).await?.len() >= 64);
    }
    Ok(())
}
