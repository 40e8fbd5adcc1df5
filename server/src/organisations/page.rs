use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    error::AppError,
    ids::{MunicipalityId, OrganisationId},
    missions::MissionStatus,
    organisations::OrganisationPage,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::SelectStatement,
};

use super::queries;
use crate::{
    backend::Backend,
    entity::{mission, slot},
    error::{Result, told},
    missions::queries::cards,
    network,
    testimonials::public,
};

/// The missions of others in which it still holds a slot to come.
fn still_joined(id: OrganisationId, now: DateTime<Utc>) -> SelectStatement {
    slot::Entity::find()
        .select_only()
        .column(slot::Column::MissionId)
        .filter(slot::Column::OrganisationId.eq(id.0))
        .filter(slot::Column::CancelledAt.is_null())
        .filter(slot::Column::EndsAt.gt(now))
        .into_query()
}

/// What the public sees, once the town approved it.
pub async fn page(backend: &Backend, actor: &Actor, id: OrganisationId) -> Result<OrganisationPage> {
    let db = backend.store.read();
    let row = queries::by_id(db, id).await?;
    if !queries::status(&row).is_public() {
        return Err(told(AppError::NotFound));
    }
    let now = backend.clock.now();
    let town = network::queries::by_id(db, MunicipalityId(row.municipality_id)).await?;
    let missions = mission::Entity::find()
        .filter(
            Condition::any()
                .add(mission::Column::OrganisationId.eq(id.0))
                .add(mission::Column::Id.in_subquery(still_joined(id, now))),
        )
        .filter(mission::Column::Status.eq(MissionStatus::Published.as_str()))
        .order_by_asc(mission::Column::StartsAt)
        .order_by_asc(mission::Column::Id)
        .all(db)
        .await?;
    Ok(OrganisationPage {
        id,
        name: row.name,
        slug: row.slug,
        legal_form: row.legal_form,
        town: network::queries::town_ref(&town),
        description: row.description,
        website: row.website,
        missions: cards(db, actor.locale, missions, now).await?,
        voices: public::shown(db, actor.locale, public::Page::Organisation(id)).await?,
    })
}
