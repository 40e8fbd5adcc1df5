//! What will be short in the next seven days, and who is told.

use anyhow::anyhow;
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    reviews::{QueueAsk, Reviews},
    supplies::Supplies,
};
use server::supplies::jobs;

use super::world::{MASK, VEST, World, hand, need, worlds};
use crate::reviews::world::INSEE;

async fn morning(w: &World) -> anyhow::Result<usize> {
    jobs::morning(w.backend()).await.map_err(|error| anyhow!("{error:?}"))
}

/// Moves the clock to an instant to come.
fn at(w: &World, instant: &str) -> anyhow::Result<()> {
    let instant: DateTime<Utc> = instant.parse()?;
    w.backend().clock.advance(instant - w.town.now());
    Ok(())
}

#[tokio::test]
async fn what_those_who_come_need_is_held_against_the_stock() -> anyhow::Result<()> {
    for w in worlds().await? {
        w.receive(MASK, 3).await?;
        let needs = [need(MASK, 2, 1)];
        // The first takes all the masks there are; the second gets none.
        let (first, slots) = w.online("Servir des repas", &[(24, 3, 4)], &needs).await?;
        let (second, later) = w.online("Servir le thé", &[(48, 3, 4), (24 * 8, 3, 4)], &needs).await?;
        let week = w.backend().week(&w.ana, INSEE).await?;
        assert!(week.short.is_empty(), "nobody comes yet");
        assert_eq!(week.slots.len(), 2, "one of them is further than a week");
        let (_, chloe) = w.accepted("chloe", first, slots[0]).await?;
        assert!(w.backend().week(&w.ana, INSEE).await?.short.is_empty());
        w.accepted("david", second, later[0]).await?;
        w.accepted("emma", second, later[1]).await?;
        let week = w.backend().week(&w.ana, INSEE).await?;
        let short: Vec<_> =
            week.short.iter().map(|line| (line.kind.code.as_str(), line.needed, line.missing)).collect();
        assert_eq!(short, [(MASK, 6, 3)]);
        let queue = w.backend().queue(&w.ana, INSEE, QueueAsk::default()).await?;
        assert_eq!(queue.short, week.short);
        // What is handed out is no longer needed, and no longer reserved.
        w.backend().hand_out(&w.ana, slots[0], chloe, hand(0, &[(MASK, "3")])).await?;
        let week = w.backend().week(&w.ana, INSEE).await?;
        assert_eq!((week.short[0].needed, week.short[0].missing), (3, 3));
        assert_eq!((week.slots[0].units[0].1, week.slots[0].units[0].2), (3, 3));
    }
    Ok(())
}

#[tokio::test]
async fn the_town_is_told_once_a_morning() -> anyhow::Result<()> {
    for w in worlds().await? {
        w.receive(MASK, 1).await?;
        // Wednesday in Paris.
        at(&w, "2032-03-17T04:00:00Z")?;
        let (mission, slots) = w.online("Servir des repas", &[(48, 3, 4)], &[need(MASK, 2, 0)]).await?;
        w.accepted("chloe", mission, slots[0]).await?;
        assert_eq!(morning(&w).await?, 0, "before seven");
        at(&w, "2032-03-17T06:30:00Z")?;
        let both = tokio::join!(morning(&w), morning(&w));
        assert_eq!(both.0? + both.1?, 1, "two servers tell once");
        assert_eq!(morning(&w).await?, 0);
        let letters = w.letters("equipment_short", "ana").await?;
        assert_eq!(letters.len(), 1);
        assert!(letters[0].contains("Masque chirurgical\u{a0}: il manque 1 sur 2"), "{}", letters[0]);
        assert_eq!(w.letters("equipment_short", "bob").await?.len(), 1);
        at(&w, "2032-03-18T06:30:00Z")?;
        assert_eq!(morning(&w).await?, 1, "the next morning again");
        w.receive(MASK, 5).await?;
        at(&w, "2032-03-19T06:30:00Z")?;
        assert_eq!(morning(&w).await?, 0, "nothing is short any more");
        assert_eq!(w.letters("equipment_short", "ana").await?.len(), 2);
    }
    Ok(())
}

#[tokio::test]
async fn what_was_kept_for_a_slot_that_is_over_is_given_back_after_a_week() -> anyhow::Result<()> {
    for w in worlds().await? {
        w.receive(MASK, 20).await?;
        w.receive(VEST, 20).await?;
        let slots = [(24, 3, 4), (24 * 30, 3, 4)];
        let (mission, slots) = w.online("Servir des repas", &slots, &[need(MASK, 1, 0), need(VEST, 1, 0)]).await?;
        w.accepted("chloe", mission, slots[0]).await?;
        assert_eq!((w.reserved(mission, MASK).await?, w.reserved(mission, VEST).await?), (8, 4));
        // The day after, only what those who had a place may have got is kept for the list that is typed in late.
        w.backend().clock.advance(TimeDelta::days(2));
        morning(&w).await?;
        assert_eq!((w.reserved(mission, MASK).await?, w.reserved(mission, VEST).await?), (5, 4));
        w.backend().clock.advance(TimeDelta::days(8));
        morning(&w).await?;
        assert_eq!((w.reserved(mission, MASK).await?, w.reserved(mission, VEST).await?), (4, 4));
        assert_eq!(w.stock(MASK).await?, (20, 4));
    }
    Ok(())
}
