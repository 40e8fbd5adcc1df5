//! The handing-out sheet: every unit names its mission, slot and volunteer.

use chrono::TimeDelta;
use domain::{
    applications::Applications,
    error::{AppError, Conflict, Problem},
    ids::ApplicationId,
    missions::Missions,
    supplies::{SheetDoor, SlotSheet, Supplies},
};
use sea_orm::EntityTrait;
use server::{entity::handout, supplies::jobs};
use uuid::Uuid;

use super::world::{DEPOT_NAME, MASK, VEST, World, back, hand, need, worlds};
use crate::reviews::world::{INSEE, begin};

fn town() -> SheetDoor {
    SheetDoor::Town(INSEE.to_owned())
}

#[tokio::test]
async fn an_organisation_hands_out_what_is_reserved_and_no_more() -> anyhow::Result<()> {
    for w in worlds().await? {
        w.receive(MASK, 4).await?;
        let (mission, slots) = w.online("Servir des repas", &[(24, 3, 2)], &[need(MASK, 2, 0)]).await?;
        w.receive(MASK, 100).await?;
        let (_, chloe) = w.accepted("chloe", mission, slots[0]).await?;
        let own = SheetDoor::Organisation(w.town.organisation.into(), mission);
        let sheet = w.backend().sheet(&w.admin, own.clone(), slots[0]).await?;
        assert_eq!(sheet.people.len(), 1);
        assert_eq!((sheet.people[0].name.as_str(), sheet.people[0].items[0].proposed), ("chloe Test", 2));
        assert_eq!((sheet.kinds[0].reserved, sheet.kinds[0].free, sheet.kinds[0].depots.len()), (4, None, 0));

        let slot = slots[0];
        let five = w.backend().hand_out(&w.admin, slot, chloe, hand(0, &[(MASK, "5")])).await;
        assert_eq!(five, Err(AppError::field("lines.0.quantity", Problem::NotEnoughFree { free: 4 })));
        w.backend().hand_out(&w.admin, slot, chloe, hand(0, &[(MASK, "3")])).await?;
        assert_eq!((w.stock(MASK).await?, w.reserved(mission, MASK).await?), ((101, 1), 1));
        let line = w.lines(mission, MASK).await?.pop().unwrap();
        assert_eq!(line.kind, "issued");
        assert_eq!((line.slot_id, line.application_id), (Some(slot.0), Some(chloe.0)));
        assert!(line.volunteer_id.is_some() && line.actor_id == w.admin.account.map(|id| id.0));

        // A coordinator draws on the free stock too, and sees where it lies.
        let sheet = w.backend().sheet(&w.ana, town(), slot).await?;
        assert_eq!((sheet.kinds[0].free, sheet.kinds[0].issued), (Some(100), 3));
        assert_eq!(sheet.kinds[0].depots, [(DEPOT_NAME.to_owned(), 1)]);
        w.backend().hand_out(&w.ana, slot, chloe, hand(1, &[(MASK, "6")])).await?;
        assert_eq!((w.stock(MASK).await?, w.reserved(mission, MASK).await?), ((95, 0), 0));
    }
    Ok(())
}

#[tokio::test]
async fn the_same_button_twice_hands_out_once() -> anyhow::Result<()> {
    for w in worlds().await? {
        w.receive(MASK, 20).await?;
        let (mission, slots) = w.online("Servir des repas", &[(24, 3, 2)], &[need(MASK, 2, 0)]).await?;
        let (_, chloe) = w.accepted("chloe", mission, slots[0]).await?;
        let press = |who| w.backend().hand_out(who, slots[0], chloe, hand(0, &[(MASK, "2")]));
        let (first, second) = tokio::join!(press(&w.admin), press(&w.admin));
        assert_eq!((first, second), (Ok(()), Ok(())));
        assert_eq!(w.stock(MASK).await?.0, 18);
        // A colleague whose page is older does not hand out again; nor does the same person something else.
        let meanwhile = Err(AppError::Conflict(Conflict::ChangedMeanwhile));
        assert_eq!(press(&w.ana).await, meanwhile);
        let other = w.backend().hand_out(&w.admin, slots[0], chloe, hand(0, &[(MASK, "1")])).await;
        assert_eq!(other, meanwhile);
        assert_eq!(w.backend().hand_out(&w.admin, slots[0], chloe, hand(7, &[(MASK, "1")])).await, meanwhile);
        assert_eq!(w.stock(MASK).await?.0, 18);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_people_at_one_table_do_not_hand_out_twice() -> anyhow::Result<()> {
    for w in worlds().await? {
        w.receive(MASK, 20).await?;
        let (mission, slots) = w.online("Servir des repas", &[(24, 3, 2)], &[need(MASK, 2, 0)]).await?;
        let (_, chloe) = w.accepted("chloe", mission, slots[0]).await?;
        let press = |who| w.backend().hand_out(who, slots[0], chloe, hand(0, &[(MASK, "2")]));
        let tries = tokio::join!(press(&w.admin), press(&w.ana), press(&w.bob));
        assert_eq!([tries.0, tries.1, tries.2].iter().filter(|outcome| outcome.is_ok()).count(), 1);
        assert_eq!(w.stock(MASK).await?.0, 18);
    }
    Ok(())
}

#[tokio::test]
async fn what_comes_back_serves_again_and_what_is_lost_is_said() -> anyhow::Result<()> {
    for w in worlds().await? {
        w.receive(VEST, 4).await?;
        let (mission, slots) = w.online("Servir des repas", &[(24, 3, 2), (48, 3, 2)], &[need(VEST, 1, 1)]).await?;
        assert_eq!(w.reserved(mission, VEST).await?, 3, "vests come back: the most of one slot");
        let (_, chloe) = w.accepted("chloe", mission, slots[0]).await?;
        let slot = slots[0];
        w.backend().hand_out(&w.admin, slot, chloe, hand(0, &[(VEST, "3")])).await?;
        assert_eq!((w.stock(VEST).await?, w.reserved(mission, VEST).await?), ((1, 0), 0));
        let more = w.backend().take_back(&w.admin, slot, chloe, back(1, VEST, "4", "", "")).await;
        assert_eq!(more, Err(AppError::field("lines.0.returned", Problem::OutOfRange { min: 0, max: 3 })));
        let silent = w.backend().take_back(&w.admin, slot, chloe, back(1, VEST, "2", "1", "")).await;
        assert_eq!(silent, Err(AppError::field("reason", Problem::ReasonRequired)));
        w.backend().take_back(&w.admin, slot, chloe, back(1, VEST, "2", "1", "Déchiré")).await?;
        w.backend().take_back(&w.admin, slot, chloe, back(1, VEST, "2", "1", "Déchiré")).await?;
        // The two that came back are kept for the second slot.
        assert_eq!((w.stock(VEST).await?, w.reserved(mission, VEST).await?), ((3, 2), 2));
        let lost = w.lines(mission, VEST).await?.into_iter().find(|line| line.kind == "lost").unwrap();
        assert_eq!((lost.reason.as_deref(), lost.application_id), (Some("Déchiré"), Some(chloe.0)));
        let sheet = w.backend().sheet(&w.ana, town(), slot).await?;
        let item = &sheet.people[0].items[0];
        assert_eq!((item.issued, item.returned, item.lost, item.held()), (3, 2, 1, 0));
        let nothing = w.backend().take_back(&w.admin, slot, chloe, back(2, VEST, "1", "", "")).await;
        assert_eq!(nothing, Err(AppError::field("lines.0.returned", Problem::OutOfRange { min: 0, max: 0 })));
    }
    Ok(())
}

#[tokio::test]
async fn who_withdrew_still_gives_back_and_gets_nothing() -> anyhow::Result<()> {
    for w in worlds().await? {
        w.receive(VEST, 9).await?;
        let (mission, slots) = w.online("Servir des repas", &[(24, 3, 2)], &[need(VEST, 1, 0)]).await?;
        let (person, chloe) = w.accepted("chloe", mission, slots[0]).await?;
        w.accepted("david", mission, slots[0]).await?;
        w.backend().hand_out(&w.ana, slots[0], chloe, hand(0, &[(VEST, "1")])).await?;
        w.backend().withdraw(&person, chloe).await?;
        let sheet = w.backend().sheet(&w.ana, town(), slots[0]).await?;
        let names: Vec<_> = sheet.people.iter().map(|person| (person.name.as_str(), person.expected)).collect();
        assert_eq!(names, [("chloe Test", false), ("david Test", true)]);
        let refused = w.backend().hand_out(&w.ana, slots[0], chloe, hand(1, &[(VEST, "1")])).await;
        assert_eq!(refused, Err(AppError::Conflict(Conflict::NotInThisState)));
        w.backend().take_back(&w.ana, slots[0], chloe, back(1, VEST, "1", "", "")).await?;
        assert_eq!(w.stock(VEST).await?.0, 9);
        // A slot that is called off hands nothing out, but takes back.
        w.backend().cancel(&w.admin, mission, "Plus de local".to_owned()).await?;
        let sheet = w.backend().sheet(&w.ana, town(), slots[0]).await?;
        assert!(!sheet.people.iter().any(|person| person.expected));
    }
    Ok(())
}

#[tokio::test]
async fn a_signature_is_kept_for_a_time_then_deleted() -> anyhow::Result<()> {
    for w in worlds().await? {
        w.receive(VEST, 9).await?;
        let (mission, slots) = w.online("Servir des repas", &[(24, 3, 2)], &[need(VEST, 1, 0)]).await?;
        let (_, chloe) = w.accepted("chloe", mission, slots[0]).await?;
        let mut signed = hand(0, &[(VEST, "1")]);
        signed.signature = "<svg onload=alert(1)>".to_owned();
        let forged = w.backend().hand_out(&w.ana, slots[0], chloe, signed.clone()).await;
        assert_eq!(forged, Err(AppError::field("signature", Problem::NotAChoice)));
        signed.signature = "M10 10L20 20L30 10".to_owned();
        w.backend().hand_out(&w.ana, slots[0], chloe, signed).await?;
        let sheet = w.backend().sheet(&w.ana, town(), slots[0]).await?;
        assert!(sheet.people[0].signature.is_some());
        assert_eq!(sheet.signatures_until, sheet.slot.ends_at + TimeDelta::days(90));
        let kept = async |days: i64| -> anyhow::Result<bool> {
            w.backend().clock.advance(TimeDelta::days(days));
            let tx = begin(&w.backend().store).await?;
            jobs::forget(&tx, w.town.now()).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
            tx.commit().await?;
            let rows = handout::Entity::find().all(w.backend().store.read()).await?;
            Ok(rows.iter().any(|row| row.signature.is_some()) && rows.len() == 1)
        };
        assert!(kept(90).await?);
        assert!(!kept(2).await?);
        assert_eq!(handout::Entity::find().all(w.backend().store.read()).await?.len(), 1, "the act stays");
    }
    Ok(())
}

async fn nothing_of(w: &World) -> anyhow::Result<()> {
    assert!(handout::Entity::find().all(w.backend().store.read()).await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn a_sheet_is_nobody_elses() -> anyhow::Result<()> {
    for w in worlds().await? {
        w.receive(VEST, 9).await?;
        let (mission, slots) = w.online("Servir des repas", &[(24, 3, 2)], &[need(VEST, 1, 0)]).await?;
        let (person, chloe) = w.accepted("chloe", mission, slots[0]).await?;
        let (other, stranger, network) =
            (Uuid::now_v7(), w.town.person("stranger").await?, w.town.person("network").await?);
        w.town.add_town(other, "13055").await?;
        w.town.grant(stranger, "coordinator", Some(other), None).await?;
        w.town.grant(network, "network_admin", None, None).await?;
        let (stranger, network) = (w.town.actor(stranger).await?, w.town.actor(network).await?);
        let own = SheetDoor::Organisation(w.town.organisation.into(), mission);
        let elsewhere = SheetDoor::Town("13055".to_owned());
        let gone = Some(AppError::NotFound);
        for (who, door) in [
            (&stranger, town()),
            (&stranger, elsewhere),
            (&w.admin, town()),
            (&w.ana, own.clone()),
            (&person, own.clone()),
        ] {
            assert_eq!(w.backend().sheet(who, door, slots[0]).await.err(), gone);
        }
        let wrong = SheetDoor::Organisation(w.town.organisation.into(), Uuid::now_v7().into());
        assert_eq!(w.backend().sheet(&w.admin, wrong, slots[0]).await.err(), gone);
        for who in [&stranger, &network, &person] {
            let form = || hand(0, &[(VEST, "1")]);
            assert_eq!(w.backend().hand_out(who, slots[0], chloe, form()).await.err(), gone);
            let form = back(0, VEST, "1", "", "");
            assert_eq!(w.backend().take_back(who, slots[0], chloe, form).await.err(), gone);
        }
        let nobody =
            w.backend().hand_out(&w.ana, slots[0], ApplicationId(Uuid::now_v7()), hand(0, &[(VEST, "1")])).await;
        assert_eq!(nobody.err(), gone);
        assert!(!w.backend().sheet(&network, town(), slots[0]).await?.may_write);
        nothing_of(&w).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_partners_slot_is_the_partners_alone() -> anyhow::Result<()> {
    for w in worlds().await? {
        w.receive(VEST, 9).await?;
        let (mission, slots) = w.online("Servir des repas", &[(24, 3, 2)], &[need(VEST, 1, 0)]).await?;
        let (partner, zoe, theirs) = w.partner(mission).await?;
        let (_, chloe) = w.accepted("chloe", mission, slots[0]).await?;
        let (_, david) = w.accepted("david", mission, theirs).await?;
        let names = |sheet: SlotSheet| sheet.people.into_iter().map(|person| person.name).collect::<Vec<_>>();
        let own = || SheetDoor::Organisation(w.town.organisation.into(), mission);
        let joined = || SheetDoor::Organisation(partner, mission);
        let sheet = w.backend().sheet(&zoe, joined(), theirs).await?;
        assert_eq!((sheet.partner, sheet.organisation.1.as_str()), (true, "Les Amis du port"));
        assert_eq!(names(sheet), ["david Test"]);
        let sheet = w.backend().sheet(&w.admin, own(), slots[0]).await?;
        assert_eq!((sheet.partner, names(sheet)), (false, vec!["chloe Test".to_owned()]));

        let gone = Some(AppError::NotFound);
        for (who, door, slot) in [
            (&w.admin, own(), theirs),
            (&w.admin, joined(), theirs),
            (&zoe, joined(), slots[0]),
            (&zoe, own(), slots[0]),
        ] {
            assert_eq!(w.backend().sheet(who, door, slot).await.err(), gone);
        }
        for (who, slot, person) in
            [(&w.admin, theirs, david), (&w.admin, slots[0], david), (&zoe, slots[0], chloe), (&zoe, theirs, chloe)]
        {
            assert_eq!(w.backend().hand_out(who, slot, person, hand(0, &[(VEST, "1")])).await.err(), gone);
            assert_eq!(w.backend().take_back(who, slot, person, back(0, VEST, "1", "", "")).await.err(), gone);
        }
        nothing_of(&w).await?;
        w.backend().hand_out(&zoe, theirs, david, hand(0, &[(VEST, "1")])).await?;
        w.backend().take_back(&zoe, theirs, david, back(1, VEST, "1", "", "")).await?;
        // The coordination runs any table of the mission.
        assert_eq!(names(w.backend().sheet(&w.ana, town(), theirs).await?), ["david Test"]);
        w.backend().hand_out(&w.ana, theirs, david, hand(2, &[(VEST, "1")])).await?;
    }
    Ok(())
}
