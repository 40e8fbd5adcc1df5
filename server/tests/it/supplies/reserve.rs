//! What is reserved follows what will happen.

use chrono::TimeDelta;
use domain::{
    error::{AppError, Conflict},
    missions::{EquipmentLine, Missions, PeopleStep},
    reviews::{Change, Decision, Finding, Reviews},
    supplies::Supplies,
};
use uuid::Uuid;

use super::world::{MASK, VEST, need, worlds};
use crate::reviews::world::INSEE;

/// Two slots of four and six places, on two days.
const SLOTS: &[(i64, i64, u32)] = &[(48, 3, 4), (72, 3, 6)];

#[tokio::test]
async fn the_review_shows_what_is_missing_and_one_button_reserves() -> anyhow::Result<()> {
    for w in worlds().await? {
        w.receive(MASK, 15).await?;
        w.receive(VEST, 20).await?;
        let (mission, review) = w.submitted("Servir des repas", SLOTS, &[need(MASK, 2, 1), need(VEST, 1, 0)]).await?;
        let file = w.backend().file(&w.ana, INSEE, review).await?;
        let cover = |code: &str| file.supplies.lines.iter().find(|line| line.kind.code == code).map(|line| line.cover);
        // Masks are used up: 4 × 2 + 1 and 6 × 2 + 1. Vests come back: six are enough.
        let masks = cover(MASK).map(|cover| (cover.needed, cover.reserved, cover.free, cover.missing()));
        assert_eq!(masks, Some((22, 0, 15, 7)));
        assert_eq!(cover(VEST).map(|cover| (cover.needed, cover.missing())), Some((6, 0)));
        let found = file.checklist.iter().find(|line| line.code == "equipped").and_then(|line| line.finding.clone());
        assert_eq!(found, Some(Finding::EquipmentShort(vec![("Masque chirurgical".to_owned(), 7, 22)])));

        w.backend().reserve(&w.ana, review).await?;
        assert_eq!((w.reserved(mission, MASK).await?, w.reserved(mission, VEST).await?), (15, 6));
        assert_eq!(w.stock(MASK).await?, (15, 15));
        let again = w.backend().reserve(&w.ana, review).await;
        assert_eq!(again, Err(AppError::Conflict(Conflict::NothingToReserve)));

        // The green light takes what came meanwhile; the history says what is short.
        w.receive(MASK, 3).await?;
        w.green_light(&w.bob, review).await?;
        assert_eq!(w.reserved(mission, MASK).await?, 18);
        let said = w.said(mission).await?;
        let said: Vec<(&str, &str)> = said.iter().map(|(act, list)| (act.as_str(), list.as_str())).collect();
        assert_eq!(
            said,
            [
                ("equipment_reserved", "Masque chirurgical\u{a0}: 15, Gilet de haute visibilité\u{a0}: 6"),
                ("equipment_short", "Masque chirurgical\u{a0}: 7"),
                ("equipment_reserved", "Masque chirurgical\u{a0}: 3"),
                ("equipment_short", "Masque chirurgical\u{a0}: 4"),
            ]
        );
    }
    Ok(())
}

#[tokio::test]
async fn only_the_towns_coordinators_reserve() -> anyhow::Result<()> {
    for w in worlds().await? {
        w.receive(MASK, 50).await?;
        let (mission, review) = w.submitted("Servir des repas", SLOTS, &[need(MASK, 1, 0)]).await?;
        let other = Uuid::now_v7();
        w.town.add_town(other, "13055").await?;
        let (stranger, network) = (w.town.person("stranger").await?, w.town.person("network").await?);
        w.town.grant(stranger, "coordinator", Some(other), None).await?;
        w.town.grant(network, "network_admin", None, None).await?;
        let (stranger, network) = (w.town.actor(stranger).await?, w.town.actor(network).await?);
        for who in [&stranger, &network, &w.admin] {
            assert_eq!(w.backend().reserve(who, review).await, Err(AppError::NotFound));
            assert_eq!(Supplies::release(w.backend(), who, review).await, Err(AppError::NotFound));
            assert_eq!(w.backend().week(who, "13055").await.is_ok(), who.account != w.admin.account);
        }
        assert_eq!(w.backend().week(&stranger, INSEE).await.err(), Some(AppError::NotFound));
        assert_eq!(w.reserved(mission, MASK).await?, 0);
        let none = Supplies::release(w.backend(), &w.ana, review).await;
        assert_eq!(none, Err(AppError::Conflict(Conflict::NotInThisState)));
        w.backend().reserve(&w.bob, review).await?;
        Supplies::release(w.backend(), &w.ana, review).await?;
        assert_eq!((w.reserved(mission, MASK).await?, w.stock(MASK).await?), (0, (50, 0)));
    }
    Ok(())
}

#[tokio::test]
async fn what_will_not_happen_is_given_back() -> anyhow::Result<()> {
    for w in worlds().await? {
        w.receive(MASK, 100).await?;
        let needs = [need(MASK, 1, 0)];
        // Refused.
        let (refused, review) = w.submitted("Servir des repas", SLOTS, &needs).await?;
        w.backend().reserve(&w.ana, review).await?;
        assert_eq!(w.reserved(refused, MASK).await?, 10);
        w.backend().take(&w.ana, review, None).await?;
        w.backend().decide(&w.ana, review, Decision::Refuse, "Trop dangereux".to_owned()).await?;
        assert_eq!(w.reserved(refused, MASK).await?, 0);
        // Given up before its review.
        let (given_up, review) = w.submitted("Servir le thé", SLOTS, &needs).await?;
        w.backend().reserve(&w.ana, review).await?;
        w.backend().cancel(&w.admin, given_up, "Plus de local".to_owned()).await?;
        assert_eq!(w.reserved(given_up, MASK).await?, 0);
        // A slot is called off, then the mission.
        let (online, slots) = w.online("Distribuer des colis", SLOTS, &needs).await?;
        assert_eq!(w.reserved(online, MASK).await?, 10);
        w.backend().cancel_slot(&w.admin, online, slots[0], "La salle est fermée".to_owned()).await?;
        assert_eq!(w.reserved(online, MASK).await?, 6);
        w.backend().cancel(&w.admin, online, "Plus de local".to_owned()).await?;
        assert_eq!((w.reserved(online, MASK).await?, w.stock(MASK).await?), (0, (100, 0)));
        // Closed early: who is accepted still comes.
        let (closed, slots) = w.online("Trier des vêtements", SLOTS, &needs).await?;
        w.accepted("chloe", closed, slots[1]).await?;
        w.backend().close(&w.admin, closed).await?;
        assert_eq!(w.reserved(closed, MASK).await?, 1);
        let acts: Vec<String> = w.said(closed).await?.into_iter().map(|(act, _)| act).collect();
        assert_eq!(acts, ["equipment_reserved", "equipment_released"]);
    }
    Ok(())
}

#[tokio::test]
async fn a_new_version_adjusts_what_is_reserved() -> anyhow::Result<()> {
    for w in worlds().await? {
        w.receive(MASK, 30).await?;
        w.receive(VEST, 30).await?;
        let (mission, _) = w.online("Distribuer des colis", SLOTS, &[need(MASK, 2, 0), need(VEST, 1, 0)]).await?;
        assert_eq!((w.reserved(mission, MASK).await?, w.reserved(mission, VEST).await?), (20, 6));
        let line = |code: &str, each: &str, common: &str| EquipmentLine {
            code: code.to_owned(),
            per_volunteer: each.to_owned(),
            per_slot: common.to_owned(),
        };
        let step = |equipment| PeopleStep {
            beneficiaries: vec!["families".to_owned()],
            safety_rules: "Porter des gants.".to_owned(),
            choice: "at_once".to_owned(),
            equipment,
            ..PeopleStep::default()
        };
        let wrong = step(vec![line(MASK, "deux", ""), line("nothing", "1", ""), line(VEST, "", "1001")]);
        let refused = w.backend().save_people(&w.admin, mission, wrong).await.err();
        let Some(AppError::Invalid(errors)) = refused else { panic!("{refused:?}") };
        let fields: Vec<&str> = errors.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["equipment.0.per_volunteer", "equipment.1.per_volunteer", "equipment.2.per_slot"]);
        w.backend().save_people(&w.admin, mission, step(vec![line(MASK, "1", "5"), line(VEST, "", "0")])).await?;
        let review = w.town.submit(mission).await?;
        let file = w.backend().file(&w.ana, INSEE, review).await?;
        let changed = file.since.map(|earlier| earlier.changed).unwrap_or_default();
        assert_eq!(changed.len(), 1, "{changed:?}");
        assert_eq!((changed[0].field.as_str(), &changed[0].change), ("equipment", &Change::Value));
        assert_eq!(file.mission.equipment, ["Masque chirurgical\u{a0}: 1 par personne, et 5 pour le créneau"]);
        // What is online keeps what it has until the new version is decided on.
        w.backend()
            .cancel_slot(&w.admin, mission, w.slots(mission).await?[0], "La salle est fermée".to_owned())
            .await?;
        assert_eq!(w.reserved(mission, VEST).await?, 6);
        w.green_light(&w.ana, review).await?;
        assert_eq!((w.reserved(mission, VEST).await?, w.stock(VEST).await?), (0, (30, 0)));
    }
    Ok(())
}

/// Two coordinators want the last masks for two missions at the same moment.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_last_masks_are_reserved_once() -> anyhow::Result<()> {
    for w in worlds().await? {
        w.receive(MASK, 10).await?;
        let needs = [need(MASK, 1, 0)];
        let (first, one) = w.submitted("Servir des repas", &[(48, 3, 8)], &needs).await?;
        let (second, two) = w.submitted("Servir le thé", &[(48, 3, 8)], &needs).await?;
        let (ours, theirs) = tokio::join!(w.backend().reserve(&w.ana, one), w.backend().reserve(&w.bob, two));
        assert_eq!((ours, theirs), (Ok(()), Ok(())), "each got what was left at that moment");
        let (first, second) = (w.reserved(first, MASK).await?, w.reserved(second, MASK).await?);
        assert_eq!((first.min(second), first.max(second)), (2, 8));
        assert_eq!(w.stock(MASK).await?, (10, 10));
    }
    Ok(())
}

/// A green light reserves by itself while somebody reserves for another mission.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_green_light_and_a_reservation_share_what_is_there() -> anyhow::Result<()> {
    for w in worlds().await? {
        w.receive(MASK, 12).await?;
        let needs = [need(MASK, 1, 0)];
        let (first, one) = w.submitted("Servir des repas", &[(48, 3, 8)], &needs).await?;
        let (second, two) = w.submitted("Servir le thé", &[(72, 3, 8)], &needs).await?;
        let (lit, reserved) = tokio::join!(w.green_light(&w.ana, one), w.backend().reserve(&w.bob, two));
        assert_eq!((lit, reserved), (Ok(()), Ok(())));
        assert_eq!(w.reserved(first, MASK).await? + w.reserved(second, MASK).await?, 12);
        assert_eq!(w.stock(MASK).await?, (12, 12));
        assert_eq!(
            w.said(first).await?.len() + w.said(second).await?.len(),
            3,
            "one of the two was short, and says so"
        );
    }
    Ok(())
}

/// A green light and a reservation of the same mission never reserve twice.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_green_light_races_a_reservation_of_its_own_mission() -> anyhow::Result<()> {
    for w in worlds().await? {
        w.receive(MASK, 50).await?;
        let (mission, review) = w.submitted("Servir des repas", &[(48, 3, 8)], &[need(MASK, 2, 0)]).await?;
        let (lit, _) = tokio::join!(w.green_light(&w.ana, review), w.backend().reserve(&w.bob, review));
        assert_eq!(lit, Ok(()));
        assert_eq!((w.reserved(mission, MASK).await?, w.stock(MASK).await?), (16, (50, 16)));
        w.backend().clock.advance(TimeDelta::hours(1));
    }
    Ok(())
}
