//! Questions about directories and letters.

use domain::{
    actor::Actor,
    error::AppError,
    ids::{AssociationLetterId, DirectoryEntryId, MunicipalityId},
    letters::LetterStatus,
    organisations::OrganisationStatus,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};
use uuid::Uuid;

use crate::{
    backend::Backend,
    entity::{association_letter, directory_entry, municipality, organisation},
    error::{Result, told},
    network,
    store::{Step, Work},
};

/// A town that the viewer may read.
pub async fn read(backend: &Backend, actor: &Actor, insee: &str) -> Result<municipality::Model> {
    let town = network::queries::by_insee(backend.store.read(), insee).await?;
    actor.require_municipality_reader(MunicipalityId(town.id)).map_err(told)?;
    Ok(town)
}

/// A town that the actor coordinates.
pub async fn own(work: &Work, insee: &str) -> Result<municipality::Model> {
    let town = network::queries::by_insee(&work.tx, insee).await?;
    work.actor.require_coordinator(MunicipalityId(town.id)).map_err(told)?;
    Ok(town)
}

/// The associations of a town's directory, by name.
pub fn entries(town: Uuid) -> Select<directory_entry::Entity> {
    directory_entry::Entity::find()
        .filter(directory_entry::Column::MunicipalityId.eq(town))
        .order_by_asc(directory_entry::Column::NameFolded)
        .order_by_asc(directory_entry::Column::Id)
}

/// Those of them that may be written to: they did not ask not to be, and are not on the platform already, as their RNA or
/// SIRET would tell.
pub fn reachable(town: Uuid) -> Select<directory_entry::Entity> {
    entries(town)
        .filter(directory_entry::Column::StoppedAt.is_null())
        .filter(not_here(directory_entry::Column::Rna, organisation::Column::Rna))
        .filter(not_here(directory_entry::Column::Siret, organisation::Column::Siret))
}

/// No organisation that was not refused has the same number.
fn not_here(own: directory_entry::Column, theirs: organisation::Column) -> Condition {
    let here = organisation::Entity::find()
        .select_only()
        .column(theirs)
        .filter(theirs.is_not_null())
        .filter(organisation::Column::Status.ne(OrganisationStatus::Refused.as_str()))
        .into_query();
    Condition::any().add(own.is_null()).add(own.not_in_subquery(here))
}

/// An association of this town's directory, that nobody else changes until the transaction ends.
pub async fn entry(
    db: &impl ConnectionTrait,
    town: &municipality::Model,
    id: DirectoryEntryId,
) -> Result<directory_entry::Model> {
    let found = entries(town.id).filter(directory_entry::Column::Id.eq(id.0)).lock_exclusive().one(db).await?;
    found.ok_or_else(|| told(AppError::NotFound))
}

/// A letter of this town.
pub async fn letter(
    db: &impl ConnectionTrait,
    town: &municipality::Model,
    id: AssociationLetterId,
) -> Result<association_letter::Model> {
    let found = association_letter::Entity::find_by_id(id.0)
        .filter(association_letter::Column::MunicipalityId.eq(town.id))
        .one(db)
        .await?;
    found.ok_or_else(|| told(AppError::NotFound))
}

/// A letter of this town that nobody else changes until the transaction ends.
pub async fn locked(
    work: &Work,
    town: &municipality::Model,
    id: AssociationLetterId,
) -> Result<association_letter::Model> {
    let found = association_letter::Entity::find_by_id(id.0)
        .filter(association_letter::Column::MunicipalityId.eq(town.id))
        .lock_exclusive()
        .one(&work.tx)
        .await?;
    found.ok_or_else(|| told(AppError::NotFound))
}

/// Where a letter stands.
pub fn status(row: &association_letter::Model) -> LetterStatus {
    LetterStatus::parse(&row.status).unwrap_or(LetterStatus::Draft)
}

/// Writes a line of the history.
pub async fn record(
    work: &Work,
    town: Uuid,
    (subject, id): (&str, Uuid),
    (from, to): (Option<&str>, &str),
    reason: Option<&str>,
) -> Result<()> {
    work.record(Step { subject, id, municipality: Some(MunicipalityId(town)), from, to, reason }).await
}
