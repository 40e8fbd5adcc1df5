//! Questions about municipalities.

use domain::{
    error::AppError,
    fields::InseeCode,
    ids::{MunicipalityId, NeighbourhoodId},
    missions::NeighbourhoodRef,
    network::TownRef,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    entity::{municipality, neighbourhood},
    error::{Result, told},
};

/// A municipality's name and address.
pub fn town_ref(town: &municipality::Model) -> TownRef {
    TownRef { insee: town.insee.clone(), name: town.name.clone(), slug: town.slug.clone() }
}

/// A municipality of the network by its INSEE code.
///
/// # Errors
/// `NotFound` when it is not open.
pub async fn by_insee(db: &impl ConnectionTrait, insee: &str) -> Result<municipality::Model> {
    // What is no code names no town, and the database is not asked for it: PostgreSQL refuses a text with a NUL.
    let code = InseeCode::parse(insee).map_err(|_| told(AppError::NotFound))?;
    municipality::Entity::find()
        .filter(municipality::Column::Insee.eq(code.as_str()))
        .one(db)
        .await?
        .ok_or_else(|| told(AppError::NotFound))
}

/// A municipality by its id.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn by_id(db: &impl ConnectionTrait, id: MunicipalityId) -> Result<municipality::Model> {
    municipality::Entity::find_by_id(id.0).one(db).await?.ok_or_else(|| told(AppError::NotFound))
}

/// Every open municipality, by name.
///
/// # Errors
/// When the database cannot be reached.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<municipality::Model>> {
    Ok(municipality::Entity::find().order_by_asc(municipality::Column::Name).all(db).await?)
}

/// The parts of a town, in its order.
///
/// # Errors
/// When the database cannot be reached.
pub async fn neighbourhoods(db: &impl ConnectionTrait, town: MunicipalityId) -> Result<Vec<NeighbourhoodRef>> {
    let rows = neighbourhood::Entity::find()
        .filter(neighbourhood::Column::MunicipalityId.eq(town.0))
        .order_by_asc(neighbourhood::Column::Position)
        .order_by_asc(neighbourhood::Column::Name)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| NeighbourhoodRef { id: NeighbourhoodId(row.id), name: row.name }).collect())
}

/// Every open municipality by name, as a link or a choice.
///
/// # Errors
/// When the database cannot be reached.
pub async fn refs(db: &impl ConnectionTrait) -> Result<Vec<TownRef>> {
    Ok(all(db).await?.iter().map(town_ref).collect())
}
