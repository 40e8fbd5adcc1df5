use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    actor::{Actor, Locale},
    error::AppError,
    figures::{Ask, Chart, Measures, NetworkFigures, Period, Tally, TownChart, TownLine},
    ids::MunicipalityId,
    missions::MissionStatus,
    paris,
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    now,
    queries::{self, Asked},
};
use crate::{
    backend::Backend,
    entity::municipality,
    error::{Result, told},
    network::queries::{all, by_insee, town_ref},
};

/// The figures of a town.
pub async fn of_town(backend: &Backend, actor: &Actor, insee: &str, ask: Ask) -> Result<TownChart> {
    actor.signed_in().map_err(told)?;
    let (db, at) = (backend.store.read(), backend.clock.now());
    let town = by_insee(db, insee).await?;
    actor.require_municipality_reader(MunicipalityId(town.id)).map_err(told)?;
    let (chart, ..) = chart(db, (ask, actor.locale), std::slice::from_ref(&town), at).await?;
    let now = now::of(db, vec![town], at).await?.into_iter().next().ok_or_else(|| told(AppError::NotFound))?;
    Ok(TownChart { now, chart })
}

/// The figures of the network.
pub async fn of_network(backend: &Backend, actor: &Actor, ask: Ask) -> Result<NetworkFigures> {
    actor.require_network().map_err(told)?;
    let db = backend.store.read();
    let towns = all(db).await?;
    let (chart, states, of_towns) = chart(db, (ask, actor.locale), &towns, backend.clock.now()).await?;
    let towns = towns.iter().map(|town| TownLine {
        town: town_ref(town),
        published: states.get(&(town.id, MissionStatus::Published)).copied().unwrap_or_default(),
        measures: of_towns.get(&MunicipalityId(town.id)).copied().unwrap_or_default(),
    });
    Ok(NetworkFigures { towns: towns.collect(), chart })
}

type States = HashMap<(Uuid, MissionStatus), u32>;

/// What some towns have in common on both pages, and their own figures.
async fn chart(
    db: &impl ConnectionTrait,
    (ask, locale): (Ask, Locale),
    towns: &[municipality::Model],
    at: DateTime<Utc>,
) -> Result<(Chart, States, HashMap<MunicipalityId, Measures>)> {
    let (period, errors) = Period::read(&ask, paris::date(at));
    let ids: Vec<Uuid> = towns.iter().map(|town| town.id).collect();
    let states = now::states(db, &ids).await?;
    let asked = Asked::new(towns, period.bounds(), at);
    let mut tally = Tally::new(period);
    asked.decided(db).await?.iter().for_each(|review| tally.decided(review));
    asked.held(db).await?.iter().for_each(|slot| tally.held(slot));
    asked.served(db).await?.iter().for_each(|place| tally.served(place));
    asked.applied(db).await?.iter().for_each(|application| tally.applied(application));
    let (whole, weeks, of_towns) = tally.measures();
    let count = |status| states.iter().filter(|((_, of), _)| *of == status).map(|(_, n)| n).sum();
    let chart = Chart {
        ask,
        errors,
        period,
        states: MissionStatus::ALL.iter().map(|status| (*status, count(*status))).collect(),
        whole,
        weeks: period.weeks().into_iter().zip(weeks).collect(),
        used: queries::used(db, &asked, locale).await?,
    };
    Ok((chart, states, of_towns))
}
