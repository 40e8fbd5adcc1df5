use domain::{
    actor::Actor,
    ids::{DirectoryEntryId, MunicipalityId},
    letters::{DirectoryPage, EntryLine},
    text,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, IntoActiveModel, ModelTrait,
    PaginatorTrait, QueryFilter, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use super::{queries, silence};
use crate::{
    backend::Backend,
    entity::{directory_entry, letter_recipient},
    error::Result,
    network::queries::town_ref,
    store::Work,
};

/// Associations a page.
const PER_PAGE: u32 = 50;

/// A page of a town's directory.
pub async fn page(backend: &Backend, actor: &Actor, insee: &str, words: &str, page: u32) -> Result<DirectoryPage> {
    let (db, town) = (backend.store.read(), queries::read(backend, actor, insee).await?);
    let words: String = text::fold(words.trim()).chars().take(100).collect();
    let mut found = queries::entries(town.id);
    if !words.is_empty() {
        let anywhere = Condition::any()
            .add(directory_entry::Column::NameFolded.contains(&words))
            .add(directory_entry::Column::Email.contains(&words));
        found = found.filter(anywhere);
    }
    let total = u32::try_from(found.clone().count(db).await?)?;
    let pages = total.div_ceil(PER_PAGE).max(1);
    let page = page.clamp(1, pages);
    let rows = found.limit(u64::from(PER_PAGE)).offset(u64::from(PER_PAGE) * u64::from(page - 1)).all(db).await?;
    Ok(DirectoryPage {
        may_write: actor.coordinates(MunicipalityId(town.id)),
        town: town_ref(&town),
        entries: rows
            .into_iter()
            .map(|row| EntryLine {
                id: DirectoryEntryId(row.id),
                name: row.name,
                email: row.email,
                activity: row.activity,
                stopped: row.stopped_at.is_some(),
            })
            .collect(),
        total,
        page,
        pages,
    })
}

/// No longer writes to an association, or does again.
pub async fn set_stopped(
    backend: &Backend,
    actor: &Actor,
    insee: &str,
    id: DirectoryEntryId,
    stopped: bool,
) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let town = queries::own(&work, insee).await?;
    let row = queries::entry(&work.tx, &town, id).await?;
    if row.stopped_at.is_some() == stopped {
        return Ok(());
    }
    stop(&work, row, stopped).await?;
    work.commit().await
}

/// Notes that an association is not written to any more, or is again, with its line of the history.
pub async fn stop(work: &Work, row: directory_entry::Model, stopped: bool) -> Result<()> {
    let (id, town): (Uuid, Uuid) = (row.id, row.municipality_id);
    if stopped {
        silence::keep(work, town, &row.email).await?;
    } else {
        silence::forget(work, town, &row.email).await?;
    }
    let states = if stopped { ("reachable", "stopped") } else { ("stopped", "reachable") };
    let mut row = row.into_active_model();
    row.stopped_at = Set(stopped.then_some(work.now));
    row.updated_at = Set(work.now);
    row.update(&work.tx).await?;
    queries::record(work, town, ("directory_entry", id), (Some(states.0), states.1), None).await
}

/// Takes an association out of the directory. That it was written to stays, without its name, and so does its wish for silence.
pub async fn remove(backend: &Backend, actor: &Actor, insee: &str, id: DirectoryEntryId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let town = queries::own(&work, insee).await?;
    let row = queries::entry(&work.tx, &town, id).await?;
    letter_recipient::Entity::update_many()
        .col_expr(letter_recipient::Column::EntryId, Expr::value(Option::<Uuid>::None))
        .filter(letter_recipient::Column::EntryId.eq(id.0))
        .exec(&work.tx)
        .await?;
    if row.stopped_at.is_some() {
        silence::keep(&work, town.id, &row.email).await?;
    }
    row.delete(&work.tx).await?;
    queries::record(&work, town.id, ("directory_entry", id.0), (None, "removed"), None).await?;
    work.commit().await
}
