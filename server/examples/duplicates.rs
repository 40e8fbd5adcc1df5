//! Times the search for likely duplicates among so many live missions of one town:
//! `cargo run --release --package server --example duplicates -- [database] [missions] [searches]`. The database must be
//! new; without one, SQLite in a folder that goes away. Prints the first search, which reads everything, and the median,
//! 95th percentile and slowest of the ones after it.

use std::time::{Duration, Instant};

use anyhow::{Context, anyhow};
use chrono::{DateTime, TimeDelta, Utc};
use domain::missions::{MissionContent, SlotKind, SlotPlan};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel};
use server::{
    accounts::tokens::digest,
    backend::Backend,
    clock::Clock,
    entity::{account, mission, mission_version, municipality, neighbourhood, organisation},
    reviews::duplicates,
    settings::Settings,
    store::Store,
};
use uuid::Uuid;

const ACTS: [&str; 12] = [
    "Distribuer des colis alimentaires",
    "Servir des repas chauds",
    "Collecter des denrées au supermarché",
    "Appeler des personnes isolées",
    "Écrire à des résidents de maisons de retraite",
    "Garder les enfants de soignants",
    "Faire les courses de voisins",
    "Porter des médicaments",
    "Aider aux devoirs",
    "Nettoyer la plage",
    "Trier les vêtements du vestiaire",
    "Tenir la buvette d’une fête de quartier",
];
const DETAILS: [&str; 8] = [
    "Vous préparez le matériel, accueillez chacun et rangez la salle en fin de service.",
    "Une personne de l’association vous présente le déroulement à votre arrivée.",
    "Vous êtes toujours à deux, et un numéro d’urgence répond pendant la mission.",
    "Le règlement passe par l’association : vous n’avancez rien.",
    "Les personnes aidées sont prévenues de votre passage par téléphone.",
    "Un véhicule est prêté pour les quartiers éloignés du centre.",
    "La mission demande de rester debout une partie du temps.",
    "Les inscriptions se font auprès de l’accueil, le matin même.",
];
const PUBLICS: [&str; 5] = ["families", "elderly", "isolated", "homeless", "children"];
const PARTS: [&str; 12] = [
    "Centre",
    "Berthe",
    "Les Sablettes",
    "Tamaris",
    "Mar-Vivo",
    "Janas",
    "Fabrégas",
    "La Rouve",
    "Balaguier",
    "Saint-Jean",
    "Mouissèques",
    "Domaine",
];

struct Town {
    id: Uuid,
    organisation: Uuid,
    author: Uuid,
    parts: Vec<Uuid>,
    now: DateTime<Utc>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let mut args = std::env::args().skip(1);
    let url = args.next().unwrap_or_else(|| format!("sqlite://{}", folder.path().join("renfort.db").display()));
    let missions: usize = args.next().map_or(Ok(5000), |text| text.parse()).context("a number of missions")?;
    let searches: usize = args.next().map_or(Ok(200), |text| text.parse()).context("a number of searches")?;
    let settings = Settings::from(None, false, |name| (name == "DATABASE_URL").then(|| url.clone()))?;
    let store = Store::open(&url).await?;
    store.migrate().await?;
    let backend = Backend::new(store, Clock::System, settings);
    let mut dice = StdRng::seed_from_u64(2020);
    let town = town(&backend).await?;
    let all = write(&backend, &town, &mut dice, missions).await?;

    let mut times = Vec::with_capacity(searches);
    for turn in 0..=searches {
        let (row, content, hash) = all.choose(&mut dice).context("a mission")?;
        let begun = Instant::now();
        let found = duplicates::likely(&backend, row, (content, hash)).await.map_err(|error| anyhow!("{error:?}"))?;
        let took = begun.elapsed();
        if turn == 0 {
            println!("{missions} missions, {}: first search {took:.1?}, {} found", engine(&url), found.len());
        } else {
            times.push(took);
        }
    }
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
    let slowest: Duration = times.last().copied().unwrap_or_default();
    println!("  {searches} searches: median {:.1?}, p95 {:.1?}, slowest {slowest:.1?}", at(50), at(95));
    Ok(())
}

fn engine(url: &str) -> &str {
    url.split(':').next().unwrap_or(url)
}

async fn town(backend: &Backend) -> anyhow::Result<Town> {
    let now = backend.clock.now();
    let [id, organisation, author] = [Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7()];
    let parts: Vec<Uuid> = PARTS.iter().map(|_| Uuid::now_v7()).collect();
    let tx = backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    let person = account::ActiveModel {
        id: Set(author),
        email: Set("essai@ville.example".to_owned()),
        given_name: Set("Essai".to_owned()),
        family_name: Set("Mesure".to_owned()),
        locale: Set("fr".to_owned()),
        password_hash: Set("x".to_owned()),
        created_at: Set(now),
        ..Default::default()
    };
    account::Entity::insert(person).exec_without_returning(&tx).await?;
    let row = municipality::ActiveModel {
        id: Set(id),
        insee: Set("83126".to_owned()),
        name: Set("La Seyne-sur-Mer".to_owned()),
        slug: Set("la-seyne-sur-mer".to_owned()),
        department: Set("83".to_owned()),
        postcodes: Set("83500".to_owned()),
        population: Set(62_000),
        service_name: Set("Vie associative".to_owned()),
        review_hours: Set(72),
        self_review_allowed: Set(false),
        opened_at: Set(now),
        ..Default::default()
    };
    municipality::Entity::insert(row).exec_without_returning(&tx).await?;
    for (position, (part, name)) in (0..).zip(parts.iter().zip(PARTS)) {
        let row = neighbourhood::Model {
            id: *part,
            municipality_id: id,
            name: name.to_owned(),
            slug: domain::text::slug(name),
            position,
        };
        neighbourhood::Entity::insert(row.into_active_model()).exec_without_returning(&tx).await?;
    }
    let row = organisation::ActiveModel {
        id: Set(organisation),
        municipality_id: Set(id),
        name: Set("Les Voisins".to_owned()),
        name_folded: Set("les voisins".to_owned()),
        slug: Set("les-voisins".to_owned()),
        legal_form: Set("association".to_owned()),
        rna: Set(Some("W831000001".to_owned())),
        description: Set("Entraide".to_owned()),
        status: Set("approved".to_owned()),
        created_by: Set(author),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    organisation::Entity::insert(row).exec_without_returning(&tx).await?;
    tx.commit().await?;
    Ok(Town { id, organisation, author, parts, now })
}

type Written = (mission::Model, MissionContent, String);

async fn write(backend: &Backend, town: &Town, dice: &mut StdRng, missions: usize) -> anyhow::Result<Vec<Written>> {
    let mut all = Vec::with_capacity(missions);
    let mut left = missions;
    while left > 0 {
        let some: Vec<Written> = (0..left.min(200)).map(|_| one(town, dice)).collect::<anyhow::Result<_>>()?;
        left -= some.len();
        let tx = backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        let rows = some.iter().map(|(row, ..)| row.clone().into_active_model());
        mission::Entity::insert_many(rows).exec_without_returning(&tx).await?;
        let versions = some.iter().map(|(row, content, hash)| version(town, row, content, hash).into_active_model());
        mission_version::Entity::insert_many(versions).exec_without_returning(&tx).await?;
        tx.commit().await?;
        all.extend(some);
    }
    Ok(all)
}

fn version(town: &Town, row: &mission::Model, content: &MissionContent, hash: &str) -> mission_version::Model {
    mission_version::Model {
        id: row.published_version_id.unwrap_or_default(),
        mission_id: row.id,
        number: 1,
        status: "approved".to_owned(),
        content: content.canonical_json(),
        content_hash: hash.to_owned(),
        author_id: town.author,
        created_at: town.now,
        updated_at: town.now,
        submitted_at: None,
    }
}

fn one(town: &Town, dice: &mut StdRng) -> anyhow::Result<Written> {
    let act = *ACTS.choose(dice).context("an act")?;
    let part = dice.random_range(0..PARTS.len());
    let details: Vec<&str> = DETAILS.choose_multiple(dice, 4).copied().collect();
    let starts_at = town.now + TimeDelta::hours(dice.random_range(24..24 * 60));
    let content = MissionContent {
        title: format!("{act} – {}", PARTS[part]),
        goal: format!("{act} pour que personne ne reste seul."),
        description: format!("{act}. {} Référence {}.", details.join(" "), dice.random_range(0..1_000_000)),
        domain: Some("food-aid".to_owned()),
        address: format!("{} rue du Port", dice.random_range(1..90)),
        neighbourhood: Some(town.parts[part]),
        beneficiaries: vec![(*PUBLICS.choose(dice).context("a public")?).to_owned()],
        safety_rules: "Porter des gants.".to_owned(),
        slots: vec![SlotPlan {
            id: Uuid::now_v7(),
            kind: SlotKind::Dated,
            starts_at,
            ends_at: starts_at + TimeDelta::hours(3),
            places: 4,
            organisation: None,
        }],
        ..Default::default()
    };
    let hash = digest(&content.canonical_json());
    let row = mission::Model {
        id: Uuid::now_v7(),
        organisation_id: town.organisation,
        municipality_id: town.id,
        status: "published".to_owned(),
        slug: domain::text::slug(&content.title),
        published_version_id: None,
        working_version_id: None,
        title: content.title.clone(),
        goal: content.goal.clone(),
        domain_code: content.domain.clone(),
        remote: false,
        neighbourhood_id: content.neighbourhood,
        open_to_minors: false,
        choice: "at_once".to_owned(),
        practical: String::new(),
        search_text: String::new(),
        starts_at: Some(starts_at),
        ends_at: Some(starts_at + TimeDelta::hours(3)),
        created_by: town.author,
        created_at: town.now,
        updated_at: town.now,
        submitted_at: None,
        published_at: Some(town.now),
        closed_at: None,
        offer_hours: 24,
        opens_on: None,
    };
    Ok((mission::Model { published_version_id: Some(Uuid::now_v7()), ..row }, content, hash))
}
