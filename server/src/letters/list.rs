use std::collections::HashMap;

use domain::{
    actor::Actor,
    ids::{AssociationLetterId, MunicipalityId},
    letters::{LetterLine, LettersPage},
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{queries, show::title};
use crate::{
    backend::Backend,
    entity::{association_letter, letter_recipient},
    error::Result,
    network::queries::town_ref,
};

/// The letters of a town, newest first.
pub async fn list(backend: &Backend, actor: &Actor, insee: &str) -> Result<LettersPage> {
    let (db, town) = (backend.store.read(), queries::read(backend, actor, insee).await?);
    let rows = association_letter::Entity::find()
        .filter(association_letter::Column::MunicipalityId.eq(town.id))
        .order_by_desc(association_letter::Column::CreatedAt)
        .order_by_desc(association_letter::Column::Id)
        .all(db)
        .await?;
    let counts: Vec<(Uuid, i64, i64)> = letter_recipient::Entity::find()
        .select_only()
        .column(letter_recipient::Column::LetterId)
        .column_as(letter_recipient::Column::Id.count(), "sent")
        .column_as(letter_recipient::Column::OrganisationId.count(), "joined")
        .filter(letter_recipient::Column::LetterId.is_in(rows.iter().map(|row| row.id)))
        .group_by(letter_recipient::Column::LetterId)
        .into_tuple()
        .all(db)
        .await?;
    let number = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    let counts: HashMap<Uuid, (u32, u32)> =
        counts.into_iter().map(|(id, sent, joined)| (id, (number(sent), number(joined)))).collect();
    Ok(LettersPage {
        reachable: u32::try_from(queries::reachable(town.id).count(db).await?)?,
        may_write: actor.coordinates(MunicipalityId(town.id)),
        letters: rows
            .into_iter()
            .map(|row| LetterLine {
                id: AssociationLetterId(row.id),
                status: queries::status(&row),
                sent_at: row.sent_at,
                sent_and_joined: counts.get(&row.id).copied().unwrap_or_default(),
                subject: title(&row.subject, &town),
            })
            .collect(),
        town: town_ref(&town),
    })
}
