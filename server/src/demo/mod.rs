//! The demonstration data: an invented network, always the same, its dates around the day it is made.

mod accounts;
mod alerts;
mod applications;
mod attendance;
mod corpus;
mod cover;
mod crisis;
mod dice;
mod equipment;
mod favourites;
mod figures;
mod ideas;
mod letters;
mod messages;
mod missions;
mod monday;
mod opening;
mod organisation_reviews;
mod organisations;
mod partners;
mod planning;
mod profiles;
mod reviews;
mod schedule;
mod sent;
mod supplies;
mod team;
mod testimonials;
mod towns;
mod world;
mod write;

use anyhow::{Context, anyhow};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use crate::{
    backend::Backend,
    entity::{account, checklist_item, organisation_item, safety_rule},
    missions::reference,
};
use corpus::Corpus;
use world::{Reference, World};

/// Everybody's password.
pub const PASSWORD: &str = "demonstration-2020";

/// Fills an empty database; does nothing when there is an account already.
///
/// # Errors
/// When the database refuses.
pub async fn fill(backend: &Backend) -> anyhow::Result<()> {
    if account::Entity::find().count(backend.store.read()).await? > 0 {
        return Ok(());
    }
    let hash = backend.passwords.hash(PASSWORD).await.map_err(|error| anyhow!("{error:?}"))?;
    let (mut corpus, reference) = (Corpus::read()?, reference(backend).await?);
    corpus.missions.retain(|mission| reference.domains.contains(&mission.domain));
    corpus.monday.retain(|file| reference.domains.contains(&file.text.domain));
    let mut world = World::new(backend.clock.now(), corpus, reference, hash);
    world.network()?;
    world.organisations()?;
    world.volunteers()?;
    world.missions()?;
    world.monday()?;
    world.applications()?;
    world.letters();
    world.equipment()?;
    world.past_year()?;
    world.attendance();
    world.partners()?;
    world.organisation_reviews()?;
    world.messages();
    world.profiles();
    world.opening()?;
    world.alerts();
    world.favourites();
    world.planning()?;
    world.ideas();
    world.crisis();
    world.team();
    world.cover()?;
    world.testimonials();
    println!(
        "Demonstration data: {} towns, {} organisations, {} missions, {} reviews, {} volunteers, {} applications.",
        world.rows.towns.len(),
        world.rows.organisations.len(),
        world.rows.missions.len(),
        world.rows.reviews.len(),
        world.rows.volunteers.len(),
        world.rows.applications.len(),
    );
    let first = world.organisations.first().context("an organisation")?.id;
    write::all(backend, world.rows).await?;
    supplies::follow(backend).await?;
    planning::follow(backend, first.into()).await
}

async fn reference(backend: &Backend) -> anyhow::Result<Reference> {
    let db = backend.store.read();
    let domains = reference::domains(db, true).await.map_err(|error| anyhow!("{error:?}"))?;
    let rules = safety_rule::Entity::find().order_by_asc(safety_rule::Column::Code).all(db).await?;
    let items = organisation_item::Entity::find().order_by_asc(organisation_item::Column::Position).all(db).await?;
    let always = checklist_item::Entity::find().filter(checklist_item::Column::Crisis.is_null());
    let checklist = always.order_by_asc(checklist_item::Column::Position).all(db).await?;
    Ok(Reference {
        checklist: checklist.into_iter().map(|row| (row.code, row.domain_code)).collect(),
        rules: rules.into_iter().map(|row| (row.code, row.version, row.domain_code)).collect(),
        domains: domains.into_iter().map(|row| row.code).collect(),
        organisation_items: items.into_iter().map(|row| row.code).collect(),
    })
}
