//! The power goes while people apply: what was acknowledged is there, nothing is half done.

use std::{
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use anyhow::{Context, ensure};
use domain::ids::{AccountId, MissionId};
use reqwest::{Client, header};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use server::{clock::Clock, entity::application_slot};
use uuid::Uuid;

use super::world::{World, at_once, worlds_on};
use crate::databases;

const PEOPLE: usize = 60;

/// A server in a process of its own, on this database.
fn start(url: &str, port: u16, mails: &std::path::Path) -> anyhow::Result<Child> {
    Ok(Command::new(env!("CARGO_BIN_EXE_server"))
        .arg("serve")
        .env("DATABASE_URL", url)
        .env("LISTEN", format!("127.0.0.1:{port}"))
        .env("MAIL_DIR", mails)
        .env("SITE_ROOT", mails)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?)
}

/// A server in a process of its own, which ends with it.
pub struct Site {
    /// Where it listens.
    pub port: u16,
    process: Child,
    _mails: tempfile::TempDir,
}

impl Site {
    /// Starts one on the database of a world, and waits until it answers.
    pub async fn start(world: &World) -> anyhow::Result<Self> {
        let (mails, port) = (tempfile::tempdir()?, free_port()?);
        // What a build would have made.
        std::fs::create_dir(mails.path().join("pkg"))?;
        std::fs::write(mails.path().join("pkg/renfort.css"), "")?;
        let process = start(&world.database.url, port, mails.path())?;
        ready(port).await?;
        Ok(Self { port, process, _mails: mails })
    }

    /// Ends it as a power cut does: SIGKILL, no word of farewell.
    pub fn kill(&mut self) -> anyhow::Result<()> {
        self.process.kill()?;
        self.process.wait()?;
        Ok(())
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        // It may be gone already.
        drop(self.kill());
    }
}

async fn ready(port: u16) -> anyhow::Result<()> {
    for _ in 0..600 {
        let answer = reqwest::get(format!("http://127.0.0.1:{port}/readyz")).await;
        if answer.is_ok_and(|answer| answer.status().is_success()) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    anyhow::bail!("the server is not ready after 30 s")
}

fn free_port() -> anyhow::Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_acknowledged_survives_a_killed_server() -> anyhow::Result<()> {
    for world in worlds_on(databases::each_at(|| Clock::System).await?).await? {
        killed(&world).await.with_context(|| format!("{:?}", world.engine()))?;
    }
    Ok(())
}

async fn killed(world: &World) -> anyhow::Result<()> {
    let (mission, slots) = world.mission("Colis du marché", at_once(&[(48, 3, 45)])).await?;
    let mut server = Site::start(world).await?;
    let port = server.port;
    let acknowledged = Arc::new(AtomicUsize::new(0));
    let mut tries = tokio::task::JoinSet::new();
    for number in 0..PEOPLE {
        let person = world.volunteer(&format!("volontaire{number}")).await?.account.context("an account")?;
        let cookie = format!("renfort={}", world.session(person).await?);
        let (mission, slot, acknowledged) = (mission.to_string(), slots[0].to_string(), acknowledged.clone());
        tries.spawn(async move {
            tokio::time::sleep(Duration::from_millis(40 * number as u64)).await;
            let fields = [
                ("mission", mission.as_str()),
                ("form[slots][]", slot.as_str()),
                ("form[acknowledged]", "yes"),
                ("form[message]", ""),
            ];
            let answer = Client::new()
                .post(format!("http://127.0.0.1:{port}/api/applications/apply"))
                .header(header::COOKIE, cookie)
                .header(header::ACCEPT, "application/json")
                .form(&fields)
                .send()
                .await;
            let done = answer.is_ok_and(|answer| answer.status().is_success());
            if done {
                acknowledged.fetch_add(1, Ordering::SeqCst);
            }
            done.then_some(person)
        });
    }
    while acknowledged.load(Ordering::SeqCst) < 12 {
        ensure!(!tries.is_empty(), "nobody was acknowledged");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    server.kill()?;
    let mut people = Vec::new();
    while let Some(answer) = tries.join_next().await {
        people.extend(answer?);
    }
    ensure!((12..45).contains(&people.len()), "killed in the middle, not at an end: {}", people.len());

    let _server = Site::start(world).await?;
    whole(world, mission, slots[0], &people).await
}

/// Everybody who was told so has a place, and nothing is half done.
async fn whole(world: &World, mission: MissionId, slot: Uuid, people: &[AccountId]) -> anyhow::Result<()> {
    let applications = world.applications(mission).await?;
    for person in people {
        let own = applications.iter().find(|application| application.volunteer_id == person.0);
        ensure!(own.is_some_and(|own| own.status == "accepted"), "an acknowledged application is lost");
    }
    let mut places = 0;
    for application in &applications {
        places += application_slot::Entity::find()
            .filter(application_slot::Column::ApplicationId.eq(application.id))
            .all(world.backend.store.read())
            .await?
            .len();
        ensure!(!world.story(application.id).await?.is_empty(), "an application without its history");
    }
    ensure!(usize::try_from(world.taken(slot).await?)? == places && places == applications.len(), "half a change");
    ensure!(world.letters("admin").await?.len() == applications.len(), "each application was told of, once");
    Ok(())
}
