//! One's own favourites: listed, kept, left out; and what is passed on of a mission.

use std::collections::HashMap;

use domain::{
    actor::Actor,
    error::{AppError, Conflict},
    favourites::{FavouriteRow, FavouriteState, FavouritesPage, MAX_FAVOURITES, SharedMission, state},
    ids::{AccountId, MissionId},
    missions::{MissionCard, MissionStatus, SlotLine},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::OnConflict,
};
use uuid::Uuid;

use super::queries;
use crate::{
    backend::Backend,
    entity::{account, favourite, mission},
    error::{Result, told},
    missions::{partners, queries as missions},
    store::Work,
};

/// A mission whose page everybody sees.
///
/// # Errors
/// `NotFound` for any other.
async fn seen(db: &impl ConnectionTrait, id: MissionId) -> Result<mission::Model> {
    let row = missions::by_id(db, id).await?;
    let shown = matches!(missions::status(&row), MissionStatus::Published | MissionStatus::Closed);
    if shown && row.published_version_id.is_some() { Ok(row) } else { Err(told(AppError::NotFound)) }
}

/// One's own, the last kept first.
pub async fn list(backend: &Backend, actor: &Actor, about: Option<MissionId>) -> Result<FavouritesPage> {
    let account = actor.signed_in().map_err(told)?;
    let (db, now) = (backend.store.read(), backend.clock.now());
    let kept = favourite::Entity::find()
        .filter(favourite::Column::AccountId.eq(account.0))
        .order_by_desc(favourite::Column::KeptAt)
        .order_by_asc(favourite::Column::MissionId)
        .all(db)
        .await?;
    let ids: Vec<Uuid> = kept.iter().map(|row| row.mission_id).collect();
    let rows = mission::Entity::find().filter(mission::Column::Id.is_in(ids.iter().copied())).all(db).await?;
    let mut slots: HashMap<Uuid, Vec<SlotLine>> = HashMap::new();
    for slot in partners::only_offered(db, missions::slots(db, ids).await?).await? {
        slots.entry(slot.mission_id).or_default().push(missions::line(&slot));
    }
    let state = |row: &mission::Model| {
        state(missions::status(row), slots.get(&row.id).map(Vec::as_slice).unwrap_or_default(), now)
    };
    let states: HashMap<Uuid, FavouriteState> = rows.iter().map(|row| (row.id, state(row))).collect();
    let live = |row: &mission::Model| matches!(states.get(&row.id), Some(FavouriteState::Open | FavouriteState::Full));
    let cards = missions::cards(db, actor.locale, rows.into_iter().filter(live).collect(), now).await?;
    let mut cards: HashMap<MissionId, MissionCard> = cards.into_iter().map(|card| (card.id, card)).collect();
    let about = about.filter(|about| kept.iter().all(|row| row.mission_id != about.0));
    let about = match about {
        Some(id) => seen(db, id).await.ok().map(|row| (id, row.title)),
        None => None,
    };
    let line = |row: favourite::Model| FavouriteRow {
        id: MissionId(row.mission_id),
        title: row.title,
        kept_at: row.kept_at,
        state: states.get(&row.mission_id).copied().unwrap_or(FavouriteState::Offline),
        card: cards.remove(&MissionId(row.mission_id)),
    };
    Ok(FavouritesPage { kept: kept.into_iter().map(line).collect(), about })
}

/// How many somebody keeps.
async fn count(db: &impl ConnectionTrait, account: AccountId) -> Result<u64> {
    Ok(favourite::Entity::find().filter(favourite::Column::AccountId.eq(account.0)).count(db).await?)
}

/// Keeps a mission.
pub async fn keep(backend: &Backend, actor: &Actor, id: MissionId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let account = work.actor.signed_in().map_err(told)?;
    // One at a time for each person: what is counted stays what it is.
    account::Entity::find_by_id(account.0).lock_exclusive().one(&work.tx).await?;
    let mission = seen(&work.tx, id).await?;
    if queries::keeps(&work.tx, account, mission.id).await? {
        return Ok(());
    }
    if count(&work.tx, account).await? >= MAX_FAVOURITES {
        return Err(told(Conflict::TooManyFavourites));
    }
    let row = favourite::ActiveModel {
        account_id: Set(account.0),
        mission_id: Set(mission.id),
        title: Set(mission.title),
        kept_at: Set(work.now),
    };
    let once =
        OnConflict::columns([favourite::Column::AccountId, favourite::Column::MissionId]).do_nothing().to_owned();
    favourite::Entity::insert(row).on_conflict(once).exec_without_returning(&work.tx).await?;
    work.commit().await
}

/// Keeps it no longer.
pub async fn leave(backend: &Backend, actor: &Actor, id: MissionId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let account = work.actor.signed_in().map_err(told)?;
    favourite::Entity::delete_by_id((account.0, id.0)).exec(&work.tx).await?;
    work.commit().await
}

/// What is passed on of a mission.
pub async fn share(backend: &Backend, id: MissionId) -> Result<SharedMission> {
    let row = seen(backend.store.read(), id).await?;
    let link = format!("{}{}", backend.settings.public_url, app::routes::mission(id, &row.slug));
    Ok(SharedMission { id, slug: row.slug, title: row.title, link })
}
