use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use domain::{
    actor::Actor,
    error::{AppError, Conflict},
    ids::DirectoryImportId,
    letters::{
        Entry, ImportPage,
        directory::{self, Directory},
    },
    text,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, ModelTrait, QueryFilter,
    QuerySelect,
};
use uuid::Uuid;

use super::{queries, silence::Silence};
use crate::{
    backend::Backend,
    entity::{directory_entry, directory_import, municipality},
    error::{Result, told},
    network::queries::town_ref,
    store::Work,
};

/// How long a table waits to be imported; it holds addresses, so not longer than one works on it.
const KEPT: Duration = Duration::hours(24);
/// Associations shown before an import.
const SAMPLE: usize = 10;
/// Refused lines shown before an import.
const REFUSED: usize = 100;
/// Associations that one statement writes.
const AT_ONCE: usize = 200;

/// Keeps a table to be looked at.
pub async fn check(backend: &Backend, actor: &Actor, insee: &str, text: String) -> Result<DirectoryImportId> {
    let work = Work::begin(backend, actor).await?;
    let town = queries::own(&work, insee).await?;
    let account = work.actor.signed_in().map_err(told)?;
    directory::read(&text).map_err(|problem| told(AppError::field("text", problem)))?;
    let id = Uuid::now_v7();
    directory_import::ActiveModel {
        id: Set(id),
        municipality_id: Set(town.id),
        created_by: Set(account.0),
        created_at: Set(work.now),
        body: Set(text),
    }
    .insert(&work.tx)
    .await?;
    work.commit().await?;
    Ok(DirectoryImportId(id))
}

/// Forgets tables that nobody imported.
///
/// # Errors
/// When the database cannot be reached.
pub async fn forget(tx: &DatabaseTransaction, now: DateTime<Utc>) -> Result<()> {
    let old = directory_import::Column::CreatedAt.lte(now - KEPT);
    directory_import::Entity::delete_many().filter(old).exec(tx).await?;
    Ok(())
}

/// What an import would do.
pub async fn page(backend: &Backend, actor: &Actor, insee: &str, id: DirectoryImportId) -> Result<ImportPage> {
    let (db, town) = (backend.store.read(), queries::read(backend, actor, insee).await?);
    actor.require_coordinator(town.id.into()).map_err(told)?;
    let row = find(&town, id).one(db).await?.ok_or_else(|| told(AppError::NotFound))?;
    let read = read(&row)?;
    let known = known(db, &town).await?;
    let silence = Silence::of(db, town.id).await?;
    let silent = |entry: &&Entry| {
        let stopped = known.get(entry.email.as_str()).is_some_and(|row| row.stopped_at.is_some());
        stopped || silence.holds(entry.email.as_str())
    };
    let silent = read.entries.iter().filter(silent).count();
    let updated = read.entries.iter().filter(|entry| known.contains_key(entry.email.as_str())).count();
    let sample = read.entries.iter().take(SAMPLE);
    Ok(ImportPage {
        town: town_ref(&town),
        id,
        sample: sample.map(|e| (e.name.clone(), e.email.to_string(), e.activity.clone())).collect(),
        new: u32::try_from(read.entries.len() - updated)?,
        updated: u32::try_from(updated)?,
        silent: u32::try_from(silent)?,
        refused_count: u32::try_from(read.refused.len())?,
        refused: read.refused.into_iter().take(REFUSED).collect(),
        columns: read.columns,
    })
}

fn find(town: &municipality::Model, id: DirectoryImportId) -> sea_orm::Select<directory_import::Entity> {
    directory_import::Entity::find_by_id(id.0).filter(directory_import::Column::MunicipalityId.eq(town.id))
}

fn read(row: &directory_import::Model) -> Result<Directory> {
    directory::read(&row.body).map_err(|problem| told(AppError::field("text", problem)))
}

async fn known(
    db: &impl ConnectionTrait,
    town: &municipality::Model,
) -> Result<HashMap<String, directory_entry::Model>> {
    let rows = queries::entries(town.id).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.email.clone(), row)).collect())
}

/// Takes every good line, in one transaction.
pub async fn import(backend: &Backend, actor: &Actor, insee: &str, id: DirectoryImportId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let town = queries::own(&work, insee).await?;
    let row = find(&town, id).lock_exclusive().one(&work.tx).await?.ok_or_else(|| told(AppError::NotFound))?;
    let read = read(&row)?;
    if read.entries.is_empty() {
        return Err(told(Conflict::NotInThisState));
    }
    let mut known = known(&work.tx, &town).await?;
    let silence = Silence::of(&work.tx, town.id).await?;
    let (mut new, mut updated) = (Vec::new(), 0_u32);
    for entry in read.entries {
        match known.remove(entry.email.as_str()) {
            Some(before) => updated += u32::from(update(&work, before, entry).await?),
            None => new.push(fresh(&work, &silence, &town, entry)),
        }
    }
    let counts = format!("+{} ~{updated} -{}", new.len(), read.refused.len());
    for rows in new.chunks(AT_ONCE) {
        directory_entry::Entity::insert_many(rows.to_vec()).exec_without_returning(&work.tx).await?;
    }
    row.delete(&work.tx).await?;
    queries::record(&work, town.id, ("directory", id.0), (None, "imported"), Some(&counts)).await?;
    work.commit().await
}

/// A new line; whoever asked for silence before still has it.
fn fresh(work: &Work, silence: &Silence, town: &municipality::Model, entry: Entry) -> directory_entry::ActiveModel {
    let stopped = silence.holds(entry.email.as_str());
    directory_entry::ActiveModel {
        id: Set(Uuid::now_v7()),
        municipality_id: Set(town.id),
        name_folded: Set(text::fold(&entry.name)),
        name: Set(entry.name),
        email: Set(entry.email.into()),
        rna: Set(entry.rna.map(String::from)),
        siret: Set(entry.siret.map(String::from)),
        activity: Set(entry.activity),
        town: Set(entry.town),
        created_at: Set(work.now),
        updated_at: Set(work.now),
        stopped_at: Set(stopped.then_some(work.now)),
    }
}

/// Takes what the file says; what it does not say stays, and so does a wish not to be written to. Whether it changed.
async fn update(work: &Work, before: directory_entry::Model, entry: Entry) -> Result<bool> {
    let said = |new: String, old: &String| if new.is_empty() { old.clone() } else { new };
    let after = directory_entry::Model {
        name_folded: text::fold(&entry.name),
        name: entry.name,
        rna: entry.rna.map(String::from).or_else(|| before.rna.clone()),
        siret: entry.siret.map(String::from).or_else(|| before.siret.clone()),
        activity: said(entry.activity, &before.activity),
        town: said(entry.town, &before.town),
        ..before.clone()
    };
    if after == before {
        return Ok(false);
    }
    let mut row = after.into_active_model().reset_all();
    row.updated_at = Set(work.now);
    // Whoever stops letters meanwhile stays out.
    row.stopped_at = NotSet;
    row.update(&work.tx).await?;
    Ok(true)
}
