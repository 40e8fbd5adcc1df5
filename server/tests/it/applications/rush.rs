//! The rush of a crisis: two hundred people press for ten places, on two servers in processes of their own. `RUSH_ROUNDS`
//! says how often, on each engine; once without it.

use anyhow::{Context, ensure};
use reqwest::{Client, header};
use server::clock::Clock;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::{
    durable::Site,
    world::{World, at_once, worlds_on},
};
use crate::databases;

const PEOPLE: usize = 200;
const PLACES: i32 = 10;
/// So many give their place back at once.
const LEAVE: usize = 5;

/// Somebody's session.
type Session = String;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hundred_people_for_ten_places_on_two_servers() -> anyhow::Result<()> {
    let rounds: u32 = std::env::var("RUSH_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(1);
    for world in worlds_on(databases::each_at(|| Clock::System).await?).await? {
        let (one, other) = (Site::start(&world).await?, Site::start(&world).await?);
        for round in 0..rounds {
            // Others each time: one person applies so many times an hour at most.
            let mut sessions = Vec::new();
            for number in 0..PEOPLE {
                let person =
                    world.volunteer(&format!("volontaire{round}-{number}")).await?.account.context("an account")?;
                sessions.push(format!("renfort={}", world.session(person).await?));
            }
            let told = || format!("{:?}, round {round}", world.engine());
            rush(&world, [one.port, other.port], &sessions).await.with_context(told)?;
        }
    }
    Ok(())
}

async fn rush(world: &World, ports: [u16; 2], sessions: &[Session]) -> anyhow::Result<()> {
    let (mission, slots) = world.mission("Colis du marché", at_once(&[(48, 3, PLACES)])).await?;
    let mut tries = JoinSet::new();
    for (number, session) in sessions.iter().enumerate() {
        let fields = vec![
            ("mission", mission.to_string()),
            ("form[slots][]", slots[0].to_string()),
            ("form[acknowledged]", "yes".to_owned()),
            ("form[message]", String::new()),
        ];
        tries.spawn(post(ports[number % 2], "apply", session.clone(), fields));
    }
    all(tries).await?;
    stands(world, mission, slots[0], &[("accepted", 10), ("waitlisted", 190), ("offered", 0)]).await?;
    let rows = world.applications(mission).await?;
    let leave: Vec<_> = rows.iter().filter(|row| row.status == "accepted").take(LEAVE).collect();
    let mut tries = JoinSet::new();
    for (number, row) in leave.into_iter().enumerate() {
        let person = domain::ids::AccountId(row.volunteer_id);
        let session = format!("renfort={}", world.session(person).await?);
        tries.spawn(post(ports[number % 2], "withdraw", session, vec![("id", row.id.to_string())]));
    }
    all(tries).await?;
    // No place stays free while somebody waits.
    stands(world, mission, slots[0], &[("accepted", 5), ("withdrawn", 5), ("offered", 5), ("waitlisted", 185)]).await
}

async fn post(
    port: u16,
    act: &'static str,
    session: Session,
    fields: Vec<(&'static str, String)>,
) -> anyhow::Result<()> {
    let answer = Client::new()
        .post(format!("http://127.0.0.1:{port}/api/applications/{act}"))
        .header(header::COOKIE, session)
        .header(header::ACCEPT, "application/json")
        .form(&fields)
        .send()
        .await?;
    let status = answer.status();
    ensure!(status.is_success(), "{act}: {status} {}", answer.text().await?);
    Ok(())
}

async fn all(mut tries: JoinSet<anyhow::Result<()>>) -> anyhow::Result<()> {
    while let Some(answer) = tries.join_next().await {
        answer??;
    }
    Ok(())
}

/// Ten places are held, and applications stand so.
async fn stands(
    world: &World,
    mission: domain::ids::MissionId,
    slot: Uuid,
    expected: &[(&str, usize)],
) -> anyhow::Result<()> {
    let states = world.states(mission).await?;
    for (state, count) in expected {
        let found = states.iter().filter(|known| known == state).count();
        ensure!(found == *count, "{found} are {state}, not {count}");
    }
    let taken = world.taken(slot).await?;
    ensure!(taken == PLACES, "{taken} places are taken");
    Ok(())
}
