//! Races for the last units: never fewer than none, and exactly as many acts succeed as there are units.

use std::sync::Arc;

use domain::{
    equipment::{Act, Balance, Equipment, Movement},
    error::{AppError, Conflict},
};
use tokio::{sync::Barrier, task::JoinSet};

use super::{MASK, TOWN, World, book, units, worlds};
use server::{error::Answered, store::Work};

const TRIES: usize = 20;

/// Everybody acts at the same moment; how many succeeded. The others were told that there is not enough.
async fn race(world: &World, act: impl Fn(usize) -> (usize, Act)) -> usize {
    let (start, mut tries) = (Arc::new(Barrier::new(TRIES)), JoinSet::new());
    for number in 0..TRIES {
        let (depot, act) = act(number);
        let movement = Movement::new(world.depots[depot], MASK, act).because("Course");
        let (backend, actor, town, start) =
            (world.site.backend.clone(), world.actor.clone(), world.town, start.clone());
        tries.spawn(async move {
            start.wait().await;
            let work = Work::begin(&backend, &actor).await.answered()?;
            book::post(&work, town, movement).await.answered()?;
            work.commit().await.answered()
        });
    }
    let mut done = 0;
    while let Some(outcome) = tries.join_next().await {
        match outcome.unwrap() {
            Ok(()) => done += 1,
            Err(error) => assert_eq!(error, AppError::from(Conflict::NotEnoughStock)),
        }
    }
    done
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_last_units_are_given_once() {
    for world in worlds().await {
        world.act(0, Act::Received(units(7))).await.unwrap();
        let issued = race(&world, |number| (0, Act::Issued(units(1), world.of(number % 2)))).await;
        assert_eq!((issued, world.balance(0).await), (7, Balance::default()));
        world.adds_up().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn reservations_losses_and_issues_share_what_there_is() {
    for world in worlds().await {
        world.act(0, Act::Received(units(9))).await.unwrap();
        let done = race(&world, |number| {
            let act = match number % 3 {
                0 => Act::Reserved(units(1), world.missions[number % 2]),
                1 => Act::Issued(units(1), world.of(1 - number % 2)),
                _ => Act::Lost(units(1)),
            };
            (0, act)
        })
        .await;
        let balance = world.balance(0).await;
        // Whoever is handed what was reserved for them takes nothing from anybody: as many acts may then succeed.
        assert!(done >= 9 && balance.free() >= 0 && balance.reserved >= 0, "{done} {balance:?}");
        assert!(balance.free() == 0, "{balance:?}");
        world.adds_up().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_one_mission_was_handed_comes_back_once() {
    for world in worlds().await {
        world.act(0, Act::Received(units(5))).await.unwrap();
        world.act(0, Act::Issued(units(5), world.of(0))).await.unwrap();
        let (start, mut tries) = (Arc::new(Barrier::new(TRIES)), JoinSet::new());
        for number in 0..TRIES {
            let movement = Movement::new(world.depots[number % 2], MASK, Act::Returned(units(1), world.of(0)));
            let (backend, actor, town, start) =
                (world.site.backend.clone(), world.actor.clone(), world.town, start.clone());
            tries.spawn(async move {
                start.wait().await;
                let work = Work::begin(&backend, &actor).await.answered()?;
                book::post(&work, town, movement).await.answered()?;
                work.commit().await.answered()
            });
        }
        let mut back = 0;
        while let Some(outcome) = tries.join_next().await {
            match outcome.unwrap() {
                Ok(()) => back += 1,
                Err(error) => assert_eq!(error, AppError::from(Conflict::MoreThanIssued)),
            }
        }
        assert_eq!(back, 5);
        assert_eq!(world.balance(0).await.and(world.balance(1).await), Balance { on_hand: 5, reserved: 0 });
        world.adds_up().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn carrying_both_ways_waits_for_nobody_for_ever() {
    for world in worlds().await {
        world.act(0, Act::Received(units(30))).await.unwrap();
        world.act(1, Act::Received(units(30))).await.unwrap();
        let (start, mut tries) = (Arc::new(Barrier::new(TRIES)), JoinSet::new());
        for number in 0..TRIES {
            let (backend, actor, start) = (world.site.backend.clone(), world.actor.clone(), start.clone());
            let form = world.form("transfer", number % 2, "1");
            tries.spawn(async move {
                start.wait().await;
                backend.write_down(&actor, TOWN, form).await
            });
        }
        while let Some(outcome) = tries.join_next().await {
            outcome.unwrap().unwrap();
        }
        assert_eq!((world.balance(0).await.on_hand, world.balance(1).await.on_hand), (30, 30));
        world.adds_up().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_depot_closes_or_receives_but_not_both() {
    for world in worlds().await {
        let (backend, actor) = (&world.site.backend, &world.actor);
        let (closed, received) =
            tokio::join!(backend.close_depot(actor, TOWN, world.depots[0]), world.act(0, Act::Received(units(1))));
        assert!(closed.is_ok() != received.is_ok(), "{closed:?} {received:?}");
        assert_eq!(world.balance(0).await.on_hand, i32::from(received.is_ok()));
    }
}
