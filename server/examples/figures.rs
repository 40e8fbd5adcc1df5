//! Times the figures of a network of 60 towns with so many missions of the last year and four applications for each:
//! `cargo run --release --package server --example figures -- [database] [missions]`. The database must be new; without one,
//! SQLite in a folder that goes away. Prints the median of seven questions for each page and period.

use std::time::Instant;

use anyhow::{Context, anyhow};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    actor::{Actor, Grant},
    figures::{Ask, Figures},
    ids::AccountId,
};
use rand::{Rng, SeedableRng, rngs::StdRng};
use sea_orm::{ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, ModelTrait};
use server::{
    backend::Backend,
    clock::Clock,
    entity::{
        account, application, application_slot, mission, mission_version, municipality, organisation, review, slot,
    },
    settings::Settings,
    store::Store,
};
use uuid::Uuid;

const TOWNS: usize = 60;
const VOLUNTEERS: usize = 20_000;
const APPLICATIONS_EACH: usize = 4;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let mut args = std::env::args().skip(1);
    let url = args.next().unwrap_or_else(|| format!("sqlite://{}", folder.path().join("renfort.db").display()));
    let missions: usize = args.next().map_or(Ok(50_000), |text| text.parse()).context("a number of missions")?;
    let settings = Settings::from(None, false, |name| (name == "DATABASE_URL").then(|| url.clone()))?;
    let store = Store::open(&url).await?;
    store.migrate().await?;
    let backend = Backend::new(store, Clock::System, settings);
    let tx = backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    fill(&tx, missions, backend.clock.now()).await?;
    tx.commit().await?;
    if url.starts_with("postgres") {
        backend.store.read().execute_unprepared("ANALYZE").await?;
    }
    let actor =
        Actor { account: Some(AccountId(Uuid::now_v7())), grants: vec![Grant::NetworkAdmin], ..Actor::default() };
    for weeks in ["4", "13", "52"] {
        let ask = || Ask { weeks: weeks.to_owned(), ..Ask::default() };
        let (mut town, mut network) = (Vec::new(), Vec::new());
        let mut counted = 0;
        for _ in 0..7 {
            let begun = Instant::now();
            backend.of_town(&actor, "83001", ask()).await?;
            town.push(begun.elapsed());
            let begun = Instant::now();
            let page = backend.of_network(&actor, ask()).await?;
            network.push(begun.elapsed());
            counted = page.chart.whole.applications;
        }
        town.sort_unstable();
        network.sort_unstable();
        println!("{weeks} weeks: a town {:?}, the network {:?} ({counted} applications)", town[3], network[3]);
    }
    Ok(())
}

async fn add<M>(tx: &DatabaseTransaction, rows: Vec<M>) -> anyhow::Result<()>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
{
    for part in rows.chunks(400) {
        let part = part.iter().cloned().map(IntoActiveModel::into_active_model);
        <M::Entity as EntityTrait>::insert_many(part).exec_without_returning(tx).await?;
    }
    Ok(())
}

async fn fill(tx: &DatabaseTransaction, missions: usize, now: DateTime<Utc>) -> anyhow::Result<()> {
    let people: Vec<Uuid> = (0..VOLUNTEERS).map(|_| Uuid::now_v7()).collect();
    add(tx, people.iter().map(|id| person(*id, now)).collect()).await?;
    let towns: Vec<Uuid> = (0..TOWNS).map(|_| Uuid::now_v7()).collect();
    let rows = towns.iter().enumerate().map(|(number, id)| town(*id, number, now));
    add(tx, rows.collect()).await?;
    let hosts: Vec<Uuid> = (0..TOWNS).map(|_| Uuid::now_v7()).collect();
    let rows = hosts.iter().zip(&towns).map(|(id, town)| host(*id, *town, people[0], now));
    add(tx, rows.collect()).await?;
    let mut dice = StdRng::seed_from_u64(22);
    for batch in 0..missions.div_ceil(1000) {
        let mut rows = Rows::default();
        for _ in (batch * 1000)..missions.min((batch + 1) * 1000) {
            let place = dice.random_range(0..TOWNS);
            rows.mission(&mut dice, (towns[place], hosts[place]), &people, now);
        }
        rows.write(tx).await?;
    }
    Ok(())
}

#[derive(Default)]
struct Rows {
    missions: Vec<mission::Model>,
    versions: Vec<mission_version::Model>,
    reviews: Vec<review::Model>,
    slots: Vec<slot::Model>,
    applications: Vec<application::Model>,
    links: Vec<application_slot::Model>,
}

impl Rows {
    fn mission(&mut self, dice: &mut StdRng, (town, host): (Uuid, Uuid), people: &[Uuid], now: DateTime<Utc>) {
        let (id, version) = (Uuid::now_v7(), Uuid::now_v7());
        let sent = now - TimeDelta::hours(dice.random_range(48..8_700));
        self.missions.push(mission_of(id, (town, host), people[0], sent));
        self.versions.push(version_of(version, id, people[0], sent));
        self.reviews.push(review_of((id, version, town), sent, dice.random_range(1..100)));
        let slots: Vec<Uuid> = (0..2).map(|_| Uuid::now_v7()).collect();
        for slot in &slots {
            let starts_at = sent + TimeDelta::hours(dice.random_range(100..1_000));
            self.slots.push(slot_of(*slot, id, starts_at));
        }
        let first = dice.random_range(0..people.len());
        for number in 0..APPLICATIONS_EACH {
            let (application, who) = (Uuid::now_v7(), people[(first + number) % people.len()]);
            self.applications.push(application_of(application, id, who, sent));
            let link = application_slot::Model { application_id: application, slot_id: slots[number % 2] };
            self.links.push(link);
        }
    }

    async fn write(self, tx: &DatabaseTransaction) -> anyhow::Result<()> {
        add(tx, self.missions).await?;
        add(tx, self.versions).await?;
        add(tx, self.reviews).await?;
        add(tx, self.slots).await?;
        add(tx, self.applications).await?;
        add(tx, self.links).await
    }
}

fn person(id: Uuid, now: DateTime<Utc>) -> account::Model {
    account::Model {
        id,
        email: format!("{id}@aide.example"),
        given_name: "Prune".to_owned(),
        family_name: "Blanc".to_owned(),
        locale: "fr".to_owned(),
        password_hash: String::new(),
        email_confirmed_at: Some(now),
        created_at: now,
        last_seen_at: None,
        disabled_at: None,
    }
}

fn town(id: Uuid, number: usize, now: DateTime<Utc>) -> municipality::Model {
    municipality::Model {
        id,
        insee: format!("83{number:03}"),
        name: format!("Ville {number}"),
        slug: format!("ville-{number}"),
        department: "83".to_owned(),
        postcodes: "83500".to_owned(),
        population: 20_000,
        latitude: None,
        longitude: None,
        service_name: "Vie associative".to_owned(),
        service_email: None,
        service_phone: None,
        opening_days: None,
        review_hours: 72,
        self_review_allowed: false,
        work_days: 31,
        reminder_hours: 24,
        escalation_email: None,
        opened_at: now,
    }
}

fn host(id: Uuid, town: Uuid, author: Uuid, now: DateTime<Utc>) -> organisation::Model {
    organisation::Model {
        id,
        municipality_id: town,
        name: "Les Voisins".to_owned(),
        name_folded: "les voisins".to_owned(),
        slug: "les-voisins".to_owned(),
        legal_form: "association".to_owned(),
        rna: None,
        siret: None,
        description: String::new(),
        email: None,
        phone: None,
        website: None,
        address: None,
        status: "approved".to_owned(),
        created_by: author,
        created_at: now,
        updated_at: now,
        submitted_at: None,
        decided_at: None,
        decided_by: None,
        decision_reason: None,
    }
}

fn mission_of(id: Uuid, (town, host): (Uuid, Uuid), author: Uuid, at: DateTime<Utc>) -> mission::Model {
    mission::Model {
        id,
        organisation_id: host,
        municipality_id: town,
        status: "closed".to_owned(),
        slug: "colis".to_owned(),
        published_version_id: None,
        working_version_id: None,
        title: "Distribuer des colis".to_owned(),
        goal: String::new(),
        domain_code: None,
        remote: false,
        neighbourhood_id: None,
        open_to_minors: false,
        choice: "at_once".to_owned(),
        practical: String::new(),
        search_text: String::new(),
        starts_at: None,
        ends_at: None,
        created_by: author,
        created_at: at,
        updated_at: at,
        submitted_at: Some(at),
        published_at: Some(at),
        closed_at: None,
        offer_hours: 24,
        opens_on: None,
    }
}

fn version_of(id: Uuid, mission_id: Uuid, author_id: Uuid, at: DateTime<Utc>) -> mission_version::Model {
    mission_version::Model {
        id,
        mission_id,
        number: 1,
        status: "approved".to_owned(),
        content: "{}".to_owned(),
        content_hash: String::new(),
        author_id,
        created_at: at,
        updated_at: at,
        submitted_at: Some(at),
    }
}

fn review_of((mission, version, town): (Uuid, Uuid, Uuid), at: DateTime<Utc>, hours: i64) -> review::Model {
    review::Model {
        id: Uuid::now_v7(),
        mission_id: mission,
        mission_version_id: version,
        municipality_id: town,
        status: "green_light".to_owned(),
        content_hash: String::new(),
        due_at: at + TimeDelta::hours(72),
        remind_at: None,
        escalate_at: None,
        taken_by: None,
        taken_at: None,
        decided_by: None,
        decided_at: Some(at + TimeDelta::hours(hours)),
        reason: None,
        created_at: at,
        findings: None,
    }
}

fn slot_of(id: Uuid, mission_id: Uuid, starts_at: DateTime<Utc>) -> slot::Model {
    slot::Model {
        id,
        mission_id,
        kind: "dated".to_owned(),
        starts_at,
        ends_at: starts_at + TimeDelta::hours(3),
        places: 5,
        taken: 2,
        cancelled_at: None,
        cancel_reason: None,
        organisation_id: None,
    }
}

fn application_of(id: Uuid, mission_id: Uuid, volunteer_id: Uuid, at: DateTime<Utc>) -> application::Model {
    application::Model {
        id,
        mission_id,
        volunteer_id,
        status: "accepted".to_owned(),
        message: String::new(),
        safety_rules: "[]".to_owned(),
        safety_acknowledged_at: at,
        decided_by: None,
        decided_at: None,
        reason: None,
        created_at: at,
        updated_at: at,
        organisation_id: None,
        held_until: None,
        offer_secret: None,
    }
}
