use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    ids::{AccountId, MunicipalityId, OrganisationId},
    organisations::{OrganisationList, OrganisationStatus, OrganisationTab},
    reviews::OrganisationRow,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{queries, review::queries::open_in};
use crate::{
    backend::Backend,
    entity::{organisation, organisation_review},
    error::{Result, told},
    network,
    reviews::queries::names,
};

/// The organisations of a town: those that wait first, by due date; never a draft.
pub async fn of_municipality(
    backend: &Backend,
    actor: &Actor,
    insee: &str,
    tab: OrganisationTab,
) -> Result<OrganisationList> {
    let (db, now) = (backend.store.read(), backend.clock.now());
    let town = network::queries::by_insee(db, insee).await?;
    let me = actor.require_municipality_reader(MunicipalityId(town.id)).map_err(told)?;
    let rows = organisation::Entity::find()
        .filter(organisation::Column::MunicipalityId.eq(town.id))
        .filter(organisation::Column::Status.ne(OrganisationStatus::Draft.as_str()))
        .order_by_asc(organisation::Column::NameFolded)
        .all(db)
        .await?;
    let published = queries::published(db, rows.iter().map(|row| row.id).collect()).await?;
    let open: Vec<organisation_review::Model> = open_in(town.id).all(db).await?;
    let names = names(db, open.iter().filter_map(|review| review.taken_by).collect()).await?;
    let open: HashMap<Uuid, organisation_review::Model> =
        open.into_iter().map(|review| (review.organisation_id, review)).collect();
    let mut rows: Vec<OrganisationRow> = rows
        .into_iter()
        .map(|row| {
            let published = published.get(&row.id).copied().unwrap_or_default();
            let open = open.get(&row.id).cloned();
            line(row, open, &names, (me, now), published)
        })
        .collect();
    // The sort is stable: organisations that do not wait stay in the order of names.
    rows.sort_by_key(|row| (row.due_at.is_none(), row.due_at));
    let count = |tab: &OrganisationTab| rows.iter().filter(|row| tab.holds(row)).count();
    let counts = OrganisationTab::ALL.iter().map(|tab| u32::try_from(count(tab)).unwrap_or(u32::MAX)).collect();
    rows.retain(|row| tab.holds(row));
    Ok(OrganisationList { town: network::queries::town_ref(&town), tab, rows, counts })
}

fn line(
    row: organisation::Model,
    open: Option<organisation_review::Model>,
    names: &HashMap<Uuid, String>,
    (me, now): (AccountId, DateTime<Utc>),
    published: u32,
) -> OrganisationRow {
    let taken_by = open.as_ref().and_then(|review| review.taken_by);
    let due_at = open.as_ref().map(|review| review.due_at);
    OrganisationRow {
        id: OrganisationId(row.id),
        status: queries::status(&row),
        published,
        name: row.name,
        legal_form: row.legal_form,
        submitted_at: row.submitted_at,
        due_at,
        overdue: due_at.is_some_and(|due| due < now),
        taken_by: taken_by.and_then(|id| names.get(&id).cloned()),
        mine: taken_by == Some(me.0),
    }
}
