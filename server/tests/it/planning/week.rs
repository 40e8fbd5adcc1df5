//! The week before an organisation.

use anyhow::Context;
use chrono::TimeDelta;
use domain::{applications::Applications, error::AppError, missions::Missions, planning::Planning};

use crate::applications::world::{World, at_once, choose, form, worlds};

async fn found(world: &World) -> anyhow::Result<Vec<(String, u32, u32)>> {
    let agenda = world.backend.agenda(&world.of_organisation().await?, world.of()).await?;
    let one = |slot: &domain::planning::AgendaSlot| (slot.mission.1.clone(), slot.unfilled(), slot.unanswered);
    Ok(agenda.slots.iter().map(one).collect())
}

#[tokio::test]
async fn slots_of_seven_days_are_shown_those_at_risk_first() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (full, full_slots) = world.mission("Colis", at_once(&[(24, 2, 1), (24 * 8, 2, 1)])).await?;
        let (chosen, chosen_slots) = world.mission("Repas", choose(&[(72, 2, 2)])).await?;
        world.mission("Visites", at_once(&[(-30, 2, 5), (48, 2, 3)])).await?;
        let (off, off_slots) = world.mission("Courses", at_once(&[(30, 2, 3), (31, 2, 3)])).await?;
        let admin = world.of_organisation().await?;
        world.backend.cancel_slot(&admin, off, off_slots[0].into(), "La salle est fermée.".to_owned()).await?;
        world.backend.apply(&world.volunteer("ada").await?, full, form(&full_slots[..1])).await?;
        world.backend.apply(&world.volunteer("ben").await?, chosen, form(&chosen_slots)).await?;
        let wanted = |lines: &[(&str, u32, u32)]| -> Vec<(String, u32, u32)> {
            lines.iter().map(|(title, left, wait)| ((*title).to_owned(), *left, *wait)).collect()
        };
        let all = wanted(&[("Courses", 3, 0), ("Visites", 3, 0), ("Repas", 2, 1), ("Colis", 0, 0)]);
        assert_eq!(found(&world).await?, all, "{:?}", world.engine());
        // Closed early: nobody may come any more, so that nothing is missing.
        world.backend.close(&admin, off).await?;
        let closed = wanted(&[("Visites", 3, 0), ("Repas", 2, 1), ("Colis", 0, 0), ("Courses", 0, 0)]);
        assert_eq!(found(&world).await?, closed, "{:?}", world.engine());
        world.backend.cancel(&admin, chosen, "Plus de local".to_owned()).await?;
        let left = wanted(&[("Visites", 3, 0), ("Colis", 0, 0), ("Courses", 0, 0)]);
        assert_eq!(found(&world).await?, left, "{:?}: what is given up is not shown", world.engine());
        world.backend.clock.advance(TimeDelta::days(3));
        assert_eq!(found(&world).await?, [("Colis".to_owned(), 1, 0)], "the week moves on");
    }
    Ok(())
}

#[tokio::test]
async fn places_held_for_a_waiting_list_are_counted_until_they_are_answered() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", at_once(&[(72, 2, 1)])).await?;
        let (ada, ben) = (world.volunteer("ada").await?, world.volunteer("ben").await?);
        world.backend.apply(&ada, mission, form(&slots)).await?;
        world.backend.apply(&ben, mission, form(&slots)).await?;
        let admin = world.of_organisation().await?;
        let offers = || async { Ok::<u32, AppError>(world.backend.agenda(&admin, world.of()).await?.offers) };
        assert_eq!(offers().await?, 0);
        let held = world.ids(mission).await?.remove(0);
        world.backend.withdraw(&ada, held).await?;
        assert_eq!(world.states(mission).await?, ["withdrawn", "offered"]);
        assert_eq!(offers().await?, 1);
        let slot = world.backend.agenda(&admin, world.of()).await?.slots.remove(0);
        assert_eq!((slot.slot.taken, slot.unfilled(), slot.offered), (1, 0, 1), "{:?}", world.engine());
        assert!(slot.is_at_risk(), "nobody has said yes");
        assert_eq!(world.backend.agenda(&ben, world.of()).await, Err(AppError::NotFound));
    }
    Ok(())
}

#[tokio::test]
async fn who_gave_a_place_up_at_the_last_minute_stands_there_until_it_is_taken() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", at_once(&[(72, 2, 1), (96, 2, 2)])).await?;
        let (ada, ben) = (world.volunteer("ada").await?, world.volunteer("ben").await?);
        let (backend, admin) = (&world.backend, world.of_organisation().await?);
        let of = async |slot: usize| {
            let agenda = backend.agenda(&admin, world.of()).await?;
            let one = agenda.slots.into_iter().find(|one| one.slot.id.0 == slots[slot]).context("a slot")?;
            let names: Vec<String> = one.left.iter().map(|(name, _)| name.clone()).collect();
            anyhow::Ok((names, one.cover, one.suspended))
        };
        let nobody = || (Vec::<String>::new(), true, false);
        backend.apply(&ada, mission, form(&slots)).await?;
        backend.apply(&ben, mission, form(&slots[1..])).await?;
        let ids = world.ids(mission).await?;
        backend.withdraw(&ben, ids[1]).await?;
        assert_eq!(of(1).await?, nobody(), "{:?}: four days before", world.engine());
        // 42 hours before the first slot.
        backend.clock.advance(TimeDelta::hours(30));
        backend.leave_slot(&ada, ids[0], slots[0].into()).await?;
        let gone = (vec!["ada M.".to_owned()], true, false);
        assert_eq!((of(0).await?, of(1).await?), (gone.clone(), nobody()), "{:?}: one slot of two", world.engine());
        // 46 hours before the second one.
        backend.clock.advance(TimeDelta::hours(20));
        backend.withdraw(&ada, ids[0]).await?;
        assert_eq!((of(0).await?, of(1).await?), (gone.clone(), gone.clone()), "{:?}", world.engine());
        backend.apply(&ben, mission, form(&slots[..1])).await?;
        assert_eq!(of(0).await?, (Vec::new(), false, false), "{:?}: ben comes instead", world.engine());
        backend.apply(&ada, mission, form(&slots[1..])).await?;
        assert_eq!(of(1).await?, nobody(), "{:?}: ada comes all the same, and a place is left", world.engine());
        world.partner_is_suspended(slots[1]).await?;
        assert_eq!(of(1).await?, (Vec::new(), false, true), "{:?}: nobody is asked", world.engine());
    }
    Ok(())
}
