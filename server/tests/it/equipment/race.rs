//! Races for the last units: never fewer than none, and exactly as many acts succeed as there are units.

use std::sync::Arc;

use domain::{
    equipment::{Act, Balance, CountForm, CountLineForm, DeskForm, Equipment, Movement},
    error::{Conflict, Outcome},
};
use tokio::{sync::Barrier, task::JoinSet};

use super::{MASK, TOWN, World, book, units, worlds};
use server::{error::Answered, store::Work};

const TRIES: usize = 20;

/// Everybody acts at the same moment; what came of it.
async fn at_once(world: &World, act: impl Fn(usize) -> (usize, Act)) -> Vec<Outcome<()>> {
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
    tries.join_all().await
}

/// How many succeeded; the others were told why, in one way.
async fn race(world: &World, why_not: Conflict, act: impl Fn(usize) -> (usize, Act)) -> usize {
    let outcomes = at_once(world, act).await;
    let done = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    assert!(outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).all(|error| *error == why_not.into()));
    done
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_last_units_are_given_once() {
    for world in worlds().await {
        world.act(0, Act::Received(units(7))).await.unwrap();
        let issued =
            race(&world, Conflict::NotEnoughStock, |number| (0, Act::Issued(units(1), world.of(number % 2)))).await;
        assert_eq!((issued, world.balance(0).await), (7, Balance::default()));
        world.adds_up().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn reservations_losses_and_issues_share_what_there_is() {
    for world in worlds().await {
        world.act(0, Act::Received(units(9))).await.unwrap();
        let done = race(&world, Conflict::NotEnoughStock, |number| {
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
        let back =
            race(&world, Conflict::MoreThanIssued, |number| (number % 2, Act::Returned(units(1), world.of(0)))).await;
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

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_button_pressed_again_and_again_moves_once() {
    for world in worlds().await {
        let (backend, actor) = (&world.site.backend, &world.actor);
        world.act(0, Act::Received(units(3))).await.unwrap();
        for act in ["receive", "lose", "transfer"] {
            let once = backend.desk(actor, TOWN).await.unwrap().once;
            let before = world.lines(0).await.len();
            let form = DeskForm { once, ..world.form(act, 0, "2") };
            let (start, mut tries) = (Arc::new(Barrier::new(TRIES)), JoinSet::new());
            for _ in 0..TRIES {
                let (backend, actor, start, form) = (backend.clone(), actor.clone(), start.clone(), form.clone());
                tries.spawn(async move {
                    start.wait().await;
                    backend.write_down(&actor, TOWN, form).await
                });
            }
            let outcomes = tries.join_all().await;
            assert!(outcomes.iter().all(Result::is_ok), "each is answered as the first is: {act}");
            assert_eq!(world.lines(0).await.len(), before + 1, "{act}");
            // The same page with another number is another act, and so is the same act of another page.
            let more = DeskForm { quantity: "1".to_owned(), ..form.clone() };
            let again =
                DeskForm { act: "receive".to_owned(), once: backend.desk(actor, TOWN).await.unwrap().once, ..form };
            for form in [more.clone(), more, again.clone(), again] {
                backend.write_down(actor, TOWN, form).await.unwrap();
            }
            assert_eq!(world.lines(0).await.len(), before + 3, "{act}");
        }
        world.adds_up().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_count_sent_twice_is_one_count() {
    for world in worlds().await {
        let (backend, actor, depot) = (&world.site.backend, &world.actor, world.depots[0]);
        world.act(0, Act::Received(units(5))).await.unwrap();
        for counted in ["3", "3"] {
            let sheet = backend.count_sheet(actor, TOWN, depot).await.unwrap();
            let expected = sheet.lines[0].1.on_hand.to_string();
            let (code, counted, reason) = (MASK.to_owned(), counted.to_owned(), "Volés".to_owned());
            let lines = vec![CountLineForm { code, expected, counted, reason }];
            let form = CountForm { lines, once: sheet.once, ..CountForm::default() };
            let count = || backend.count(actor, TOWN, depot, form.clone());
            let (one, other) = tokio::join!(count(), count());
            assert!(one.is_ok() && one == other && one == count().await, "{one:?} {other:?}");
        }
        assert_eq!(backend.depot(actor, TOWN, depot).await.unwrap().counts.len(), 2, "two sheets are two counts");
        assert_eq!(world.lines(0).await.iter().filter(|line| line.kind == "corrected").count(), 1);
        world.adds_up().await;
    }
}
