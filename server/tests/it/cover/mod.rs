//! Asking for cover: whom it reaches, what the organisation learns, how often, and how one ends it.

mod limits;
mod race;
mod stop;
mod whom;

use anyhow::{Context, anyhow};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    actor::Actor,
    cover::{Cover, CoverPage},
    error::Outcome,
    ids::{MissionId, SlotId},
    profiles::{ProfileForm, Profiles},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use server::entity::{cover_letter, mission, organisation, slot, volunteer_profile};
use uuid::Uuid;

use crate::applications::world::World;

/// A grown-up of La Seyne-sur-Mer who agrees to be asked, and says nothing else.
fn agreeing() -> ProfileForm {
    ProfileForm {
        birth_date: "1990-05-04".to_owned(),
        town: "La Seyne-sur-Mer".to_owned(),
        cover: "yes".to_owned(),
        ..ProfileForm::default()
    }
}

/// Somebody with this profile.
async fn with(world: &World, name: &str, form: ProfileForm) -> anyhow::Result<Actor> {
    let actor = world.actor(world.person(name, Some(&form.birth_date)).await?).await?;
    world.backend.save_profile(&actor, form).await?;
    Ok(actor)
}

/// Several who agree: `prefix0`, `prefix1`…
async fn crowd(world: &World, prefix: &str, count: usize) -> anyhow::Result<Vec<Actor>> {
    let mut people = Vec::new();
    for number in 0..count {
        people.push(with(world, &format!("{prefix}{number}"), agreeing()).await?);
    }
    Ok(people)
}

async fn ask(world: &World, who: &Actor, (mission, slot): (MissionId, Uuid)) -> Outcome<()> {
    world.backend.ask_for_cover(who, mission, SlotId(slot), "").await.map(drop)
}

async fn page(world: &World, who: &Actor, (mission, slot): (MissionId, Uuid)) -> Outcome<CoverPage> {
    world.backend.cover(who, mission, SlotId(slot)).await
}

/// Whether somebody was asked for a slot.
async fn was_asked(world: &World, who: &Actor, slot: Uuid) -> anyhow::Result<bool> {
    let id = who.account.context("signed in")?.0;
    Ok(cover_letter::Entity::find_by_id((slot, id)).one(world.backend.store.read()).await?.is_some())
}

/// Those who were asked for a slot.
async fn asked(world: &World, slot: Uuid) -> anyhow::Result<Vec<cover_letter::Model>> {
    let letters = cover_letter::Entity::find().filter(cover_letter::Column::SlotId.eq(slot));
    Ok(letters.all(world.backend.store.read()).await?)
}

/// The secret of somebody's link.
async fn secret(world: &World, who: &Actor) -> anyhow::Result<String> {
    let id = who.account.context("signed in")?.0;
    let row = volunteer_profile::Entity::find_by_id(id).one(world.backend.store.read()).await?;
    row.and_then(|row| row.cover_secret).context("a secret")
}

/// Changes one column of a slot.
async fn slot_has(
    world: &World,
    slot: Uuid,
    column: slot::Column,
    value: impl Into<sea_orm::Value>,
) -> anyhow::Result<()> {
    let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    let changed = slot::Entity::update_many().col_expr(column, Expr::value(value));
    changed.filter(slot::Column::Id.eq(slot)).exec(&tx).await?;
    Ok(tx.commit().await?)
}

/// Changes one column of a mission.
async fn mission_has(
    world: &World,
    id: MissionId,
    column: mission::Column,
    value: impl Into<sea_orm::Value>,
) -> anyhow::Result<()> {
    let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    let changed = mission::Entity::update_many().col_expr(column, Expr::value(value));
    changed.filter(mission::Column::Id.eq(id.0)).exec(&tx).await?;
    Ok(tx.commit().await?)
}

/// Every organisation stands so.
async fn organisations_are(world: &World, status: &str) -> anyhow::Result<()> {
    let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    let changed = organisation::Entity::update_many().col_expr(organisation::Column::Status, Expr::value(status));
    changed.exec(&tx).await?;
    Ok(tx.commit().await?)
}

/// Moves the clock to an instant that lies ahead.
fn until(world: &World, instant: &str) -> anyhow::Result<()> {
    let instant: DateTime<Utc> = instant.parse()?;
    anyhow::ensure!(instant - world.now() >= TimeDelta::zero(), "the clock only goes on");
    world.backend.clock.advance(instant - world.now());
    Ok(())
}
