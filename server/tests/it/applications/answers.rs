//! The organisation's answers, and taking one's own offer back.

use chrono::TimeDelta;
use domain::{
    applications::Applications,
    error::{AppError, Conflict, Problem},
};

use super::world::{at_once, choose, form, worlds};

#[tokio::test]
async fn accepting_takes_places_and_tells_how_it_went() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Choisir", choose(&[(48, 3, 2)])).await?;
        for name in ["ada", "ben", "cleo"] {
            world.backend.apply(&world.volunteer(name).await?, mission, form(&slots)).await?;
        }
        let (admin, ids) = (world.of_organisation().await?, world.ids(mission).await?);
        let answer = world.backend.decide(&admin, mission, ids.clone(), true, String::new()).await?;
        assert_eq!((answer.done, answer.full, answer.skipped), (2, 1, 0));
        let again = world.backend.decide(&admin, mission, ids, true, String::new()).await?;
        assert_eq!((again.done, again.full, again.skipped), (0, 1, 2));
        assert_eq!(world.taken(slots[0]).await?, 2);
        assert_eq!(world.states(mission).await?, ["accepted", "accepted", "pending"]);
        assert_eq!(world.mails("ada").await?, ["application_sent", "application_accepted"]);
        assert_eq!(world.mails("cleo").await?, ["application_sent"]);
    }
    Ok(())
}

#[tokio::test]
async fn declining_needs_a_reason_and_hides_the_contact_details() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Choisir", choose(&[(48, 3, 2)])).await?;
        world.backend.apply(&world.volunteer("ada").await?, mission, form(&slots)).await?;
        let (backend, admin, ids) = (&world.backend, world.of_organisation().await?, world.ids(mission).await?);
        let before = backend.of_mission(&admin, world.of(), mission).await?.applicants.remove(0);
        assert_eq!((before.name.as_str(), before.email.is_some(), before.phone.is_some()), ("ada Martin", true, true));
        let unsaid = backend.decide(&admin, mission, ids.clone(), false, "  ".to_owned()).await;
        assert_eq!(unsaid, Err(AppError::field("reason", Problem::ReasonRequired)));
        let nobody = backend.decide(&admin, mission, Vec::new(), true, String::new()).await;
        assert_eq!(nobody, Err(AppError::field("ids", Problem::Required)));
        let reason = "Nous avons assez de monde.".to_owned();
        assert_eq!(backend.decide(&admin, mission, ids, false, reason.clone()).await?.done, 1);
        let after = backend.of_mission(&admin, world.of(), mission).await?.applicants.remove(0);
        assert_eq!((after.name.as_str(), after.email, after.phone), ("ada M.", None, None));
        assert_eq!(after.reason, Some(reason.clone()));
        let letter = world.letters("ada").await?.remove(1);
        assert_eq!(letter.kind, "application_declined");
        assert!(letter.body_text.contains(&reason));
    }
    Ok(())
}

#[tokio::test]
async fn what_belongs_to_others_does_not_exist() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Choisir", choose(&[(48, 3, 2)])).await?;
        let (other, _) = world.mission("Autre", choose(&[(48, 3, 2)])).await?;
        let (ada, ben) = (world.volunteer("ada").await?, world.volunteer("ben").await?);
        world.backend.apply(&ada, mission, form(&slots)).await?;
        let (backend, admin, ids) = (&world.backend, world.of_organisation().await?, world.ids(mission).await?);
        assert_eq!(backend.of_mission(&ben, world.of(), mission).await, Err(AppError::NotFound));
        let by_ben = backend.decide(&ben, mission, ids.clone(), true, String::new()).await;
        assert_eq!(by_ben, Err(AppError::NotFound));
        assert_eq!(backend.withdraw(&ben, ids[0]).await, Err(AppError::NotFound));
        let elsewhere = backend.decide(&admin, other, ids, true, String::new()).await;
        assert_eq!(elsewhere, Err(AppError::NotFound));
        assert_eq!(world.states(mission).await?, ["pending"]);
    }
    Ok(())
}

#[tokio::test]
async fn accepting_asks_the_rules_again() -> anyhow::Result<()> {
    for world in worlds().await? {
        let ada = world.volunteer("ada").await?;
        let (chosen, slots) = world.mission("Choisir", choose(&[(48, 3, 2)])).await?;
        world.backend.apply(&ada, chosen, form(&slots)).await?;
        let (taken, others) = world.mission("Au même moment", at_once(&[(49, 3, 2)])).await?;
        world.backend.apply(&ada, taken, form(&others)).await?;
        let (admin, ids) = (world.of_organisation().await?, world.ids(chosen).await?);
        let answer = world.backend.decide(&admin, chosen, ids.clone(), true, String::new()).await?;
        assert_eq!((answer.done, answer.skipped), (0, 1), "it overlaps what she was accepted for meanwhile");
        let id = world.ids(taken).await?.remove(0);
        world.backend.withdraw(&ada, id).await?;
        world.backend.clock.advance(TimeDelta::hours(60));
        let late = world.backend.decide(&admin, chosen, ids, true, String::new()).await?;
        assert_eq!((late.done, late.skipped), (0, 1), "it is over");
    }
    Ok(())
}

#[tokio::test]
async fn withdrawing_gives_the_place_back_once() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Une place", at_once(&[(48, 3, 1)])).await?;
        let (ada, ben) = (world.volunteer("ada").await?, world.volunteer("ben").await?);
        world.backend.apply(&ada, mission, form(&slots)).await?;
        let id = world.ids(mission).await?.remove(0);
        world.backend.withdraw(&ada, id).await?;
        assert_eq!(world.backend.withdraw(&ada, id).await, Err(AppError::Conflict(Conflict::NotInThisState)));
        assert_eq!(world.taken(slots[0]).await?, 0);
        assert_eq!(world.mails("admin").await?, ["application_received", "application_withdrawn"]);
        world.backend.apply(&ben, mission, form(&slots)).await?;
        world.backend.clock.advance(TimeDelta::hours(60));
        let id = world.ids(mission).await?.remove(1);
        let late = world.backend.withdraw(&ben, id).await;
        assert_eq!(late, Err(AppError::Conflict(Conflict::NotInThisState)), "what is over is not taken back");
        assert!(!world.backend.mine(&ben).await?.past[0].withdrawable);
    }
    Ok(())
}
