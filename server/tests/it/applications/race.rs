//! Races: a slot never holds more volunteers than it has places, whoever else acts at the same moment.

use std::{net::SocketAddr, sync::Arc};

use anyhow::{Context, ensure};
use domain::{
    actor::Actor,
    applications::{ApplicationStatus, Applications},
    error::{AppError, Conflict, Problem},
    missions::Missions,
};
use reqwest::header;
use tokio::sync::Barrier;
use uuid::Uuid;

use super::world::{World, at_once, choose, form, worlds};

const PEOPLE: usize = 40;
const PLACES: i32 = 5;

/// Serves the site on a port of its own; the address.
async fn serve(world: &World) -> anyhow::Result<SocketAddr> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let service = server::http::router(world.backend.clone()).into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    Ok(address)
}

async fn people(world: &World, count: usize) -> anyhow::Result<Vec<Actor>> {
    let mut people = Vec::new();
    for number in 0..count {
        people.push(world.volunteer(&format!("volontaire{number}")).await?);
    }
    Ok(people)
}

/// One of the slots is full and the other is not: the list of one is no place in the other.
fn is_apart(error: &AppError) -> bool {
    matches!(error, AppError::Invalid(errors) if errors.get("slots") == Some(&Problem::FullApart))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn forty_people_for_five_places() -> anyhow::Result<()> {
    for world in worlds().await? {
        let engine = world.engine();
        let (mission, slots) = world.mission("Colis du marché", at_once(&[(48, 3, PLACES)])).await?;
        let slot = slots[0];
        let address = serve(&world).await?;
        let start = Arc::new(Barrier::new(PEOPLE));
        let mut tries = tokio::task::JoinSet::new();
        for person in people(&world, PEOPLE).await? {
            let token = world.session(person.account.context("signed in")?).await?;
            let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
            let (mission, slot) = (mission.to_string(), slot.to_string());
            let start = start.clone();
            tries.spawn(async move {
                let fields = [
                    ("mission", mission.as_str()),
                    ("form[slots][]", slot.as_str()),
                    ("form[message]", ""),
                    ("form[acknowledged]", "yes"),
                ];
                start.wait().await;
                let answer = client
                    .post(format!("http://{address}/api/applications/apply"))
                    .header(header::COOKIE, format!("renfort={token}"))
                    .header(header::ACCEPT, "application/json")
                    .form(&fields)
                    .send()
                    .await?;
                anyhow::Ok((answer.status(), answer.bytes().await?))
            });
        }
        while let Some(answer) = tries.join_next().await {
            let (status, body) = answer??;
            ensure!(status.is_success(), "{engine:?}: {status} {}", String::from_utf8_lossy(&body));
        }
        assert_eq!(world.taken(slot).await?, PLACES, "{engine:?}");
        let states = world.states(mission).await?;
        let count = |status: &str| states.iter().filter(|state| *state == status).count();
        assert_eq!((count("accepted"), count("waitlisted")), (5, 35), "{engine:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn several_slots_are_taken_together_or_not_at_all() -> anyhow::Result<()> {
    for world in worlds().await? {
        let engine = world.engine();
        let (mission, slots) =
            world.mission("Deux matinées", at_once(&[(48, 2, PLACES), (72, 2, PLACES), (96, 2, PLACES)])).await?;
        let mut tries = tokio::task::JoinSet::new();
        for (number, person) in people(&world, PEOPLE).await?.into_iter().enumerate() {
            let backend = world.backend.clone();
            // Two of the three, in every order: whoever locked them as they were sent would wait in a circle.
            let wanted = form(&[slots[number % 3], slots[(number + 1 + number % 2) % 3]]);
            tries.spawn(async move { backend.apply(&person, mission, wanted).await });
        }
        let mut accepted = 0;
        while let Some(answer) = tries.join_next().await {
            match answer? {
                Ok(ApplicationStatus::Accepted) => accepted += 1,
                Ok(status) => ensure!(status == ApplicationStatus::Waitlisted, "{engine:?}: {status:?}"),
                Err(error) => ensure!(is_apart(&error), "{engine:?}: {error:?}"),
            }
        }
        let mut taken = 0;
        for slot in slots {
            let of_slot = world.taken(slot).await?;
            assert!(of_slot <= PLACES, "{engine:?}");
            taken += of_slot;
        }
        assert_eq!(taken, accepted * 2, "{engine:?}");
        let states = world.states(mission).await?;
        let counted_on = states.iter().filter(|state| *state == "accepted").count();
        assert_eq!(counted_on, usize::try_from(accepted)?, "{engine:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_person_presses_the_button_twice() -> anyhow::Result<()> {
    for world in worlds().await? {
        let engine = world.engine();
        let (mission, slots) = world.mission("Une seule place", at_once(&[(48, 3, 1)])).await?;
        let person = world.volunteer("camille").await?;
        let answers = futures(8, || {
            let (backend, person, form) = (world.backend.clone(), person.clone(), form(&slots));
            async move { backend.apply(&person, mission, form).await }
        })
        .await?;
        let (done, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
        assert_eq!(done.len(), 1, "{engine:?}");
        for answer in refused {
            assert_eq!(answer, Err(AppError::Conflict(Conflict::AlreadyApplied)), "{engine:?}");
        }
        assert_eq!(world.taken(slots[0]).await?, 1, "{engine:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_person_is_never_in_two_places() -> anyhow::Result<()> {
    for world in worlds().await? {
        let engine = world.engine();
        let person = world.volunteer("camille").await?;
        let mut tries = tokio::task::JoinSet::new();
        for number in 0..6 {
            let (mission, slots) =
                world.mission(&format!("Mission {number}"), at_once(&[(48 + number, 12, 9)])).await?;
            let (backend, person) = (world.backend.clone(), person.clone());
            tries.spawn(async move { backend.apply(&person, mission, form(&slots)).await });
        }
        let mut accepted = 0;
        while let Some(answer) = tries.join_next().await {
            match answer? {
                Ok(_) => accepted += 1,
                Err(error) => {
                    assert_eq!(error, AppError::field("slots", Problem::OverlapsAnother), "{engine:?}");
                }
            }
        }
        assert_eq!(accepted, 1, "{engine:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_admins_accept_everybody_at_once() -> anyhow::Result<()> {
    for world in worlds().await? {
        let engine = world.engine();
        let (mission, slots) = world.mission("Choisir", choose(&[(48, 3, PLACES)])).await?;
        for person in people(&world, 12).await? {
            world.backend.apply(&person, mission, form(&slots)).await?;
        }
        let (admin, ids) = (world.of_organisation().await?, world.ids(mission).await?);
        let answers = futures(2, || {
            let (backend, admin, ids) = (world.backend.clone(), admin.clone(), ids.clone());
            async move { backend.decide(&admin, mission, ids, true, String::new()).await }
        })
        .await?;
        let mut done = 0;
        for answer in answers {
            done += answer?.done;
        }
        assert_eq!(done, 5, "{engine:?}");
        assert_eq!(world.taken(slots[0]).await?, PLACES, "{engine:?}");
        let states = world.states(mission).await?;
        assert_eq!(states.iter().filter(|state| *state == "accepted").count(), 5, "{engine:?}");
        assert_eq!(states.iter().filter(|state| *state == "pending").count(), 7, "{engine:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn everything_at_once_leaves_places_and_volunteers_in_step() -> anyhow::Result<()> {
    for world in worlds().await? {
        let engine = world.engine();
        let (mission, slots) = world.mission("Tout à la fois", choose(&[(48, 2, 9), (72, 2, 9), (96, 2, 9)])).await?;
        let people = people(&world, 12).await?;
        for person in &people {
            world.backend.apply(person, mission, form(&slots)).await?;
        }
        let (admin, ids) = (world.of_organisation().await?, world.ids(mission).await?);
        let mut acts = tokio::task::JoinSet::new();
        for half in [ids[..6].to_vec(), ids[3..].to_vec()] {
            let (backend, admin) = (world.backend.clone(), admin.clone());
            acts.spawn(async move { backend.decide(&admin, mission, half, true, String::new()).await.map(drop) });
        }
        for (person, id) in people.iter().cloned().zip(ids).step_by(2) {
            let backend = world.backend.clone();
            acts.spawn(async move { backend.withdraw(&person, id).await });
        }
        for slot in [slots[0], slots[2]] {
            let (backend, admin) = (world.backend.clone(), admin.clone());
            let reason = "La salle est fermée ce jour-là.".to_owned();
            acts.spawn(async move { backend.cancel_slot(&admin, mission, World::slot_id(slot), reason).await });
        }
        while let Some(answer) = acts.join_next().await {
            answer?.with_context(|| format!("{engine:?}: nobody waits in a circle"))?;
        }
        let states = world.states(mission).await?;
        assert_eq!(states.iter().filter(|state| *state == "withdrawn").count(), 6, "{engine:?}");
        let accepted = i32::try_from(states.iter().filter(|state| *state == "accepted").count())?;
        let mut taken = Vec::new();
        for slot in slots {
            taken.push(world.taken(slot).await?);
        }
        assert_eq!(taken, [0, accepted, 0], "{engine:?}");
    }
    Ok(())
}

/// The same act so many times at once.
async fn futures<T, F>(count: usize, act: impl Fn() -> F) -> anyhow::Result<Vec<T>>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let start = Arc::new(Barrier::new(count));
    let mut acts = tokio::task::JoinSet::new();
    for _ in 0..count {
        let (act, start) = (act(), start.clone());
        acts.spawn(async move {
            start.wait().await;
            act.await
        });
    }
    let mut answers = Vec::new();
    while let Some(answer) = acts.join_next().await {
        answers.push(answer?);
    }
    Ok(answers)
}

#[tokio::test]
async fn an_unknown_mission_is_not_found() -> anyhow::Result<()> {
    for world in worlds().await? {
        let person = world.volunteer("camille").await?;
        let answer = world.backend.apply(&person, Uuid::now_v7().into(), form(&[Uuid::now_v7()])).await;
        assert_eq!(answer, Err(AppError::NotFound));
    }
    Ok(())
}
