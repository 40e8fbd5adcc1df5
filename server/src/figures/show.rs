use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    actor::{Actor, Locale},
    error::AppError,
    figures::{Ask, Chart, Counted, Measures, NetworkFigures, Period, Tallied, Tally, TownChart, TownLine, Used},
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
    let nothing = (Measures::default(), vec![0; chart.used.len()]);
    let towns = towns.iter().map(|town| {
        let (measures, used) = of_towns.get(&MunicipalityId(town.id)).unwrap_or(&nothing).clone();
        let published = states.get(&(town.id, MissionStatus::Published)).copied().unwrap_or_default();
        TownLine { town: town_ref(town), published, measures, used }
    });
    Ok(NetworkFigures { towns: towns.collect(), chart })
}

type States = HashMap<(Uuid, MissionStatus), u32>;
/// The figures of each town, and the equipment that it used.
type OfTowns = HashMap<MunicipalityId, (Measures, Vec<u32>)>;

/// What some towns have in common on both pages, and their own figures.
async fn chart(
    db: &impl ConnectionTrait,
    (ask, locale): (Ask, Locale),
    towns: &[municipality::Model],
    at: DateTime<Utc>,
) -> Result<(Chart, States, OfTowns)> {
    let (period, errors) = Period::read(&ask, paris::date(at));
    let ids: Vec<Uuid> = towns.iter().map(|town| town.id).collect();
    let states = now::states(db, &ids).await?;
    let asked = Asked::new(towns, period.bounds(), at);
    let mut tally = Tally::new(period);
    asked.decided(db).await?.iter().for_each(|review| tally.decided(review));
    asked.held(db).await?.iter().for_each(|slot| tally.held(slot));
    asked.served(db).await?.iter().for_each(|place| tally.served(place));
    asked.applied(db).await?.iter().for_each(|application| tally.applied(application));
    asked.given(db).await?.iter().for_each(|time| tally.given(time));
    asked.moved(db).await?.iter().for_each(|equipment| tally.moved(equipment));
    let Tallied { whole, weeks, towns: of_towns } = tally.counted();
    let kinds = queries::kinds(db, locale).await?.into_iter().filter(|(code, _)| whole.used.contains_key(code));
    let kinds: Vec<(String, String)> = kinds.collect();
    let used = kinds.iter().map(|(code, label)| Used {
        label: label.clone(),
        quantity: units(&whole, code),
        weeks: weeks.iter().map(|week| units(week, code)).collect(),
    });
    let count = |status| states.iter().filter(|((_, of), _)| *of == status).map(|(_, n)| n).sum();
    let chart = Chart {
        ask,
        errors,
        period,
        states: MissionStatus::ALL.iter().map(|status| (*status, count(*status))).collect(),
        used: used.collect(),
        weeks: period.weeks().into_iter().zip(weeks.iter().map(|week| week.measures)).collect(),
        whole: whole.measures,
    };
    let of_towns = of_towns.into_iter().map(|(town, counted)| {
        let used = kinds.iter().map(|(code, _)| units(&counted, code)).collect();
        (town, (counted.measures, used))
    });
    Ok((chart, states, of_towns.collect()))
}

fn units(counted: &Counted, code: &str) -> u32 {
    counted.used.get(code).copied().unwrap_or_default()
}
