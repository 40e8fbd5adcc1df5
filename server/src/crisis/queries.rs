//! Questions about crisis measures.

use chrono::{DateTime, Utc};
use domain::{
    actor::{Actor, Locale},
    crisis::{Banner, InForce, Measures, MeasuresFacts, MeasuresStatus, Scope},
    error::AppError,
    ids::{MeasuresId, MunicipalityId},
    missions::SafetyRule,
    paris,
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use crate::{
    backend::Backend,
    entity::{crisis_measures, domain as domains, municipality},
    error::{Result, told},
    missions::reference,
    network,
    store::{Step, Work},
};

/// Where measures hold.
pub fn scope(row: &crisis_measures::Model) -> Scope {
    row.municipality_id.map_or(Scope::Network, |id| Scope::Town(MunicipalityId(id)))
}

/// Where measures stand.
pub fn status(row: &crisis_measures::Model) -> MeasuresStatus {
    MeasuresStatus::parse(&row.status).unwrap_or(MeasuresStatus::Draft)
}

/// Measures as the rules know them.
pub fn measures(row: &crisis_measures::Model) -> Measures {
    let number = |n: i32| u32::try_from(n).ok();
    Measures {
        id: MeasuresId(row.id),
        scope: scope(row),
        status: status(row),
        first_day: row.first_day,
        last_day: row.last_day,
        domains: row.domains.as_ref().map(|codes| codes.split_whitespace().map(str::to_owned).collect()),
        remote_from_age: row.remote_from_age.and_then(number),
        largest_group: row.largest_group.and_then(number),
        has_rules: !row.rules_fr.is_empty(),
        rules_version: number(row.rules_version).unwrap_or(1),
    }
}

/// What is switched on and not over: a few rows at most, found by an index of their own.
///
/// # Errors
/// When the database cannot be reached.
pub async fn switched_on(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<crisis_measures::Model>> {
    // Written as the index is: as parameters, the planner could not know that it serves.
    let on = sea_orm::sea_query::Expr::cust("status IN ('scheduled', 'in_force')");
    Ok(crisis_measures::Entity::find()
        .filter(on)
        .filter(crisis_measures::Column::LastDay.gte(paris::date(now)))
        .order_by_asc(crisis_measures::Column::FirstDay)
        .order_by_asc(crisis_measures::Column::Id)
        .all(db)
        .await?)
}

/// What holds in a town, and what will by what is decided already.
///
/// # Errors
/// When the database cannot be reached.
pub async fn of_town(db: &impl ConnectionTrait, town: MunicipalityId, now: DateTime<Utc>) -> Result<InForce> {
    Ok(InForce::of(town, switched_on(db, now).await?.iter().map(measures)))
}

/// What the page of a mission shows of what holds now in its town.
#[derive(Debug, Default)]
pub struct Shown {
    /// Its safety rules, one a line, as those of a domain are shown and acknowledged.
    pub rules: Vec<SafetyRule>,
    /// Which these are.
    pub reading: String,
    /// What the town's own say at the top; the network's stand on every page.
    pub banners: Vec<Banner>,
}

/// What the page of a mission shows of what holds now in its town.
///
/// # Errors
/// When the database cannot be reached.
pub async fn shown(
    db: &impl ConnectionTrait,
    town: &municipality::Model,
    now: DateTime<Utc>,
    locale: Locale,
) -> Result<Shown> {
    let id = MunicipalityId(town.id);
    let rows = switched_on(db, now).await?;
    let reading = InForce::of(id, rows.iter().map(measures)).reading(now);
    let holding = || rows.iter().filter(|row| scope(row).covers(id) && measures(row).hold_at(now));
    let rules = holding().flat_map(|row| {
        let lines = locale.pick(&row.rules_fr, &row.rules_en).lines().filter(|line| !line.trim().is_empty());
        lines.map(|line| SafetyRule {
            code: format!("crisis:{}", row.id),
            version: row.rules_version,
            text: line.trim().to_owned(),
        })
    });
    let own = holding().filter(|row| row.municipality_id.is_some());
    let banner = |row: &crisis_measures::Model| Banner {
        town: town.name.clone(),
        text: locale.pick(&row.banner_fr, &row.banner_en).to_owned(),
    };
    Ok(Shown { rules: rules.collect(), reading, banners: own.map(banner).collect() })
}

/// What measures ask, in a language.
pub fn facts(row: &crisis_measures::Model, locale: Locale, known: &[domains::Model]) -> MeasuresFacts {
    let terms = measures(row);
    let label = |row: &domains::Model| reference::term(row, locale).label;
    MeasuresFacts {
        first_day: terms.first_day,
        last_day: terms.last_day,
        domains: terms
            .domains
            .as_ref()
            .map(|codes| known.iter().filter(|row| codes.contains(&row.code)).map(label).collect()),
        remote_from_age: terms.remote_from_age,
        largest_group: terms.largest_group,
        rules: locale.pick(&row.rules_fr, &row.rules_en).to_owned(),
        rules_version: terms.rules_version,
    }
}

/// What an address names: a town that the viewer may read, or the network (no code).
///
/// # Errors
/// `NotFound` for anybody else.
pub async fn read(backend: &Backend, actor: &Actor, insee: &str) -> Result<Option<municipality::Model>> {
    if insee.is_empty() {
        actor.require_network().map_err(told)?;
        return Ok(None);
    }
    let town = network::queries::by_insee(backend.store.read(), insee).await?;
    actor.require_municipality_reader(MunicipalityId(town.id)).map_err(told)?;
    Ok(Some(town))
}

/// The same, for whoever may write there.
///
/// # Errors
/// `NotFound` for anybody else.
pub async fn own(work: &Work, insee: &str) -> Result<Option<municipality::Model>> {
    let town = match insee {
        "" => None,
        insee => Some(network::queries::by_insee(&work.tx, insee).await?),
    };
    of(town.as_ref()).require_writer(&work.actor).map_err(told)?;
    Ok(town)
}

/// Where the measures of this town, or the network's, hold.
pub fn of(town: Option<&municipality::Model>) -> Scope {
    town.map_or(Scope::Network, |town| Scope::Town(MunicipalityId(town.id)))
}

/// The measures of a town, or the network's own.
pub fn all_of(town: Option<&municipality::Model>) -> Select<crisis_measures::Entity> {
    let there = match town {
        Some(town) => crisis_measures::Column::MunicipalityId.eq(town.id),
        None => crisis_measures::Column::MunicipalityId.is_null(),
    };
    crisis_measures::Entity::find().filter(Condition::all().add(there))
}

/// Measures of this town or the network that nobody else changes until the transaction ends.
///
/// # Errors
/// `NotFound` for what is elsewhere.
pub async fn locked(work: &Work, town: Option<&municipality::Model>, id: MeasuresId) -> Result<crisis_measures::Model> {
    let found = all_of(town).filter(crisis_measures::Column::Id.eq(id.0)).lock_exclusive().one(&work.tx).await?;
    found.ok_or_else(|| told(AppError::NotFound))
}

/// Writes a line of the history of measures.
///
/// # Errors
/// When the database refuses.
pub async fn record(
    work: &Work,
    row: &crisis_measures::Model,
    from: Option<MeasuresStatus>,
    to: &str,
    reason: Option<&str>,
) -> Result<()> {
    let municipality = row.municipality_id.map(MunicipalityId);
    let from = from.map(MeasuresStatus::as_str);
    work.record(Step { subject: "crisis_measures", id: row.id, municipality, from, to, reason }).await
}

/// Towns by id, for what is of several.
///
/// # Errors
/// When the database cannot be reached.
pub async fn towns(db: &impl ConnectionTrait) -> Result<std::collections::HashMap<Uuid, municipality::Model>> {
    Ok(network::queries::all(db).await?.into_iter().map(|row| (row.id, row)).collect())
}
