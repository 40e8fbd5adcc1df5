//! What becomes of applications when their mission, or a slot, is called off or over.

use chrono::TimeDelta;
use domain::{
    applications::{ApplicationStatus, Applications},
    missions::Missions,
};
use server::applications::unanswered;

use super::world::{World, at_once, choose, form, worlds};

#[tokio::test]
async fn a_cancelled_mission_ends_every_live_application() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", at_once(&[(48, 3, 2)])).await?;
        let (ada, ben, cleo, dan) = (
            world.volunteer("ada").await?,
            world.volunteer("ben").await?,
            world.volunteer("cleo").await?,
            world.volunteer("dan").await?,
        );
        world.backend.apply(&ada, mission, form(&slots)).await?;
        world.written(mission, &ben, slots[0], "pending").await?;
        let waits = world.written(mission, &cleo, slots[0], "waitlisted").await?;
        world.written(mission, &dan, slots[0], "withdrawn").await?;
        let reason = "La salle est inondée.".to_owned();
        world.backend.cancel(&world.of_organisation().await?, mission, reason.clone()).await?;
        assert_eq!(world.states(mission).await?, ["cancelled", "declined", "expired", "withdrawn"]);
        assert_eq!(world.story(waits).await?, ["offered", "expired"]);
        assert_eq!(world.taken(slots[0]).await?, 0);
        for name in ["ada", "ben", "cleo"] {
            let letter = world.letters(name).await?.pop();
            assert!(letter.is_some_and(|l| l.kind == "mission_cancelled" && l.body_text.contains(&reason)), "{name}");
        }
        assert!(world.letters("dan").await?.is_empty());
    }
    Ok(())
}

#[tokio::test]
async fn a_cancelled_slot_leaves_the_others() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", at_once(&[(48, 3, 3), (72, 3, 3)])).await?;
        let (ada, ben, cleo) =
            (world.volunteer("ada").await?, world.volunteer("ben").await?, world.volunteer("cleo").await?);
        world.backend.apply(&ada, mission, form(&slots)).await?;
        world.backend.apply(&ben, mission, form(&slots[..1])).await?;
        world.backend.apply(&cleo, mission, form(&slots[1..])).await?;
        let (admin, slot) = (world.of_organisation().await?, World::slot_id(slots[0]));
        world.backend.cancel_slot(&admin, mission, slot, "La salle est prise.".to_owned()).await?;
        assert_eq!(world.states(mission).await?, ["accepted", "cancelled", "accepted"]);
        assert_eq!((world.taken(slots[0]).await?, world.taken(slots[1]).await?), (0, 2));
        let mine = world.backend.mine(&ada).await?.live.remove(0);
        assert_eq!(mine.slots.iter().map(|slot| slot.id).collect::<Vec<_>>(), [World::slot_id(slots[1])]);
        assert_eq!(world.mails("ada").await?, ["application_accepted", "slot_cancelled"]);
        assert_eq!(world.mails("ben").await?, ["application_accepted", "slot_cancelled"]);
        assert_eq!(world.mails("cleo").await?, ["application_accepted"]);
        let letter = world.letters("ada").await?.remove(1);
        assert!(letter.body_text.contains("mercredi 25\u{a0}novembre"), "{}", letter.body_text);
    }
    Ok(())
}

#[tokio::test]
async fn who_still_waits_when_a_mission_closes_is_told() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (early, first) = world.mission("Close avant l’heure", choose(&[(48, 3, 3)])).await?;
        let (over, second) = world.mission("Close d’elle-même", choose(&[(24, 3, 3)])).await?;
        let (ada, ben) = (world.volunteer("ada").await?, world.volunteer("ben").await?);
        let admin = world.of_organisation().await?;
        for (mission, slots) in [(early, first), (over, second)] {
            world.backend.apply(&ada, mission, form(&slots)).await?;
            let ids = world.ids(mission).await?;
            world.backend.decide(&admin, mission, ids, true, String::new()).await?;
            world.backend.apply(&ben, mission, form(&slots)).await?;
        }
        world.backend.close(&admin, early).await?;
        assert_eq!(world.states(early).await?, ["accepted", "declined"]);
        world.backend.clock.advance(TimeDelta::hours(30));
        let closed = server::missions::jobs::close_ended(&world.backend).await;
        assert!(closed.is_ok_and(|closed| closed == 1));
        assert_eq!(world.states(over).await?, ["accepted", "declined"]);
        let told = world.mails("ben").await?.into_iter().filter(|kind| kind == "application_declined").count();
        assert_eq!(told, 2);
        let reason = world.backend.mine(&ben).await?.past.remove(0).reason.unwrap_or_default();
        assert!(reason.starts_with("La mission est terminée"), "{reason}");
    }
    Ok(())
}

#[tokio::test]
async fn what_nobody_answered_in_time_ends_and_makes_room_for_another_day() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Choisir", choose(&[(24, 3, 3), (96, 3, 3)])).await?;
        let (ada, ben, cleo) =
            (world.volunteer("ada").await?, world.volunteer("ben").await?, world.volunteer("cleo").await?);
        world.backend.apply(&ada, mission, form(&slots[..1])).await?;
        world.backend.apply(&ben, mission, form(&slots)).await?;
        world.backend.apply(&cleo, mission, form(&slots[..1])).await?;
        let ids = world.ids(mission).await?;
        let turn = async || unanswered::turn(&world.backend).await.map_err(|error| anyhow::anyhow!("{error:?}"));
        world.backend.clock.advance(TimeDelta::hours(26));
        assert_eq!(turn().await?, 0, "it is not over");
        world.backend.clock.advance(TimeDelta::hours(2));
        world.backend.withdraw(&cleo, ids[2]).await?;
        assert_eq!((turn().await?, turn().await?), (1, 0));
        assert_eq!(world.states(mission).await?, ["declined", "pending", "withdrawn"], "Ben may still come");
        assert_eq!(world.story(ids[0].0).await?, ["pending", "declined"]);
        assert_eq!(world.mails("ada").await?, ["application_sent", "application_unanswered"]);
        assert_eq!(world.mails("ben").await?, ["application_sent"]);
        let reason = world.backend.mine(&ada).await?.past.remove(0).reason.unwrap_or_default();
        assert!(reason.starts_with("Les créneaux choisis ont pris fin"), "{reason}");
        for again in [&ada, &cleo] {
            let answer = world.backend.apply(again, mission, form(&slots[1..])).await;
            assert_eq!(answer, Ok(ApplicationStatus::Pending), "another day");
        }
    }
    Ok(())
}
