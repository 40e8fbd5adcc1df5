//! What holds, for everybody; what a town or the network has written, for those who read it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    actor::{Actor, Locale},
    crisis::{Banner, MeasuresLine, MeasuresList, PublicMeasures, Scope},
    ids::{MeasuresId, MunicipalityId},
    paris,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{queries, show};
use crate::{
    backend::Backend,
    entity::{crisis_measures, crisis_suspension, domain as domains, mission, municipality},
    error::Result,
    missions::reference,
    network::queries::town_ref,
};

/// The network's, for every page.
pub async fn banners(backend: &Backend, actor: &Actor) -> Result<Vec<Banner>> {
    let (db, now) = (backend.store.read(), backend.clock.now());
    let rows = queries::switched_on(db, now).await?;
    Ok(rows
        .iter()
        .filter(|row| row.municipality_id.is_none() && queries::measures(row).hold_at(now))
        .map(|row| Banner { town: String::new(), text: text(row, actor.locale) })
        .collect())
}

fn text(row: &crisis_measures::Model, locale: Locale) -> String {
    locale.pick(&row.banner_fr, &row.banner_en).to_owned()
}

/// Those of some towns, for the pages about them; of every town where none is named.
///
/// # Errors
/// When the database cannot be reached.
pub async fn of_towns(
    db: &impl ConnectionTrait,
    locale: Locale,
    now: DateTime<Utc>,
    only: Option<&[Uuid]>,
) -> Result<Vec<Banner>> {
    let rows = queries::switched_on(db, now).await?;
    let mut found = Vec::new();
    for row in rows.iter().filter(|row| queries::measures(row).hold_at(now)) {
        let Some(id) = row.municipality_id.filter(|id| only.is_none_or(|only| only.contains(id))) else { continue };
        let town = crate::network::queries::by_id(db, MunicipalityId(id)).await?.name;
        found.push(Banner { town, text: text(row, locale) });
    }
    Ok(found)
}

fn public_of(
    row: &crisis_measures::Model,
    town: Option<&municipality::Model>,
    locale: Locale,
    known: &[domains::Model],
) -> PublicMeasures {
    PublicMeasures {
        town: town.map(town_ref),
        title: row.title.clone(),
        text: text(row, locale),
        facts: queries::facts(row, locale, known),
    }
}

/// Everything that holds now: the network's first, then by town.
pub async fn public(backend: &Backend, actor: &Actor) -> Result<Vec<PublicMeasures>> {
    let (db, now) = (backend.store.read(), backend.clock.now());
    let mut rows = queries::switched_on(db, now).await?;
    rows.retain(|row| queries::measures(row).hold_at(now));
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let (towns, known) = (queries::towns(db).await?, reference::domains(db, false).await?);
    let town = |row: &crisis_measures::Model| row.municipality_id.and_then(|id| towns.get(&id));
    let mut shown: Vec<PublicMeasures> =
        rows.iter().map(|row| public_of(row, town(row), actor.locale, &known)).collect();
    shown.sort_by_key(|one| one.town.as_ref().map(|town| town.name.clone()));
    Ok(shown)
}

/// The measures of a town or of the network.
pub async fn list(backend: &Backend, actor: &Actor, insee: &str) -> Result<MeasuresList> {
    let (db, now) = (backend.store.read(), backend.clock.now());
    let town = queries::read(backend, actor, insee).await?;
    let scope = queries::of(town.as_ref());
    let rows = queries::all_of(town.as_ref())
        .order_by_desc(crisis_measures::Column::CreatedAt)
        .order_by_desc(crisis_measures::Column::Id)
        .all(db)
        .await?;
    let open = offline(db, scope).await?;
    let mut counts: HashMap<Uuid, u32> = HashMap::new();
    for (measures, _) in &open {
        *counts.entry(*measures).or_default() += 1;
    }
    let known = reference::domains(db, false).await?;
    let network = match scope {
        Scope::Network => Vec::new(),
        Scope::Town(_) => queries::switched_on(db, now).await?,
    };
    let network = network.iter().filter(|row| row.municipality_id.is_none());
    let mut missions: Vec<Uuid> = open.iter().map(|(_, mission)| *mission).collect();
    missions.dedup();
    Ok(MeasuresList {
        network: network.map(|row| public_of(row, None, actor.locale, &known)).collect(),
        suspended: show::missions(db, actor, missions, None).await?,
        may_write: scope.may_write(actor),
        own: rows.into_iter().map(|row| line(&counts, row)).collect(),
        town: town.as_ref().map(town_ref),
    })
}

fn line(counts: &HashMap<Uuid, u32>, row: crisis_measures::Model) -> MeasuresLine {
    MeasuresLine {
        id: MeasuresId(row.id),
        status: queries::status(&row),
        first_day: row.first_day,
        last_day: row.ended_at.map_or(row.last_day, |at| row.last_day.min(paris::date(at))),
        suspended: counts.get(&row.id).copied().unwrap_or_default(),
        title: row.title,
    }
}

/// What is offline because of measures in a town or anywhere: measures and mission, by mission.
///
/// # Errors
/// When the database cannot be reached.
pub async fn offline(db: &impl ConnectionTrait, scope: Scope) -> Result<Vec<(Uuid, Uuid)>> {
    use crisis_suspension::Column;
    let mut open = crisis_suspension::Entity::find().filter(Column::EndedAt.is_null());
    if let Scope::Town(town) = scope {
        let here = mission::Entity::find()
            .select_only()
            .column(mission::Column::Id)
            .filter(mission::Column::MunicipalityId.eq(town.0));
        open = open.filter(Column::MissionId.in_subquery(sea_orm::QueryTrait::into_query(here)));
    }
    let rows = open.order_by_asc(Column::MissionId).order_by_asc(Column::SuspendedAt).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.measures_id, row.mission_id)).collect())
}
